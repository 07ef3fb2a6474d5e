"""How ranges and points lie to each other 区间关系: before, meets, overlaps, includes, and so on.

An end is a value and a nudge: an open start lies just behind its value (1), an open end just before it (-1).
With that, every relation of the standard is one or two comparisons of ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from yizhan.feel import comparing
from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.eras import FarDate, FarMoment
from yizhan.feel.values import Months, Range, Value

_POINTS = (Decimal, str, date, FarDate, time, datetime, FarMoment, timedelta, Months)


class _NoOrder(Exception):
    """Two ends have no order; the reason is recorded."""


@dataclass(frozen=True, slots=True)
class _End:
    value: Value
    nudge: int
    far: int  # -1 or 1 when it is infinitely far
    here: Here

    def __sub__(self, other: _End) -> int:
        """Negative if this lies before the other, 0 in the same place."""
        if self.far or other.far:
            return self.far - other.far
        run, at = self.here.evaluation, self.here.position
        less = comparing.compare("<", self.value, other.value, run, at)
        if less is None:
            raise _NoOrder
        if less:
            return -1
        return self.nudge - other.nudge if comparing.equal(self.value, other.value, run, at) else 1


@dataclass(frozen=True, slots=True)
class _Span:
    start: _End
    end: _End


_Relation: TypeAlias = Callable[[_Span, _Span], bool]


def _span(value: Value, here: Here) -> _Span | None:
    if isinstance(value, Range):
        low, high = value.low, value.high
        return _Span(
            _End(low, 0 if value.low_closed else 1, -1 if low is None else 0, here),
            _End(high, 0 if value.high_closed else -1, 1 if high is None else 0, here),
        )
    if isinstance(value, _POINTS):
        return _Span(_End(value, 0, 0, here), _End(value, 0, 0, here))
    here.null(zh="只能比较区间与数、文本、日期、时间、时长", en="only ranges and values with an order")
    return None


_KINDS = {
    "pp": ("point1: any", "point2: any"),
    "pr": ("point: any", "range: range"),
    "rp": ("range: range", "point: any"),
    "rr": ("range1: range", "range2: range"),
}


def _register(name: str, kinds: str, holds: _Relation) -> None:
    def relation(here: Here, left: Value, right: Value) -> Value:
        one, other = _span(left, here), _span(right, here)
        if one is None or other is None:
            return None
        try:
            return holds(one, other)
        except _NoOrder:
            return None

    for kind in kinds.split():
        function(name, *_KINDS[kind])(relation)


def _swapped(holds: _Relation) -> _Relation:
    return lambda one, other: holds(other, one)


def _before(one: _Span, other: _Span) -> bool:
    return one.end - other.start < 0


def _meets(one: _Span, other: _Span) -> bool:
    return one.end - other.start == 0


def _overlaps(one: _Span, other: _Span) -> bool:
    return one.end - other.start >= 0 and other.end - one.start >= 0


def _overlaps_before(one: _Span, other: _Span) -> bool:
    return one.start - other.start < 0 and one.end - other.start >= 0 and one.end - other.end <= 0


def _finishes(one: _Span, other: _Span) -> bool:
    return one.end - other.end == 0 and one.start - other.start >= 0


def _includes(one: _Span, other: _Span) -> bool:
    return one.start - other.start <= 0 and one.end - other.end >= 0


def _starts(one: _Span, other: _Span) -> bool:
    return one.start - other.start == 0 and one.end - other.end <= 0


def _coincides(one: _Span, other: _Span) -> bool:
    return one.start - other.start == 0 and one.end - other.end == 0


_register("before", "rr rp pr pp", _before)
_register("after", "rr rp pr pp", _swapped(_before))
_register("meets", "rr", _meets)
_register("met by", "rr", _swapped(_meets))
_register("overlaps", "rr", _overlaps)
_register("overlaps before", "rr", _overlaps_before)
_register("overlaps after", "rr", _swapped(_overlaps_before))
_register("finishes", "rr pr", _finishes)
_register("finished by", "rr rp", _swapped(_finishes))
_register("includes", "rr rp", _includes)
_register("during", "rr pr", _swapped(_includes))
_register("starts", "rr pr", _starts)
_register("started by", "rr rp", _swapped(_starts))
_register("coincides", "rr pp", _coincides)
