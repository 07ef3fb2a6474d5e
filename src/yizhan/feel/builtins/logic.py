"""Functions of truth: not, all, any, is."""

from __future__ import annotations

from datetime import datetime, time

from yizhan.feel import comparing
from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.eras import FarMoment
from yizhan.feel.values import Value
from yizhan.feel.zones import zone_of

_CLOCKS = (time, datetime, FarMoment)


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


@function("is", "value2: any", only_named=True)
@function("is", "value1: any", only_named=True)
def _is_nothing(here: Here, value: Value) -> Value:
    """Beside a value that is not given, as beside null."""
    return _is(here, value, None)


@function("is", "value1: any", "value2: any")
def _is(here: Here, one: Value, other: Value) -> Value:
    """The same value of the same type; for times also in the same zone."""
    if type(one) is not type(other):
        return False
    if isinstance(one, _CLOCKS) and isinstance(other, _CLOCKS):
        zones = [clock.tzinfo if isinstance(clock, time) else zone_of(clock) for clock in (one, other)]
        return zones[0] == zones[1] and one == other
    return comparing.equal(one, other, here.evaluation, here.position) is True


def _truths(here: Here, items: tuple[Value, ...]) -> list[bool | None]:
    if any(item is not None and not isinstance(item, bool) for item in items):
        here.null(zh="列表里有不是 true 或 false 的值", en="an entry is neither true nor false")
    return [item if isinstance(item, bool) else None for item in items]
