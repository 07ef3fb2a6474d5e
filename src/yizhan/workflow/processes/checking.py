"""Checking a process before a case depends on it: all faults at once, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan.workflow.problems import Problem, reserved
from yizhan.workflow.processes.asked import Asked
from yizhan.workflow.processes.conditions import condition_problems
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    FlowDefinition,
    StateDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.details import action_problems, ask_problems, limit_problems, outcome_problems
from yizhan.workflow.processes.graph import START
from yizhan.workflow.processes.meanwhile import event_problems
from yizhan.workflow.processes.naming import Drawn, name_problems
from yizhan.workflow.processes.parallels import composite_problems
from yizhan.workflow.processes.places import places
from yizhan.workflow.processes.ways import way_problems
from yizhan.workflow.references import Kind


def problems(
    definition: FlowDefinition,
    tables: Mapping[str, Asked],
    names: Mapping[Kind, Collection[str]],
    flows: Mapping[str, FlowDefinition] | None = None,
    drawn: Mapping[str, Drawn] | None = None,
) -> list[Problem]:
    """What is wrong with a process.

    Args:
        definition: the process.
        tables: the decision tables that are there, by key.
        names: the roles, forms, templates and works that are there; a kind left out is not checked.
        flows: the processes that are there, by key.
        drawn: those in BPMN.
    """
    return [
        *_states(definition),
        *way_problems(definition),
        *name_problems(definition, tables, flows or {}, names, drawn or {}),
        *condition_problems(definition, tables),
    ]


def _states(definition: FlowDefinition) -> Iterator[Problem]:
    found = places(definition)
    keys = {place.key for place in found}
    for name in definition.facts:
        yield from reserved(f"facts.{name}", name)
        if name in keys:
            yield Problem(f"facts.{name}", _("%(name)s 已是环节的名称") % {"name": name})
    seen: set[str] = set()
    for place in found:
        yield from reserved(place.path, place.key)
        if place.key == START:
            yield Problem(place.path, _("%(name)s 是保留的环节名，请换一个") % {"name": START})
        if place.key in seen:
            message = _("%(name)s 已是另一环节的名称；同一流程各层环节的名称不能相同")
            yield Problem(place.path, message % {"name": place.key})
        seen.add(place.key)
        yield from _state(place.path, place.state)
        yield from composite_problems(place.path, place.state)
        if not isinstance(place.state, DecisionDefinition | EndDefinition):
            yield from event_problems(place.path, place.state)


def _state(path: str, state: StateDefinition) -> Iterator[Problem]:
    if isinstance(state, TaskDefinition | WaitDefinition) and state.limit:
        yield from limit_problems(f"{path}.limit", state.limit)
    if isinstance(state, TaskDefinition):
        yield from _task(path, state)
    elif isinstance(state, WaitDefinition):
        yield from _wait(path, state)
    elif isinstance(state, AutomaticDefinition):
        yield from _automatic(path, state)
    elif isinstance(state, DecisionDefinition) and state.otherwise is None:
        message = _("缺少 otherwise：条件都不成立、或决策表没有结论时去哪里")
        yield Problem(path, message, _("通常转给人工环节"))


def _task(path: str, state: TaskDefinition) -> Iterator[Problem]:
    for name, action in state.actions.items():
        yield from action_problems(f"{path}.actions.{name}", action)
    if sum(action.kind == "supplement" for action in state.actions.values()) > 1:
        yield Problem(f"{path}.actions", _("一个环节只能有一项补正操作"))


def _wait(path: str, state: WaitDefinition) -> Iterator[Problem]:
    for name, answer in state.answers.items():
        yield from ask_problems(f"{path}.answers.{name}", answer.asks)
        yield from outcome_problems(f"{path}.answers.{name}", answer)
    if not (state.answers or state.on or (state.limit and state.limit.on_expiry)):
        yield Problem(path, _("没有答复（answers），也没有期限或事件，办件会一直停在这里"))


def _automatic(path: str, state: AutomaticDefinition) -> Iterator[Problem]:
    yield from outcome_problems(path, state)
    if state.with_ and state.does is None:
        yield Problem(f"{path}.with", _("没有 does，with 无处可用"))
    if (state.waits or state.gives) and state.does is None:
        yield Problem(path, _("没有 does，无从等待结果（waits、gives）"))
    if state.gives and not state.waits:
        yield Problem(f"{path}.gives", _("要用到结果，须等待其完成"), "waits: true")
