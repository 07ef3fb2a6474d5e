"""Days and moments of all years 年代, from -999,999,999 to 999,999,999, of which Python's own know 1 to 9999.

The calendar repeats itself after 400 years, weekdays included. So a day far away is a day that Python knows, and how
many times 400 years it is moved: all that a day can be asked but its year is asked of that near one. Days are
counted as whole numbers; nothing here is rounded.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

YEARS = 400
"""After so many years the calendar repeats itself."""
DAYS = 146_097
"""So many days those are, which are whole weeks."""
LAST_YEAR = 999_999_999
_LATE = (
    9600  # the near days of late years lie in the four centuries from here, those of early ones in the first
)
_LATE_DAY, _LAST_DAY = date(_LATE, 1, 1).toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class FarDate:
    """A day before the year 1 or after 9999: ``near``, moved by so many times 400 years."""

    near: date
    cycles: int


@dataclass(frozen=True, slots=True)
class FarMoment:
    """A date and time before the year 1 or after 9999: ``near``, moved by so many times 400 years."""

    near: datetime
    cycles: int


Day: TypeAlias = date | FarDate
Moment: TypeAlias = datetime | FarMoment
DAY_TYPES = (date, FarDate)
"""What ``type()`` says of a day, which is no moment."""


def near(value: Day | Moment) -> date:
    """The day or moment that Python knows, from which all but the year can be read."""
    return value.near if isinstance(value, FarDate | FarMoment) else value


def near_moment(value: Moment) -> datetime:
    """The same for a moment."""
    return value.near if isinstance(value, FarMoment) else value


def _cycles(value: Day | Moment) -> int:
    return value.cycles if isinstance(value, FarDate | FarMoment) else 0


def year_of(value: Day | Moment) -> int:
    """The year, negative before the year 0."""
    return near(value).year + _cycles(value) * YEARS


def day(year: int, month: int, number: int) -> Day:
    """The day of a year, month and day.

    Raises:
        ValueError: there is no such day, or its year is too far away.
    """
    if 1 <= year <= date.max.year:
        return date(year, month, number)
    if abs(year) > LAST_YEAR:
        raise ValueError(year)
    at = _LATE + year % YEARS if year > date.max.year else (year - 1) % YEARS + 1
    return FarDate(date(at, month, number), (year - at) // YEARS)


def ordinal(value: Day | Moment) -> int:
    """The number of the day, where 1 January of the year 1 is 1."""
    return near(value).toordinal() + _cycles(value) * DAYS


def from_ordinal(number: int) -> Day:
    """The day of a number.

    Raises:
        ValueError: its year is too far away.
    """
    if 1 <= number <= _LAST_DAY:
        return date.fromordinal(number)
    first = _LATE_DAY if number > _LAST_DAY else 1
    at = (number - first) % DAYS + first
    found = FarDate(date.fromordinal(at), (number - at) // DAYS)
    if abs(year_of(found)) > LAST_YEAR:
        raise ValueError(number)
    return found


def with_clock(value: Day | Moment, clock: time) -> Moment:
    """A day, or the day of a moment, at a time of day and in its zone."""
    moment = datetime.combine(near(value), clock)
    return FarMoment(moment, _cycles(value)) if isinstance(value, FarDate | FarMoment) else moment


def day_of(value: Day | Moment) -> Day:
    """The day of a moment where it is; a day is its own."""
    if isinstance(value, FarMoment):
        return FarDate(value.near.date(), value.cycles)
    return value.date() if isinstance(value, datetime) else value


def add_months(value: Day | Moment, months: int) -> Day | Moment:
    """The same day some months later, or the month's last day where it has no such day.

    Raises:
        ValueError: the year is too far away.
    """
    here = near(value)
    year, month = divmod(year_of(value) * 12 + here.month - 1 + months, 12)
    last = monthrange(YEARS + year % YEARS, month + 1)[1]
    moved = day(year, month + 1, min(here.day, last))
    return with_clock(moved, here.timetz()) if isinstance(here, datetime) else moved


def months_between(start: Day | Moment, end: Day | Moment) -> int:
    """Whole months from one day to another, negative if it lies before.

    As the calendar counts: from 31 January to 28 February no month is full.
    """
    sign, first, last = (1, start, end) if ordinal(start) <= ordinal(end) else (-1, end, start)
    from_, to = near(first), near(last)
    months = (year_of(last) - year_of(first)) * 12 + to.month - from_.month
    return sign * (months - (to.day < from_.day))


def text_of(value: Day | Moment) -> str:
    """As ISO 8601 writes it, with as many digits of the year as it needs, four at least."""
    if isinstance(value, date):
        return value.isoformat()
    year = year_of(value)
    return f"{'-' if year < 0 else ''}{abs(year):04}{value.near.isoformat()[4:]}"
