"""The months of a limit 期限月历: every day marked as counted, skipped, standing still, or the last."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from yizhan.calendar.telling import CountedDay, Explanation

MOST_MONTHS = 12
_MONDAY = 0


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day of a month; ``counted`` is none where the limit does not run over it."""

    day: date
    outside: bool
    counted: CountedDay | None


@dataclass(frozen=True, slots=True)
class SheetMonth:
    """A month in whole weeks from Monday to Sunday, and how many of its days were counted."""

    first: date
    weeks: list[list[SheetDay]]
    counted: int
    length: timedelta


def months(explanation: Explanation) -> tuple[list[SheetMonth], int]:
    """The months that the limit touches, at most a year of them; and how many more there are."""
    days = {one.day: one for one in explanation.days()}
    firsts = sorted({one.replace(day=1) for one in days})
    return [_month(first, days) for first in firsts[:MOST_MONTHS]], max(len(firsts) - MOST_MONTHS, 0)


def _month(first: date, days: dict[date, CountedDay]) -> SheetMonth:
    weeks = [
        [
            SheetDay(day, day.month != first.month, days.get(day) if day.month == first.month else None)
            for day in week
        ]
        for week in Calendar(_MONDAY).monthdatescalendar(first.year, first.month)
    ]
    counted = [one for day, one in days.items() if day.replace(day=1) == first and one.state == "counted"]
    return SheetMonth(
        first, weeks, len(counted), sum((one.length or timedelta() for one in counted), timedelta())
    )
