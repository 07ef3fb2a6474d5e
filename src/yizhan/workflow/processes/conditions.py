"""Checking the expressions of a process 条件检查: their grammar, and that they ask for what can be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.releases.faults import did_you_mean
from yizhan.workflow.problems import Problem, expression_problems
from yizhan.workflow.processes.asked import Asked, gives
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    FlowDefinition,
    JointDefinition,
    JointTaskDefinition,
    StateDefinition,
    SubflowDefinition,
    TaskDefinition,
)
from yizhan.workflow.processes.making import ONE
from yizhan.workflow.processes.places import Place, places
from yizhan.workflow.processes.remembering import remembered


def condition_problems(definition: FlowDefinition, tables: Mapping[str, Asked]) -> Iterator[Problem]:
    """What is wrong with the expressions of a process."""
    left = {key: set(kept) for key, kept in remembered(definition, tables).items()}
    found = places(definition)
    for place in found:
        state = place.state
        own: set[str] = set()
        if isinstance(state, DecisionDefinition) and state.table is not None and state.table in tables:
            own = set(gives(tables[state.table]))
            for name in sorted(own & (definition.facts.keys() | left.keys())):
                message = _("决策表的结果 %(name)s 与事实或环节同名")
                yield Problem(f"{place.path}.table", message % {"name": name})
        elif isinstance(state, DecisionDefinition) and state.table is not None:
            continue  # the missing table is told elsewhere
        for path, source in expressions(place.path, state):
            of_one = ".task." in path or path.endswith(".task.unit") or _for_one(place, found)
            known = {*definition.facts, *left, *own, *({ONE} if of_one else ())}
            wrong = list(expression_problems(path, source, feel.expression, known))
            yield from wrong or _unknown_parts(path, source, left)


def _for_one(place: Place, found: list[Place]) -> bool:
    """Whether a state is done once for each of several departments."""
    around = {one.key: one for one in found}
    within = place.level.within
    while within:
        outer = around[within]
        if isinstance(outer.state, JointDefinition):
            return True
        within = outer.level.within
    return False


def expressions(path: str, state: StateDefinition) -> Iterator[tuple[str, str]]:
    """The expressions of a state, each with its path."""
    if isinstance(state, TaskDefinition):
        yield from _work(path, state)
    elif isinstance(state, DecisionDefinition):
        for number, case in enumerate(state.cases):
            yield f"{path}.cases[{number}].when", case.when
    elif isinstance(state, AutomaticDefinition | SubflowDefinition):
        for name, source in state.with_.items():
            yield f"{path}.with.{name}", source
    elif isinstance(state, JointDefinition):
        yield from _joint(path, state)
    if not isinstance(state, DecisionDefinition | EndDefinition):
        for name, event in state.on.items():
            if event.at is not None:
                yield f"{path}.on.{name}.at", event.at


def _joint(path: str, state: JointDefinition) -> Iterator[tuple[str, str]]:
    named = {"needed": state.needed, "lead": state.lead, "departments.of": state.departments.of}
    for name, source in named.items():
        if source is not None:
            yield f"{path}.{name}", source
    if state.task is not None:
        yield from _work(f"{path}.task", state.task)


def _work(path: str, work: TaskDefinition | JointTaskDefinition) -> Iterator[tuple[str, str]]:
    if work.unit.startswith("="):
        yield f"{path}.unit", work.unit[1:]
    for name, action in work.actions.items():
        if action.when is not None:
            yield f"{path}.actions.{name}.when", action.when


def _unknown_parts(path: str, source: str, left: Mapping[str, set[str]]) -> Iterator[Problem]:
    """``review.amout``: the state is there, but leaves no such thing behind."""
    for reference in sorted(feel.expression(source).paths):
        state, _dot, rest = reference.partition(".")
        name = rest.partition(".")[0]
        if state in left and name and name not in left[state]:
            message = _("环节 %(state)s 没有留下 %(name)s")
            words = {"state": state, "name": name}
            yield Problem(path, message % words, did_you_mean(name, left[state]))
