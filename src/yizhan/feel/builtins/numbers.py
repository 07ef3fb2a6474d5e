"""Functions of numbers, and reading one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import NUMBERS, Months, Value

_PLAIN = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SEPARATORS = {None, " ", ",", "."}


@function("number", "from: string", "grouping separator?: string", "decimal separator?: string")
def _number(here: Here, source: str, grouping: str | None, point: str | None) -> Value:
    if grouping not in _SEPARATORS or point not in {None, ",", "."} or (grouping and grouping == point):
        return here.null(zh="分隔符不对", en="wrong separators")
    plain = source.replace(grouping, "") if grouping else source
    plain = plain.replace(point, ".") if point else plain
    if not _PLAIN.fullmatch(plain):
        return here.null(zh=f"“{source[:40]}”不是数", en=f"{source[:40]!r} is no number")
    try:
        return NUMBERS.create_decimal(plain)
    except DecimalException:
        return here.null(zh="数过大", en="the number is too large")


def _rounded(here: Here, number: Decimal, digits: Decimal, rounding: str) -> Value:
    if digits != int(digits) or not -6111 <= digits <= 6176:
        return here.null(zh="小数位数应为整数", en="the scale must be a whole number")
    if number.is_zero() or -int(number.as_tuple().exponent) <= digits:
        return number
    try:
        with_scale = number.quantize(Decimal(1).scaleb(-int(digits), NUMBERS), rounding, NUMBERS)
        return NUMBERS.plus(with_scale)
    except DecimalException:
        return here.null(zh="结果无法表示", en="no such result")


def _register(name: str, rounding: str, *, needs_scale: bool = True) -> None:
    @function(name, "n: number", "scale: number")
    def _round(here: Here, number: Decimal, digits: Decimal) -> Value:
        return _rounded(here, number, digits, rounding)

    if not needs_scale:

        @function(name, "n: number")
        def _whole(here: Here, number: Decimal) -> Value:
            return _rounded(here, number, Decimal(0), rounding)


_register("floor", ROUND_FLOOR, needs_scale=False)
_register("ceiling", ROUND_CEILING, needs_scale=False)
_register("decimal", ROUND_HALF_EVEN)
_register("round up", ROUND_UP)
_register("round down", ROUND_DOWN)
_register("round half up", ROUND_HALF_UP)
_register("round half down", ROUND_HALF_DOWN)


@function("abs", "n: number")
def _abs(_here: Here, number: Decimal) -> Value:
    return NUMBERS.abs(number)


@function("abs", "n: years and months duration")
def _abs_months(_here: Here, months: Months) -> Value:
    return Months(abs(months.count))


@function("abs", "n: days and time duration")
def _abs_length(_here: Here, length: timedelta) -> Value:
    return abs(length)


@function("modulo", "dividend: number", "divisor: number")
def _modulo(here: Here, dividend: Decimal, divisor: Decimal) -> Value:
    """The remainder that has the divisor's sign, as the standard defines it."""
    try:
        rest = NUMBERS.remainder(dividend, divisor)
        return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest
    except DecimalException:
        return here.null(zh="不能除以零，数也不能过大", en="division by zero, or numbers too large")


def _register_curve(name: str, of: Callable[[Decimal], Decimal]) -> None:
    @function(name, "number: number")
    def _curve(here: Here, number: Decimal) -> Value:
        try:
            result = of(number)
        except DecimalException:
            return here.null(zh="结果无法表示", en="no such result")
        return result if result.is_finite() else here.null(zh="结果无法表示", en="no such result")


_register_curve("sqrt", NUMBERS.sqrt)
_register_curve("exp", NUMBERS.exp)
_register_curve("log", NUMBERS.ln)


def _register_parity(name: str, rest: int) -> None:
    @function(name, "number: number")
    def _parity(here: Here, number: Decimal) -> Value:
        if number != number.to_integral_value():
            return here.null(zh="只有整数分奇偶", en="only whole numbers are even or odd")
        return abs(int(number)) % 2 == rest


_register_parity("even", 0)
_register_parity("odd", 1)
