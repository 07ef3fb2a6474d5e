"""The values of FEEL 值 and how they look in Python.

| FEEL | here |
|---|---|
| null | ``None`` |
| boolean | ``bool`` |
| number | ``Decimal`` of 34 digits (IEEE 754 decimal128), never float |
| string | ``str`` |
| date · time · date and time | ``date`` · ``time`` · ``datetime``; in other years ``FarDate`` · ``FarMoment`` |
| days and time duration | ``timedelta`` |
| years and months duration | ``Months`` |
| list · context · range | ``tuple`` · ``dict`` · ``Range`` |
| function | ``Function`` |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from math import isfinite
from typing import Any, Literal, TypeAlias, Union, cast

from yizhan.feel.eras import FarDate, FarMoment
from yizhan.feel.faults import ValueFault

NUMBERS = Context(
    prec=34, Emax=6144, Emin=-6143, clamp=1, traps=[InvalidOperation, DivisionByZero, Overflow]
)  # decimal128; ROUND_HALF_EVEN is the default
DEEPEST = 32


@dataclass(frozen=True, order=True, slots=True)
class Months:
    """A years and months duration 年月时长, counted in months."""

    count: int

    @property
    def years(self) -> int:
        """Whole years, towards zero."""
        return int(self.count / 12)

    @property
    def months(self) -> int:
        """Months beyond the whole years, with the sign of the duration."""
        return self.count - self.years * 12


@dataclass(frozen=True, slots=True)
class Range:
    """A range 区间; an end that is ``None`` is open to infinity, as in ``(>= 60)``.

    ``(= 60)`` and ``(!= 60)`` are ranges too: both ends are the value, closed or open; ``sign`` tells them from
    ``[60..60]``.
    """

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool
    sign: Literal["", "=", "!="] = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function 函数 as a value; two are the same only if they are one.

    Attributes:
        name: what reasons call it.
        parameters: the names of its parameters.
        invoke: takes the arguments, their names if they are named, and the ``Here`` of the call; gives the value.
    """

    name: str
    parameters: tuple[str, ...]
    invoke: Callable[[Any, tuple[str, ...], Any], Value]


Value: TypeAlias = Union[  # noqa: UP007 (quoted members cannot be joined by a bar)
    bool,
    Decimal,
    str,
    date,
    time,
    datetime,
    FarDate,
    FarMoment,
    timedelta,
    Months,
    Range,
    Function,
    tuple["Value", ...],
    dict[str, "Value"],
    None,
]
Scope: TypeAlias = dict[str, Value]

KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    FarDate: "date",
    FarMoment: "date and time",
    timedelta: "days and time duration",
    Months: "years and months duration",
    Range: "range",
    tuple: "list",
    dict: "context",
    Function: "function",
}
_TITLES = (
    ("空值", "null"),
    ("是否值", "boolean"),
    ("数", "number"),
    ("文本", "string"),
    ("日期", "date"),
    ("时间", "time"),
    ("日期时间", "date and time"),
    ("时长", "days and time duration"),
    ("年月时长", "years and months duration"),
    ("区间", "range"),
    ("列表", "list"),
    ("对象", "context"),
    ("函数", "function"),
    ("任意值", "any"),
)
IN_CHINESE = {name: chinese for chinese, name in _TITLES}


def kind(value: Value) -> str:
    """The FEEL name of a value's type."""
    return KINDS[type(value)]


def feel_value(given: object, *, depth: int = 0) -> Value:
    """A Python value as FEEL has it: numbers become decimals, lists tuples.

    Raises:
        ValueFault: not-a-number, infinite, nested deeper than 32, or of a type that FEEL does not know.
    """
    quickly = _QUICKLY.get(type(given))
    if quickly is not None:
        return quickly(given)
    if depth > DEEPEST:
        raise ValueFault(zh=f"事实嵌套超过 {DEEPEST} 层", en=f"the fact is nested deeper than {DEEPEST}")
    if isinstance(given, int | float | Decimal):
        return _number(given)
    if isinstance(given, Mapping):
        return {str(key): feel_value(item, depth=depth + 1) for key, item in given.items()}
    if isinstance(given, list | tuple):
        return tuple(feel_value(item, depth=depth + 1) for item in given)
    if isinstance(given, Range):
        low, high = (feel_value(end, depth=depth + 1) for end in (given.low, given.high))
        return Range(low, high, given.low_closed, given.high_closed, given.sign)
    if isinstance(given, str):
        return str.__str__(given)  # an enumeration's member or a marked-up text becomes plain text
    if type(given) in KINDS:
        return cast(Value, given)
    raise ValueFault(
        zh=f"不能用作事实的值：{type(given).__name__}", en=f"no value of FEEL: {type(given).__name__}"
    )


def _number(given: float | Decimal) -> Decimal:
    try:
        number = NUMBERS.create_decimal(repr(given) if isinstance(given, float) else given)
    except DecimalException:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueFault(zh="不是有限的数", en="not a finite number")
    return number


def _whole(given: int) -> Decimal:
    return Decimal(given) if -_SURELY_EXACT < given < _SURELY_EXACT else _number(given)


def _fraction(given: float) -> Decimal:
    return Decimal(repr(given)) if isfinite(given) else _number(given)  # seventeen digits at most


def _itself(given: Value) -> Value:
    return given


_SURELY_EXACT = 10**15
_QUICKLY: dict[type, Callable[[Any], Value]] = {
    **dict.fromkeys((type(None), bool, str, date), _itself),
    int: _whole,
    float: _fraction,
}
"""What nearly every fact is."""
