"""Functions of dates, times and durations. ``today()`` is no function: the day is a fact like any other."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from yizhan.feel import eras
from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.eras import Day, Moment
from yizhan.feel.temporal import read_date, read_duration, read_moment, read_time
from yizhan.feel.values import Months, Value
from yizhan.feel.zones import elsewhere, zone_named, zone_of

MOMENTS: dict[str, type] = {"now": datetime, "today": date}
"""Functions that read the fact of their name, since nothing here looks at a clock."""

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
def _date_itself(_here: Here, source: Day) -> Value:
    return source


@function("date", "from: date and time")
def _date_of_moment(_here: Here, source: Moment) -> Value:
    return eras.day_of(source)


@function("date", "year: number", "month: number", "day: number")
def _date_of_numbers(here: Here, year: Decimal, month: Decimal, day: Decimal) -> Value:
    try:
        if any(part != int(part) for part in (year, month, day)):
            raise ValueError
        return eras.day(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return here.null(zh="没有这一天", en="there is no such day")


@function("date and time", "from: string")
def _moment(here: Here, source: str) -> Value:
    found = read_moment(source)
    return found or here.null(zh="日期时间应如 2026-11-20T09:30:00", en="it looks like 2026-11-20T09:30:00")


@function("date and time", "date: date and time", "time: time")
@function("date and time", "date: date", "time: time")
def _moment_of_parts(_here: Here, day: Day | Moment, clock: time) -> Value:
    return eras.with_clock(day, clock)


@function("date and time", "from: date and time")
@function("time", "from: time")
def _itself(_here: Here, source: Value) -> Value:
    return source


@function("date and time", "date: date and time", "timezone: string")
def _moment_elsewhere(here: Here, moment: Moment, name: str) -> Value:
    """The same moment as the clocks of another zone show it."""
    zone = zone_named(name)
    if zone is None or zone_of(moment) is None:
        return here.null(zh="没有这个时区，或时间不带时区", en="no such zone, or a moment without one")
    try:
        return elsewhere(moment, zone)
    except ValueError:
        return here.null(zh="结果无法表示", en="no such result")


@function("time", "hour: number", "minute: number", "second: number", "offset?: days and time duration")
def _time_of_numbers(
    here: Here, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None
) -> Value:
    try:
        if hour != int(hour) or minute != int(minute):
            raise ValueError
        zone = None if offset is None else timezone(offset)
        return time(int(hour), int(minute), int(second), int(second % 1 * 1_000_000), zone)
    except (ArithmeticError, ValueError):
        return here.null(zh="没有这个时刻", en="there is no such time")


@function("time", "from: string")
def _time(here: Here, source: str) -> Value:
    found = read_time(source)
    return here.null(zh="时间应如 09:30:00", en="a time looks like 09:30:00") if found is None else found


@function("time", "from: date and time")
def _time_of_moment(_here: Here, source: Moment) -> Value:
    return eras.near_moment(source).timetz()


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
def _years_and_months(_here: Here, start: Day | Moment, end: Day | Moment) -> Value:
    """Whole months; ``.years`` of it is a person's age in full years."""
    return Months(eras.months_between(start, end))


@function("day of week", "date: date")
@function("day of week", "date: date and time")
def _day_of_week(_here: Here, day: Day) -> Value:
    return _WEEKDAYS[eras.near(day).weekday()]


@function("day of year", "date: date")
@function("day of year", "date: date and time")
def _day_of_year(_here: Here, day: Day) -> Value:
    return Decimal(eras.near(day).timetuple().tm_yday)


@function("month of year", "date: date")
@function("month of year", "date: date and time")
def _month_of_year(_here: Here, day: Day) -> Value:
    return _MONTHS[eras.near(day).month - 1]


@function("week of year", "date: date")
@function("week of year", "date: date and time")
def _week_of_year(_here: Here, day: Day) -> Value:
    """The number of the week as ISO 8601 counts them."""
    return Decimal(eras.near(day).isocalendar().week)
