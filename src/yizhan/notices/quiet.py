"""Quiet hours 免打扰时段: no SMS between 22:00 and 8:00 of the district, but codes and what is urgent."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from yizhan import clock

EVENING = time(22)
MORNING = time(8)


def held_until(moment: datetime) -> datetime | None:
    """The morning until which an SMS waits; None by day."""
    here = moment.astimezone(clock.ZONE)
    if MORNING <= here.time() < EVENING:
        return None
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, clock.ZONE)
