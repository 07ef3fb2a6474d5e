"""Reading dates, times and durations as ISO 8601 writes them, strictly: 2026-11-20, P1Y6M."""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import Decimal

from yizhan.feel import eras
from yizhan.feel.eras import Day, Moment
from yizhan.feel.values import Months, Value
from yizhan.feel.zones import zone_named

_DATE = re.compile(r"(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d:\d\d:\d\d(?:\.\d{1,9})?)([Zz]|[+-]\d\d:\d\d(?::\d\d)?|@([\w+/-]{1,40}))?", re.ASCII
)
_FARTHEST = timedelta(hours=18)  # no clock on earth is set so far from universal time
_MONTHS = re.compile(r"(-?)P(?=\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-?)P(?=\d|T\d)(?:(\d{1,9})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{0,9})?)S)?)?",
    re.ASCII,
)


def read_date(text: str) -> Day | None:
    """A date such as ``2026-11-20``; years have four digits at least and may be negative."""
    found = _DATE.fullmatch(text)
    if not found or text.startswith("-0000"):
        return None
    try:
        return eras.day(*map(int, found.groups()))
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
        read = time.fromisoformat(clock if name else clock + (offset or "").upper())
    except ValueError:
        return None
    if zone is None and abs(read.utcoffset() or timedelta()) > _FARTHEST:
        return None
    return read.replace(tzinfo=zone) if name else read


def read_moment(text: str) -> Moment | None:
    """A date and time such as ``2026-11-20T09:30:00+08:00``; a date alone is its midnight, 24:00:00 the next one."""
    day_text, _, clock_text = text.partition("T")
    day, is_end = read_date(day_text), clock_text.startswith("24:00:00")
    clock = read_time(f"00{clock_text[2:]}" if is_end else clock_text) if clock_text else time()
    if (
        day is None
        or clock is None
        or text.endswith("T")
        or (is_end and clock.replace(tzinfo=None) != time())
    ):
        return None
    try:
        return eras.with_clock(eras.from_ordinal(eras.ordinal(day) + is_end), clock)
    except ValueError:
        return None


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
