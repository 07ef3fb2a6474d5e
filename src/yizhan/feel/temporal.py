"""Reading dates, times and durations as ISO 8601 writes them, strictly: 2026-11-20, P1Y6M."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yizhan.feel.values import Months, Value
from yizhan.feel.zones import zone_named

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"(\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d|@([\w+/-]{1,40}))?", re.ASCII)
_MONTHS = re.compile(r"(-?)P(?=\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-?)P(?=\d|T\d)(?:(\d{1,9})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{0,9})?)S)?)?",
    re.ASCII,
)


def read_date(text: str) -> date | None:
    """A date such as ``2026-11-20``."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time such as ``09:30:00``, with or without an offset such as ``+08:00`` or a zone such as ``@Asia/Shanghai``.

    Of a second's fraction six digits are kept.
    """
    found = _TIME.fullmatch(text)
    if not found:
        return None
    clock, offset, name = found.groups()
    zone = zone_named(name) if name else None
    if (name and zone is None) or clock.startswith("24"):  # Python would read 24:00 as 00:00
        return None
    try:
        read = time.fromisoformat(clock if name else clock + (offset or ""))
        return read.replace(tzinfo=zone) if name else read
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """A date and time such as ``2026-11-20T09:30:00+08:00``; a date alone is its midnight, 24:00:00 the next one."""
    day, _, clock = text.partition("T")
    if clock.startswith("24:00:00"):
        start = read_moment(f"{day}T00{clock[2:]}")
        return (
            start + timedelta(days=1)
            if start and start.time() == time() and start.date() < date.max
            else None
        )
    found_day, found_clock = read_date(day), read_time(clock) if clock else time()
    if found_day is None or found_clock is None or text.endswith("T"):
        return None
    return datetime.combine(found_day, found_clock)


def read_duration(text: str) -> Months | timedelta | None:
    """A duration: ``P1Y6M`` counts months, ``P3DT4H`` days and time; the two never mix."""
    months = _MONTHS.fullmatch(text)
    if months:
        sign, years, rest = months.groups()
        return Months((-1 if sign else 1) * (int(years or 0) * 12 + int(rest or 0)))
    days = _DAYS.fullmatch(text)
    if not days:
        return None
    sign, *parts = days.groups()
    whole, hours, minutes = (int(part or 0) for part in parts[:3])
    microseconds = int(Decimal(parts[3] or 0) * 1_000_000)
    try:
        length = timedelta(days=whole, hours=hours, minutes=minutes, microseconds=microseconds)
    except OverflowError:
        return None
    return -length if sign else length


def literal(text: str) -> Value:
    """What ``@"…"`` means; nothing if it is no date, time or duration."""
    for read in (read_date, read_time, read_moment, read_duration):
        found = read(text)
        if found is not None:
            return found
    return None


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another, negative if it lies before.

    As the calendar counts: from 31 January to 28 February no month is full.
    """
    sign, first, last = (1, start, end) if start <= end else (-1, end, start)
    months = (last.year - first.year) * 12 + last.month - first.month
    return sign * (months - (last.day < first.day))


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the month's last day where it has no such day.

    Raises:
        ValueError: outside of the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=min(day.day, last))
        except ValueError:
            if not 1 <= year <= 9999:
                raise
    raise AssertionError("every month has 28 days")
