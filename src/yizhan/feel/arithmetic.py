"""What + - * / ** do with values 运算; whatever cannot be done is null with a reason."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from yizhan.feel import eras
from yizhan.feel.eras import Day, Moment
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.values import IN_CHINESE, NUMBERS, Months, Value, kind
from yizhan.feel.zones import between, later, midnight

_LONGEST = 10**12  # months, or seconds: far beyond the year 9999


def negate(value: Value, run: Evaluation, at: int) -> Value:
    """``-value``."""
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, Months):
        return Months(-value.count)
    if isinstance(value, timedelta) and value != timedelta.min:
        return -value
    return run.null(at, zh=f"{IN_CHINESE[kind(value)]}不能取负", en=f"a {kind(value)} has no negative")


def calculate(sign: str, left: Value, right: Value, run: Evaluation, at: int) -> Value:
    """``left + right`` and its like."""
    if isinstance(left, str) and isinstance(right, str) and sign == "+":
        return run.text(left + right)
    work = _WORK.get((kind(left), sign, kind(right)))
    if work is not None:
        try:
            result = work(left, right)
        except (ArithmeticError, ValueError, TypeError):
            result = None
        if result is None or (isinstance(result, Decimal) and not result.is_finite()):
            return run.null(
                at,
                zh="结果无法表示（除以零、溢出或时区不同）",
                en="no such result: division by zero, overflow, or zones differ",
            )
        return result
    if left is None or right is None:
        return run.null(at, zh="缺少值，无法计算", en="a value is missing; nothing to calculate")
    return run.null(
        at,
        zh=f"{IN_CHINESE[kind(left)]}与{IN_CHINESE[kind(right)]}不能用 {sign}",
        en=f"{sign} does not join a {kind(left)} and a {kind(right)}",
    )


def seconds_of(length: timedelta) -> Decimal:
    """The length in seconds, exactly."""
    return NUMBERS.divide(Decimal(length // timedelta(microseconds=1)), Decimal(1_000_000))


def _length(seconds: Decimal) -> timedelta:
    return timedelta(microseconds=int(_sane(seconds) * 1_000_000))


def _months(count: Decimal) -> Months:
    return Months(int(_sane(count)))


def _sane(count: Decimal) -> Decimal:
    if abs(count) > _LONGEST:
        raise OverflowError
    return count


def _month_steps(day: Day | Moment, months: Months) -> Value:
    return eras.add_months(day, months.count)


def _back(day: Day | Moment, months: Months) -> Value:
    return eras.add_months(day, -months.count)


def _whole_days(day: Day, length: timedelta) -> Value:
    return eras.from_ordinal(eras.ordinal(day) + length // timedelta(days=1))


def _days_between(end: Day, start: Day) -> timedelta:
    return timedelta(days=eras.ordinal(end) - eras.ordinal(start))


def _round_the_clock(moment: time, length: timedelta) -> time:
    return (_on_one_day(moment) + length % timedelta(days=1)).timetz()


def _on_one_day(moment: time) -> datetime:
    return datetime.combine(date(2000, 1, 1), moment)


_Work = Callable[[Any, Any], Value]
_DAY, _MOMENT, _TIME, _NUMBER = "date", "date and time", "time", "number"
_MONTHS, _LENGTH = "years and months duration", "days and time duration"


def _swapped(work: _Work) -> _Work:
    return lambda left, right: work(right, left)


_EITHER_WAY: dict[tuple[str, str, str], _Work] = {
    (_DAY, "+", _MONTHS): _month_steps,
    (_MOMENT, "+", _MONTHS): _month_steps,
    (_DAY, "+", _LENGTH): _whole_days,
    (_MOMENT, "+", _LENGTH): later,
    (_TIME, "+", _LENGTH): _round_the_clock,
    (_MONTHS, "*", _NUMBER): lambda months, factor: _months(NUMBERS.multiply(Decimal(months.count), factor)),
    (_LENGTH, "*", _NUMBER): lambda length, factor: _length(NUMBERS.multiply(seconds_of(length), factor)),
}
_WORK: dict[tuple[str, str, str], _Work] = {
    (_NUMBER, "+", _NUMBER): NUMBERS.add,
    (_NUMBER, "-", _NUMBER): NUMBERS.subtract,
    (_NUMBER, "*", _NUMBER): NUMBERS.multiply,
    (_NUMBER, "/", _NUMBER): NUMBERS.divide,
    (_NUMBER, "**", _NUMBER): NUMBERS.power,
    **_EITHER_WAY,
    **{(right, sign, left): _swapped(work) for (left, sign, right), work in _EITHER_WAY.items()},
    (_DAY, "-", _DAY): _days_between,
    (_MOMENT, "-", _MOMENT): lambda end, start: between(start, end),
    (_MOMENT, "-", _DAY): lambda end, day: between(midnight(day), end),
    (_DAY, "-", _MOMENT): lambda day, start: between(start, midnight(day)),
    (_DAY, "-", _MONTHS): _back,
    (_MOMENT, "-", _MONTHS): _back,
    (_DAY, "-", _LENGTH): lambda day, length: _whole_days(day, -length),
    (_MOMENT, "-", _LENGTH): lambda moment, length: later(moment, -length),
    (_TIME, "-", _TIME): lambda one, other: _on_one_day(one) - _on_one_day(other),
    (_TIME, "-", _LENGTH): lambda moment, length: _round_the_clock(moment, -length),
    (_MONTHS, "+", _MONTHS): lambda one, other: Months(one.count + other.count),
    (_MONTHS, "-", _MONTHS): lambda one, other: Months(one.count - other.count),
    (_LENGTH, "+", _LENGTH): operator.add,
    (_LENGTH, "-", _LENGTH): operator.sub,
    (_MONTHS, "/", _NUMBER): lambda months, by: _months(NUMBERS.divide(Decimal(months.count), by)),
    (_LENGTH, "/", _NUMBER): lambda length, by: _length(NUMBERS.divide(seconds_of(length), by)),
    (_MONTHS, "/", _MONTHS): lambda one, other: NUMBERS.divide(Decimal(one.count), Decimal(other.count)),
    (_LENGTH, "/", _LENGTH): lambda one, other: NUMBERS.divide(seconds_of(one), seconds_of(other)),
}
