"""Comparing values and three-valued logic 比较与三值逻辑; what cannot be compared is null with a reason."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from yizhan.feel.eras import FarDate, FarMoment, ordinal
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.values import IN_CHINESE, Months, Range, Value, kind
from yizhan.feel.zones import are_comparable, instant

PLAIN = frozenset({Decimal, str, date, timedelta, Months})
"""Types whose values are compared as Python compares them, if both are of one."""
_ORDERED = frozenset({Decimal, str, date, FarDate, time, datetime, FarMoment, timedelta, Months})
_OF_CALENDAR = frozenset({date, FarDate, time, datetime, FarMoment})
_CLOCKS = (time, datetime, FarMoment)
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(order: str, left: Value, right: Value, run: Evaluation, at: int) -> bool | None:
    """``left < right`` and its like, equality included; null for different types or a missing value."""
    if type(left) is type(right) and type(left) in PLAIN:
        return OPERATORS[order](left, right)
    if order == "=":
        return equal(left, right, run, at)
    if order == "!=":
        same = equal(left, right, run, at)
        return None if same is None else not same
    if kind(left) == kind(right) and type(left) in _ORDERED:
        if type(left) not in _OF_CALENDAR:
            return OPERATORS[order](left, right)
        if _same_zone(left, right):
            return OPERATORS[order](_placed(left), _placed(right))
    if left is None or right is None:
        return run.null(at, zh="缺少值，无法比较", en="a value is missing; nothing to compare")
    return run.null(
        at,
        zh=f"{IN_CHINESE[kind(left)]}与{IN_CHINESE[kind(right)]}不能比较大小",
        en=f"a {kind(left)} and a {kind(right)} have no order",
    )


def _same_zone(left: Value, right: Value) -> bool:
    """Moments with and without a zone have no order."""
    if isinstance(left, _CLOCKS) and isinstance(right, _CLOCKS):
        return are_comparable(left, right)
    return True


def _placed(value: Value) -> Any:
    """Where it lies among its kind; of clocks as the standard says, to the second."""
    if isinstance(value, datetime | FarMoment):
        return instant(value) // 1_000_000
    if isinstance(value, time):
        return value.replace(microsecond=0)
    return ordinal(value) if isinstance(value, date | FarDate) else value


def equal(left: Value, right: Value, run: Evaluation, at: int) -> bool | None:
    """Whether two values are the same; null for values of different types, but null = null is true."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right) and kind(left) != kind(right):
        return run.null(
            at,
            zh=f"{IN_CHINESE[kind(left)]}与{IN_CHINESE[kind(right)]}不能相比",
            en=f"a {kind(left)} and a {kind(right)} cannot be compared",
        )
    if isinstance(left, tuple) and isinstance(right, tuple):
        pairs = list(zip(left, right, strict=False)) if len(left) == len(right) else None
    elif isinstance(left, dict) and isinstance(right, dict):
        pairs = [(left[key], right[key]) for key in left] if left.keys() == right.keys() else None
    else:
        return bool(_placed(left) == _placed(right)) and _same_zone(left, right)
    if pairs is None:
        return False
    run.spend(len(pairs))
    return every(equal(one, other, run, at) for one, other in pairs)


def every(answers: Iterable[bool | None]) -> bool | None:
    """Three-valued and: false if one is false, else null if one is null."""
    found: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            found = None
    return found


def some(answers: Iterable[bool | None]) -> bool | None:
    """Three-valued or: true if one is true, else null if one is null."""
    found: bool | None = False
    for answer in answers:
        if answer is True:
            return True
        if answer is None:
            found = None
    return found


def within(value: Value, range_: Range, run: Evaluation, at: int) -> bool | None:
    """Whether a value lies in a range."""
    if type(value) is type(range_.low) is type(range_.high) and type(value) in PLAIN and not range_.sign:
        after = OPERATORS[">=" if range_.low_closed else ">"]
        return after(value, range_.low) and OPERATORS["<=" if range_.high_closed else "<"](value, range_.high)
    if range_.sign:
        return compare(range_.sign, value, range_.low, run, at)
    if range_.low is not None:
        low = compare(">=" if range_.low_closed else ">", value, range_.low, run, at)
        if low is not True:
            return low
    if range_.high is not None:
        return compare("<=" if range_.high_closed else "<", value, range_.high, run, at)
    return True


def matches(value: Value, wanted: Value, run: Evaluation, at: int) -> bool | None:
    """The meaning of a unary test without ``?``: same as, within, or one of."""
    if isinstance(wanted, Range):
        return within(value, wanted, run, at)
    if isinstance(wanted, tuple):
        run.spend(len(wanted))
        if isinstance(value, tuple):
            lists = (wanted, *(item for item in wanted if isinstance(item, tuple)))
            return some(equal(value, one, run, at) for one in lists)
        return some(matches(value, item, run, at) for item in wanted if not isinstance(item, tuple))
    return equal(value, wanted, run, at)
