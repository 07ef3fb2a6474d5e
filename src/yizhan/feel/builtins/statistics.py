"""Functions of many numbers 统计: product, median, standard deviation, mode."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, DecimalException

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import NUMBERS, Value

Items = tuple[Value, ...]


@function("product", "list: any", rest=True)
@function("product", "list: list")
def _product(here: Here, items: Items) -> Value:
    numbers = _numbers(here, items, least=1)
    if numbers is None:
        return None
    result = Decimal(1)
    try:
        for number in numbers:
            result = NUMBERS.multiply(result, number)
    except DecimalException:
        return _too_large(here)
    return result


@function("median", "list: any", rest=True)
@function("median", "list: list")
def _median(here: Here, items: Items) -> Value:
    """The middle one, or the mean of the middle two."""
    numbers = _numbers(here, items, least=1)
    if numbers is None:
        return None
    numbers.sort()
    low, high = numbers[(len(numbers) - 1) // 2], numbers[len(numbers) // 2]
    try:
        return low if low == high else NUMBERS.divide(NUMBERS.add(low, high), Decimal(2))
    except DecimalException:
        return _too_large(here)


@function("stddev", "list: any", rest=True)
@function("stddev", "list: list")
def _stddev(here: Here, items: Items) -> Value:
    """The standard deviation of a sample, which takes two numbers at least."""
    numbers = _numbers(here, items, least=2)
    if numbers is None:
        return None
    try:
        mean = NUMBERS.divide(_total(numbers), Decimal(len(numbers)))
        gaps = [NUMBERS.subtract(number, mean) for number in numbers]
        squares = _total([NUMBERS.multiply(gap, gap) for gap in gaps])
        return NUMBERS.sqrt(NUMBERS.divide(squares, Decimal(len(numbers) - 1)))
    except DecimalException:
        return _too_large(here)


@function("mode", "list: any", rest=True)
@function("mode", "list: list")
def _mode(here: Here, items: Items) -> Value:
    """The most frequent numbers in ascending order; of an empty list, none."""
    numbers = _numbers(here, items, least=0)
    if numbers is None:
        return None
    counts = Counter(numbers)
    most = max(counts.values(), default=0)
    return tuple(sorted(number for number, count in counts.items() if count == most))


def _numbers(here: Here, items: Items, *, least: int) -> list[Decimal] | None:
    numbers = [item for item in items if isinstance(item, Decimal)]
    if len(numbers) != len(items):
        here.null(zh="列表里有不是数的值", en="an entry is no number")
        return None
    if len(numbers) < least:
        here.null(zh=f"至少要有 {least} 个数", en=f"at least {least} number(s) are needed")
        return None
    return numbers


def _total(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = NUMBERS.add(total, number)
    return total


def _too_large(here: Here) -> Value:
    return here.null(zh="结果过大，无法表示", en="the result is too large")
