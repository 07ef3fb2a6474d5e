"""Functions that take a function: sort, and list replace by a condition."""

from __future__ import annotations

from functools import cmp_to_key

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import Function, Value

Items = tuple[Value, ...]


class _NoAnswer(Exception):
    """The function handed in did not say true or false; the reason is recorded."""


@function("sort", "list: list", "precedes: function")
def _sort(here: Here, items: Items, precedes: Function) -> Value:
    """In the order that ``precedes(x, y)`` tells; what is equal in it keeps its order."""

    def order(one: Value, other: Value) -> int:
        return -1 if _answer(here, precedes, one, other) else 0

    try:
        return tuple(sorted(items, key=cmp_to_key(order)))
    except _NoAnswer:
        return None


@function("list replace", "list: list", "match: function", "newItem: any")
def _list_replace(here: Here, items: Items, match: Function, item: Value) -> Value:
    """Every entry for which ``match(entry, newItem)`` is true replaced."""
    try:
        return tuple(item if _answer(here, match, one, item) else one for one in items)
    except _NoAnswer:
        return None


def _answer(here: Here, asked: Function, one: Value, other: Value) -> bool:
    answer = asked.invoke([one, other], (), here)
    if not isinstance(answer, bool):
        here.null(zh="给出的函数应得出 true 或 false", en="the function handed in must say true or false")
        raise _NoAnswer
    return answer
