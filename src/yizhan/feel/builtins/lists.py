"""Functions of lists. Where the standard allows it, the entries may be given one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from yizhan.feel import arithmetic, comparing
from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import Months, Value

Items = tuple[Value, ...]


@function("list contains", "list: list", "element: any")
def _list_contains(here: Here, items: Items, element: Value) -> Value:
    return any(_same(here, item, element) for item in items)


@function("count", "list: list")
def _count(_here: Here, items: Items) -> Value:
    return Decimal(len(items))


@function("sum", "list: any", rest=True)
@function("sum", "list: list")
def _sum(here: Here, items: Items) -> Value:
    if not items:
        return here.null(zh="列表是空的", en="the list is empty")
    total = items[0]
    if not isinstance(total, Decimal | Months | timedelta):
        return here.null(zh="只能求数或时长之和", en="only numbers and durations have a sum")
    for item in items[1:]:
        total = arithmetic.calculate("+", total, item, here.evaluation, here.position)
    return total


@function("mean", "list: any", rest=True)
@function("mean", "list: list")
def _mean(here: Here, items: Items) -> Value:
    total = _sum(here, items)
    if total is None:
        return None
    return arithmetic.calculate("/", total, Decimal(len(items)), here.evaluation, here.position)


@function("min", "list: any", rest=True)
@function("min", "list: list")
def _min(here: Here, items: Items) -> Value:
    return _extreme(here, items, "<")


@function("max", "list: any", rest=True)
@function("max", "list: list")
def _max(here: Here, items: Items) -> Value:
    return _extreme(here, items, ">")


def _extreme(here: Here, items: Items, order: str) -> Value:
    if not items:
        return here.null(zh="列表是空的", en="the list is empty")
    best = items[0]
    for item in items:
        # comparing the first with itself tells whether it has an order at all
        better = comparing.compare(order, item, best, here.evaluation, here.position)
        if better is None:
            return None
        best = item if better else best
    return best


@function("append", "list: list", "item: any", rest=True)
def _append(_here: Here, items: Items, more: Items) -> Value:
    return (*items, *more)


@function("concatenate", "list: list", rest=True)
def _concatenate(here: Here, lists: Items) -> Value:
    if not all(isinstance(one, tuple) for one in lists):
        return here.null(zh="参数应为列表", en="the arguments must be lists")
    parts = [one for one in lists if isinstance(one, tuple)]
    here.evaluation.spend(sum(len(part) for part in parts))
    return tuple(item for part in parts for item in part)


@function("reverse", "list: list")
def _reverse(_here: Here, items: Items) -> Value:
    return items[::-1]


@function("index of", "list: list", "match: any")
def _index_of(here: Here, items: Items, match: Value) -> Value:
    return tuple(Decimal(place) for place, item in enumerate(items, 1) if _same(here, item, match))


@function("distinct values", "list: list")
def _distinct_values(here: Here, items: Items) -> Value:
    return distinct(here, items)


def distinct(here: Here, items: Items) -> Items:
    """The entries, each once, in the order of their first places."""
    found: list[Value] = []
    for item in items:
        here.evaluation.spend(len(found))
        if not any(_same(here, other, item) for other in found):
            found.append(item)
    return tuple(found)


@function("flatten", "list: list")
def _flatten(here: Here, items: Items) -> Value:
    return tuple(_leaves(here, items))


def _leaves(here: Here, items: Items) -> Iterable[Value]:
    here.evaluation.spend(1 + len(items))
    for item in items:
        if isinstance(item, tuple):
            yield from _leaves(here, item)
        else:
            yield item


def _same(here: Here, left: Value, right: Value) -> bool:
    """Equal, and of one type; values of different types are simply not the same here."""
    if left is None or right is None or type(left) is type(right):
        return comparing.equal(left, right, here.evaluation, here.position) is True
    return False
