"""Checking the expressions of a process 条件检查: their grammar, and that they ask for what can be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.releases.faults import did_you_mean
from yizhan.workflow.problems import Problem, expression_problems
from yizhan.workflow.processes.compiling import remembered
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    FlowDefinition,
    StateDefinition,
    TaskDefinition,
)
from yizhan.workflow.tables.definition import TableDefinition


def condition_problems(
    definition: FlowDefinition, tables: Mapping[str, TableDefinition]
) -> Iterator[Problem]:
    """What is wrong with the expressions of a process."""
    left = {key: set(kept) for key, kept in remembered(definition, tables).items()}
    for key, state in definition.states.items():
        own: set[str] = set()
        if isinstance(state, DecisionDefinition) and state.table is not None and state.table in tables:
            own = {column.name for column in tables[state.table].outputs}
            for name in sorted(own & (definition.facts.keys() | left.keys())):
                message = _("决策表的结果 %(name)s 与事实或环节同名")
                yield Problem(f"states.{key}.table", message % {"name": name})
        elif isinstance(state, DecisionDefinition) and state.table is not None:
            continue  # the missing table is told elsewhere
        for path, source in _expressions(f"states.{key}", state):
            known = {*definition.facts, *left, *own}
            found = list(expression_problems(path, source, feel.expression, known))
            yield from found or _unknown_parts(path, source, left)


def _expressions(path: str, state: StateDefinition) -> Iterator[tuple[str, str]]:
    if isinstance(state, TaskDefinition):
        if state.unit.startswith("="):
            yield f"{path}.unit", state.unit[1:]
        for name, action in state.actions.items():
            if action.when is not None:
                yield f"{path}.actions.{name}.when", action.when
    elif isinstance(state, DecisionDefinition):
        for number, case in enumerate(state.cases):
            yield f"{path}.cases[{number}].when", case.when
    elif isinstance(state, AutomaticDefinition):
        for name, source in state.with_.items():
            yield f"{path}.with.{name}", source


def _unknown_parts(path: str, source: str, left: Mapping[str, set[str]]) -> Iterator[Problem]:
    """``review.amout``: the state is there, but leaves no such thing behind."""
    for reference in sorted(feel.expression(source).paths):
        state, _dot, rest = reference.partition(".")
        name = rest.partition(".")[0]
        if state in left and name and name not in left[state]:
            message = _("环节 %(state)s 没有留下 %(name)s")
            words = {"state": state, "name": name}
            yield Problem(path, message % words, did_you_mean(name, left[state]))
