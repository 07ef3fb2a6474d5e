"""Functions of truth: not, all, any."""

from __future__ import annotations

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


def _truths(here: Here, items: tuple[Value, ...]) -> list[bool | None]:
    if any(item is not None and not isinstance(item, bool) for item in items):
        here.null(zh="列表里有不是 true 或 false 的值", en="an entry is neither true nor false")
    return [item if isinstance(item, bool) else None for item in items]
