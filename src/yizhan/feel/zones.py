"""Time zones 时区, such as ``@Asia/Shanghai``, and where a moment lies on the one time line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from yizhan.feel import eras
from yizhan.feel.eras import Day, Moment

_MICROSECOND, _SECOND = timedelta(microseconds=1), 1_000_000
_OF_A_DAY = 86_400 * _SECOND


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of a name, or nothing if there is none; a name is never taken for a path."""
    return ZoneInfo(name) if name in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def name_of(zone: tzinfo | None) -> str | None:
    """The name of a named zone; nothing for an offset such as ``+08:00``."""
    return zone.key if isinstance(zone, ZoneInfo) else None


def zone_of(moment: Moment) -> tzinfo | None:
    """The zone of a moment, if it has one."""
    return eras.near_moment(moment).tzinfo


def instant(moment: Moment) -> int:
    """Microseconds on the time line: in universal time if the moment has a zone, else of its own clock."""
    near = eras.near_moment(moment)
    clock = ((near.hour * 60 + near.minute) * 60 + near.second) * _SECOND + near.microsecond
    offset = near.utcoffset()
    return eras.ordinal(moment) * _OF_A_DAY + clock - (offset // _MICROSECOND if offset else 0)


def from_instant(count: int, zone: tzinfo | None) -> Moment:
    """The moment at a place of the time line, as the clocks of a zone show it.

    Raises:
        ValueError: its year is too far away.
    """
    number, clock = divmod(count, _OF_A_DAY)
    near = (number - 1) % eras.DAYS + 1
    if number - eras.DAYS >= 1 and number + eras.DAYS <= date.max.toordinal():
        near = number  # a named zone has its own rules for every year
    elif number > eras.DAYS:
        near += date.max.toordinal() // eras.DAYS * eras.DAYS - eras.DAYS
    else:
        near += eras.DAYS  # off the edge, so that no zone reaches over it
    start = datetime.combine(date.fromordinal(near), time(), zone and UTC)
    moment = start + timedelta(microseconds=clock)
    moment = moment.astimezone(zone) if zone else moment
    return eras.with_clock(eras.from_ordinal(number - near + moment.toordinal()), moment.timetz())


def later(moment: Moment, length: timedelta) -> Moment:
    """The moment so much time later, in its own zone.

    Raises:
        ValueError: its year is too far away.
    """
    return from_instant(instant(moment) + length // _MICROSECOND, zone_of(moment))


def elsewhere(moment: Moment, zone: tzinfo) -> Moment:
    """The same moment as the clocks of another zone show it.

    Raises:
        ValueError: its year is too far away.
    """
    return from_instant(instant(moment), zone)


def between(start: Moment, end: Moment) -> timedelta:
    """How long it is from one moment to another.

    Raises:
        OverflowError: longer than a duration can be.
        TypeError: one has a zone, the other has none.
    """
    if (zone_of(start) is None) != (zone_of(end) is None):
        raise TypeError
    return timedelta(microseconds=instant(end) - instant(start))


def midnight(day: Day) -> Moment:
    """The beginning of a day as a moment: in universal time, as the standard says."""
    return eras.with_clock(day, time(tzinfo=UTC))


def are_comparable(one: Moment | time, other: Moment | time) -> bool:
    """Whether both lie on the time line, or both on the wall clock of one place."""
    left, right = (value if isinstance(value, time) else eras.near_moment(value) for value in (one, other))
    if left.tzinfo == right.tzinfo:
        return True
    return left.utcoffset() is not None and right.utcoffset() is not None
