"""Checking where a process can go 走向检查: unknown states, islands, traps, circles, decisions twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan.workflow.problems import Problem, unknown
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    FlowDefinition,
    StateDefinition,
    TaskDefinition,
)

Way = tuple[str, str, str | None]
"""Path in the definition, state it leads to, what it marks."""


def way_problems(definition: FlowDefinition) -> Iterator[Problem]:
    """What is wrong with where the process goes."""
    states = definition.states
    ways = {key: list(ways_out(key, state)) for key, state in states.items()}
    lost = list(_unknown_targets(definition, ways))
    yield from lost
    if not any(isinstance(state, EndDefinition) for state in states.values()):
        yield Problem("states", _("没有办结环节（kind: end）"))
    if lost:
        return  # what is unreachable or endless depends on what was meant
    steps = {key: {target for _path, target, _marks in found} for key, found in ways.items()}
    reachable = reached([definition.start], steps)
    for key in states:
        if key not in reachable:
            yield Problem(f"states.{key}", _("没有任何环节通向 %(name)s") % {"name": key})
    yield from _traps(states, steps)
    yield from _circles(states, steps)
    yield from _decided_twice(ways, steps)


def ways_out(key: str, state: StateDefinition) -> Iterator[Way]:
    """Every way out of a state."""
    path = f"states.{key}"
    if isinstance(state, EndDefinition):
        return
    if isinstance(state, AutomaticDefinition):
        yield f"{path}.to", state.to, state.marks
        return
    if isinstance(state, DecisionDefinition):
        for number, case in enumerate(state.cases):
            yield f"{path}.cases[{number}].to", case.to, None
        if state.otherwise:
            yield f"{path}.otherwise", state.otherwise, None
        return
    is_task = isinstance(state, TaskDefinition)
    for name, way in (state.actions if isinstance(state, TaskDefinition) else state.answers).items():
        if way.to:
            yield f"{path}.{'actions' if is_task else 'answers'}.{name}.to", way.to, way.marks
    if state.limit and state.limit.on_expiry:
        yield f"{path}.limit.on_expiry.to", state.limit.on_expiry.to, state.limit.on_expiry.marks


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


def _unknown_targets(definition: FlowDefinition, ways: Mapping[str, list[Way]]) -> Iterator[Problem]:
    starts: list[Way] = [("start", definition.start, None)]
    for path, target, _marks in (*starts, *(way for found in ways.values() for way in found)):
        if target not in definition.states:
            yield unknown(path, _("没有环节 %(name)s"), target, definition.states)


def _traps(states: Mapping[str, StateDefinition], steps: Mapping[str, set[str]]) -> Iterator[Problem]:
    """States from which no end can be reached."""
    back: dict[str, set[str]] = {key: set() for key in states}
    for key, targets in steps.items():
        for target in targets:
            back[target].add(key)
    ends = [key for key, state in states.items() if isinstance(state, EndDefinition)]
    finishing = reached(ends, back)
    for key in states:
        if ends and key not in finishing:
            yield Problem(f"states.{key}", _("从 %(name)s 走不到办结") % {"name": key})


def _circles(states: Mapping[str, StateDefinition], steps: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Circles in which nobody acts: the case would never rest."""
    alone = {k for k, s in states.items() if isinstance(s, DecisionDefinition | AutomaticDefinition)}
    inner = {key: steps[key] & alone for key in alone}
    for key in states:
        if key in alone and key in reached(inner[key], inner):
            yield Problem(f"states.{key}", _("%(name)s 在没有人工的循环里，办件永远停不下来") % {"name": key})


def _decided_twice(ways: Mapping[str, list[Way]], steps: Mapping[str, set[str]]) -> Iterator[Problem]:
    deciding = [(key, way) for key, found in ways.items() for way in found if way[2] == "decided"]
    for _key, (path, target, _marks) in deciding:
        again = reached([target], steps)
        later = sorted({other for other, _way in deciding if other in again})
        if later:
            words = {"names": ", ".join(later)}
            message = _("作出决定之后又会走到能再次作出决定的环节：%(names)s")
            yield Problem(path.removesuffix(".to") + ".marks", message % words)
