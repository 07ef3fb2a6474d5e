"""What stands behind the dot 属性: entries of contexts, parts of dates, durations and ranges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from yizhan.feel.eras import FarDate, FarMoment, near, year_of
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.values import IN_CHINESE, Months, Range, Value, kind
from yizhan.feel.zones import name_of

_Part = Callable[[Any], Value]
_HOUR, _MINUTE, _SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def _number(read: Callable[[Any], int]) -> _Part:
    return lambda value: Decimal(read(value))


def _of_near(part: _Part) -> _Part:
    return lambda moment: part(near(moment))


_DAY: dict[str, _Part] = {
    "year": _number(year_of),
    "month": _number(lambda day: near(day).month),
    "day": _number(lambda day: near(day).day),
    "weekday": _number(lambda day: near(day).isoweekday()),
}
_CLOCK: dict[str, _Part] = {
    "hour": _number(lambda clock: clock.hour),
    "minute": _number(lambda clock: clock.minute),
    "second": _number(lambda clock: clock.second),
    "time offset": lambda clock: clock.utcoffset(),
    "timezone": lambda clock: name_of(clock.tzinfo),
}
_PARTS: dict[type, dict[str, _Part]] = {
    date: _DAY,
    FarDate: _DAY,
    datetime: {**_DAY, **_CLOCK},
    FarMoment: {**_DAY, **{name: _of_near(part) for name, part in _CLOCK.items()}},
    time: _CLOCK,
    Months: {"years": _number(lambda length: length.years), "months": _number(lambda length: length.months)},
    timedelta: {
        "days": _number(lambda length: _sign(length) * (abs(length) // timedelta(days=1))),
        "hours": _number(lambda length: _sign(length) * (abs(length) // _HOUR % 24)),
        "minutes": _number(lambda length: _sign(length) * (abs(length) // _MINUTE % 60)),
        "seconds": _number(lambda length: _sign(length) * (abs(length) // _SECOND % 60)),
    },
    Range: {
        "start": lambda range_: range_.low,
        "end": lambda range_: range_.high,
        "start included": lambda range_: range_.low_closed,
        "end included": lambda range_: range_.high_closed,
    },
}


def property_of(value: Value, name: str, run: Evaluation, at: int) -> Value:
    """``value.name``; of a list, the list of each entry's."""
    if isinstance(value, dict):
        if name in value:
            return value[name]
        return run.null(at, zh=f"对象里没有 {name}", en=f"the context has no {name}")
    if isinstance(value, tuple):
        run.spend(len(value))
        return tuple(property_of(item, name, run, at) for item in value)
    part = _PARTS.get(type(value), {}).get(name)
    if part is None:
        return run.null(at, zh=f"{IN_CHINESE[kind(value)]}没有 {name}", en=f"a {kind(value)} has no {name}")
    return part(value)


def _sign(length: timedelta) -> int:
    return -1 if length < timedelta() else 1
