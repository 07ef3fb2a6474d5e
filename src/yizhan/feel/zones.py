"""Named time zones 时区, such as ``@Asia/Shanghai``: reading them, and where a moment lies on the one time line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of a name, or nothing if there is none; a name is never taken for a path."""
    return ZoneInfo(name) if name in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def name_of(zone: tzinfo | None) -> str | None:
    """The name of a named zone; nothing for an offset such as ``+08:00``."""
    return zone.key if isinstance(zone, ZoneInfo) else None


def instant(moment: datetime) -> datetime:
    """The moment in universal time if it has a zone: two moments of one zone may lie in summer and winter time."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment  # within a day of the first or the last year


def later(moment: datetime, length: timedelta) -> datetime:
    """The moment so much time later, in its own zone.

    Raises:
        OverflowError: outside of the years 1 to 9999.
    """
    if name_of(moment.tzinfo) is None:
        return moment + length
    return (instant(moment) + length).astimezone(moment.tzinfo)


def between(start: datetime, end: datetime) -> timedelta:
    """How long it is from one moment to another.

    Raises:
        TypeError: one has a zone, the other has none.
    """
    return instant(end) - instant(start)


def midnight(day: date, beside: datetime) -> datetime:
    """The beginning of a day, to be set beside a moment: in universal time if that has a zone, as the standard says."""
    return datetime.combine(day, time(tzinfo=UTC if beside.tzinfo else None))


def are_comparable(one: datetime | time, other: datetime | time) -> bool:
    """Whether both lie on the time line, or both on the wall clock of one place."""
    if one.tzinfo == other.tzinfo:
        return True
    return one.utcoffset() is not None and other.utcoffset() is not None
