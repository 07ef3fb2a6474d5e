"""Functions of dates and durations. There is no ``today()``: the day is a fact like any other."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.temporal import months_between, read_date, read_duration, read_moment, read_time
from yizhan.feel.values import Months, Value

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@function("date", "from: string")
def _date(here: Here, source: str) -> Value:
    found = read_date(source)
    return found or here.null(zh="日期应如 2026-11-20", en="a date looks like 2026-11-20")


@function("date", "from: date")
def _date_itself(_here: Here, source: date) -> Value:
    return source


@function("date", "from: date and time")
def _date_of_moment(_here: Here, source: datetime) -> Value:
    return source.date()


@function("date", "year: number", "month: number", "day: number")
def _date_of_numbers(here: Here, year: Decimal, month: Decimal, day: Decimal) -> Value:
    try:
        if any(part != int(part) for part in (year, month, day)):
            raise ValueError
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return here.null(zh="没有这一天", en="there is no such day")


@function("date and time", "from: string")
def _moment(here: Here, source: str) -> Value:
    found = read_moment(source)
    return found or here.null(zh="日期时间应如 2026-11-20T09:30:00", en="it looks like 2026-11-20T09:30:00")


@function("date and time", "date: date", "time: time")
def _moment_of_parts(_here: Here, day: date, clock: time) -> Value:
    return datetime.combine(day, clock)


@function("time", "from: string")
def _time(here: Here, source: str) -> Value:
    found = read_time(source)
    return here.null(zh="时间应如 09:30:00", en="a time looks like 09:30:00") if found is None else found


@function("time", "from: date and time")
def _time_of_moment(_here: Here, source: datetime) -> Value:
    return source.timetz()


@function("duration", "from: string")
def _duration(here: Here, source: str) -> Value:
    found = read_duration(source)
    return (
        here.null(zh="时长应如 P1Y6M、P10D、PT4H", en="a duration looks like P1Y6M")
        if found is None
        else found
    )


@function("years and months duration", "from: date and time", "to: date")
@function("years and months duration", "from: date", "to: date and time")
@function("years and months duration", "from: date and time", "to: date and time")
@function("years and months duration", "from: date", "to: date")
def _years_and_months(_here: Here, start: date, end: date) -> Value:
    """Whole months; ``.years`` of it is a person's age in full years."""
    return Months(months_between(_day(start), _day(end)))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@function("day of week", "date: date")
@function("day of week", "date: date and time")
def _day_of_week(_here: Here, day: date) -> Value:
    return _WEEKDAYS[day.weekday()]


@function("day of year", "date: date")
@function("day of year", "date: date and time")
def _day_of_year(_here: Here, day: date) -> Value:
    return Decimal(day.timetuple().tm_yday)


@function("month of year", "date: date")
@function("month of year", "date: date and time")
def _month_of_year(_here: Here, day: date) -> Value:
    return _MONTHS[day.month - 1]


@function("week of year", "date: date")
@function("week of year", "date: date and time")
def _week_of_year(_here: Here, day: date) -> Value:
    """The number of the week as ISO 8601 counts them."""
    return Decimal(day.isocalendar().week)
