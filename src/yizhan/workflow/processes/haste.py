"""Times that are over as soon as they are set 时间已过: a circle of them never rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import timedelta

from yizhan import feel
from yizhan.workflow.processes.definition import StateDefinition, TaskDefinition, WaitDefinition
from yizhan.workflow.processes.parts import EventDefinition

_HOURS = ("duty_hours", "natural_hours")


def circles_of_time(
    states: Mapping[str, StateDefinition],
    ways: Mapping[str, Iterable[tuple[str, str, str | None]]],
    resting: Set[str],
) -> Iterator[tuple[str, str]]:
    """The events and limits of a level that lead back, at once, to the state that sets them: path and state.

    Args:
        states: the states of a level.
        ways: the ways out of each: path in the definition, target, mark.
        resting: the states where a case may stay.
    """
    hasty = {key: [way for way in ways[key] if _is_hasty(way[0], states[key])] for key in states}
    at_once = {key: {way[1] for way in (hasty if key in resting else ways)[key]} for key in states}
    for key, found in hasty.items():
        for path, target, _marks in found:
            if key in reached([target], at_once):
                yield path.removesuffix(".to"), key


def reached(starts: Iterable[str], steps: Mapping[str, Iterable[str]]) -> set[str]:
    """The states that can be come to, the first ones included."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += steps.get(here, ())
    return found


def lasts_nothing(amounts: Mapping[str, int]) -> bool:
    """Whether a length of time is none at all; days, even no day, last until midnight."""
    return any(amounts.get(unit) == 0 for unit in _HOURS)


def may_be_over(moment: feel.Expression) -> bool:
    """Whether the moment that an expression gives may have passed: all but a duration that is written out."""
    try:
        value = moment.evaluate({}).value
    except feel.LimitFault:
        return False  # told elsewhere
    if isinstance(value, feel.Months):
        return value.count <= 0
    return not (isinstance(value, timedelta) and value > timedelta(0))


def _is_hasty(path: str, state: StateDefinition) -> bool:
    """Whether a way may be taken as soon as its state is come to."""
    place = path.removesuffix(".to")
    if place.endswith(".limit.on_expiry"):
        limit = state.limit if isinstance(state, TaskDefinition | WaitDefinition) else None
        return limit is not None and lasts_nothing(limit.amounts)
    event = getattr(state, "on", {}).get(place.rpartition(".")[2]) if ".on." in place else None
    if not isinstance(event, EventDefinition):
        return False
    return lasts_nothing(event.after.amounts) if event.after is not None else _is_past(event.at)


def _is_past(source: str | None) -> bool:
    try:
        return source is not None and may_be_over(feel.expression(source))
    except feel.SyntaxFault:
        return False  # told elsewhere
