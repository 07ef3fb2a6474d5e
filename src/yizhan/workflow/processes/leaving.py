"""The arrows that a written state becomes 连线编译."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yizhan import feel
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    StateDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.parts import ActionDefinition, AnswerDefinition, EventDefinition, Expiry
from yizhan.workflow.processes.walking import EXPIRY


def arrows(key: str, state: StateDefinition, prefix: str = "") -> list[g.Arrow]:
    """The ways out of a state, in the order in which they are tried; ``prefix`` stands before the keys of targets."""
    return [replace(arrow, target=prefix + arrow.target) for arrow in _arrows(key, state)]


def _arrows(key: str, state: StateDefinition) -> Iterator[g.Arrow]:
    if isinstance(state, EndDefinition):
        return
    if isinstance(state, DecisionDefinition):
        yield from _cases(key, state)
        return
    if isinstance(state, TaskDefinition | WaitDefinition):
        yield from _answers(key, state)
    elif isinstance(state, AutomaticDefinition):
        yield g.Arrow(key, state.to, marks=state.marks, outcome=state.outcome)
    else:
        yield g.Arrow(key, state.to)
    for by, event in state.on.items():
        if event.to:
            yield _way(key, event.to, g.Via.BOUNDARY, by, event)


def _cases(key: str, state: DecisionDefinition) -> Iterator[g.Arrow]:
    for number, case in enumerate(state.cases):
        condition = feel.expression(case.when)
        yield g.Arrow(key, case.to, g.Via.CASE, str(number), case.title, condition)
    if state.otherwise:
        yield g.Arrow(key, state.otherwise, g.Via.OTHERWISE)


def _answers(key: str, state: TaskDefinition | WaitDefinition) -> Iterator[g.Arrow]:
    via = g.Via.ACTION if isinstance(state, TaskDefinition) else g.Via.ANSWER
    ways = state.actions if isinstance(state, TaskDefinition) else state.answers
    for by, way in ways.items():
        if way.to:
            yield _way(key, way.to, via, by, way)
    if state.limit and state.limit.on_expiry:
        late = state.limit.on_expiry
        yield _way(key, late.to, g.Via.BOUNDARY, EXPIRY, late)


def _way(
    key: str,
    target: str,
    via: g.Via,
    by: str,
    way: ActionDefinition | AnswerDefinition | Expiry | EventDefinition,
) -> g.Arrow:
    sends = tuple(way.sends)
    return g.Arrow(key, target, via, by, way.title, marks=way.marks, outcome=way.outcome, sends=sends)
