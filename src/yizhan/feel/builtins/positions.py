"""Functions that look at places in a list, counted from 1, or from the end when negative."""

from __future__ import annotations

from decimal import Decimal

from yizhan.feel.builtins.lists import distinct
from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import Value

Items = tuple[Value, ...]


@function("sublist", "list: list", "start position: number", "length?: number")
def _sublist(here: Here, items: Items, start: Decimal, length: Decimal | None) -> Value:
    first = _place(here, items, start)
    if first is None:
        return None
    if length is None:
        return items[first:]
    if length != length.to_integral_value() or not 1 <= length <= len(items) - first:
        return here.null(zh="长度不对", en="wrong length")
    return items[first : first + int(length)]


@function("insert before", "list: list", "position: number", "newItem: any")
def _insert_before(here: Here, items: Items, position: Decimal, item: Value) -> Value:
    place = _place(here, items, position)
    return None if place is None else (*items[:place], item, *items[place:])


@function("remove", "list: list", "position: number")
def _remove(here: Here, items: Items, position: Decimal) -> Value:
    place = _place(here, items, position)
    return None if place is None else (*items[:place], *items[place + 1 :])


@function("list replace", "list: list", "position: number", "newItem: any")
def _list_replace(here: Here, items: Items, position: Decimal, item: Value) -> Value:
    place = _place(here, items, position)
    return None if place is None else (*items[:place], item, *items[place + 1 :])


@function("union", "list: list", rest=True)
def _union(here: Here, lists: Items) -> Value:
    """All entries of the lists, each once."""
    parts = [one if isinstance(one, tuple) else (one,) for one in lists]
    here.evaluation.spend(sum(len(part) for part in parts))
    return distinct(here, tuple(item for part in parts for item in part))


def _place(here: Here, items: Items, position: Decimal) -> int | None:
    """The index of a place that exists; what follows the decimal point does not count."""
    if not 1 <= abs(position) < len(items) + 1:
        here.null(zh="列表没有这个位置", en="the list has no such place")
        return None
    return int(position) - 1 if position > 0 else len(items) + int(position)
