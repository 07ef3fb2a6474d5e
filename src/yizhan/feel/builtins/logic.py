"""Functions of truth: not, all, any, is."""

from __future__ import annotations

from datetime import datetime, time

from yizhan.feel import comparing
from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import Value


@function("not", "negand: any")
def _not(_here: Here, negand: Value) -> Value:
    return not negand if isinstance(negand, bool) else None


@function("all", "list: any", rest=True)
@function("all", "list: list")
def _all(here: Here, items: tuple[Value, ...]) -> Value:
    return comparing.every(_truths(here, items))


@function("any", "list: any", rest=True)
@function("any", "list: list")
def _any(here: Here, items: tuple[Value, ...]) -> Value:
    return comparing.some(_truths(here, items))


@function("is", "value1: any", "value2: any")
def _is(here: Here, one: Value, other: Value) -> Value:
    """The same value of the same type; for times also in the same zone."""
    if type(one) is not type(other):
        return False
    if isinstance(one, datetime | time) and isinstance(other, datetime | time):
        return one.tzinfo == other.tzinfo and one == other
    return comparing.equal(one, other, here.evaluation, here.position) is True


def _truths(here: Here, items: tuple[Value, ...]) -> list[bool | None]:
    if any(item is not None and not isinstance(item, bool) for item in items):
        here.null(zh="列表里有不是 true 或 false 的值", en="an entry is neither true nor false")
    return [item if isinstance(item, bool) else None for item in items]
