"""Checking a process before a case depends on it: all faults at once, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan.workflow.problems import Problem, reserved
from yizhan.workflow.processes.conditions import condition_problems
from yizhan.workflow.processes.definition import (
    ActionDefinition,
    AnswerDefinition,
    Ask,
    AutomaticDefinition,
    DecisionDefinition,
    Expiry,
    FlowDefinition,
    LimitDefinition,
    StateDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.graph import START
from yizhan.workflow.processes.naming import name_problems
from yizhan.workflow.processes.ways import way_problems
from yizhan.workflow.references import Kind
from yizhan.workflow.tables.definition import TableDefinition

_KEPT = {"action", "answer", "verdict"}


def problems(
    definition: FlowDefinition,
    tables: Mapping[str, TableDefinition],
    names: Mapping[Kind, Collection[str]],
) -> list[Problem]:
    """What is wrong with a process.

    Args:
        definition: the process.
        tables: the decision tables that are there, by key.
        names: the roles, forms, templates and works that are there; a kind left out is not checked.
    """
    return [
        *_states(definition),
        *way_problems(definition),
        *name_problems(definition, tables, names),
        *condition_problems(definition, tables),
    ]


def _states(definition: FlowDefinition) -> Iterator[Problem]:
    for name in definition.facts:
        yield from reserved(f"facts.{name}", name)
        if name in definition.states:
            yield Problem(f"facts.{name}", _("%(name)s 已是环节的名称") % {"name": name})
    for key, state in definition.states.items():
        path = f"states.{key}"
        yield from reserved(path, key)
        if key == START:
            yield Problem(path, _("%(name)s 是保留的环节名，请换一个") % {"name": START})
        if isinstance(state, TaskDefinition | WaitDefinition) and state.limit:
            yield from _limit(f"{path}.limit", state.limit)
        yield from _state(path, state)


def _state(path: str, state: StateDefinition) -> Iterator[Problem]:
    if isinstance(state, TaskDefinition):
        for name, action in state.actions.items():
            yield from _action(f"{path}.actions.{name}", action)
        if sum(action.kind == "supplement" for action in state.actions.values()) > 1:
            yield Problem(f"{path}.actions", _("一个环节只能有一项补正操作"))
    elif isinstance(state, WaitDefinition):
        for name, answer in state.answers.items():
            yield from _asks(f"{path}.answers.{name}", answer.asks)
            yield from _outcome(f"{path}.answers.{name}", answer)
    elif isinstance(state, AutomaticDefinition):
        yield from _outcome(path, state)
        if state.with_ and state.does is None:
            yield Problem(f"{path}.with", _("没有 does，with 无处可用"))
    elif isinstance(state, DecisionDefinition) and state.otherwise is None:
        message = _("缺少 otherwise：条件都不成立、或决策表没有结论时去哪里")
        yield Problem(path, message, _("通常转给人工环节"))


def _action(path: str, action: ActionDefinition) -> Iterator[Problem]:
    yield from _asks(path, action.asks)
    yield from _outcome(path, action)
    if action.kind == "step":
        if action.to is None:
            yield Problem(path, _("缺少 to：操作之后去哪个环节"))
        return
    for field in ("to", "when", "marks", "outcome"):
        if getattr(action, field) is not None:
            yield Problem(f"{path}.{field}", _("补正是对全案的命令，不能有 %(name)s") % {"name": field})


def _asks(path: str, asks: list[Ask]) -> Iterator[Problem]:
    keys = [ask.key for ask in asks]
    for number, ask in enumerate(asks):
        place = f"{path}.asks[{number}]"
        yield from reserved(f"{place}.key", ask.key)
        if ask.key in keys[:number]:
            yield Problem(f"{place}.key", _("%(name)s 出现两次") % {"name": ask.key})
        if ask.key in _KEPT:
            yield Problem(f"{place}.key", _("%(name)s 是保留名称，请换一个") % {"name": ask.key})
        if (ask.kind == "choice") != bool(ask.choices):
            yield Problem(f"{place}.choices", _("选择题须有选项，其他类型不能有选项"))


def _outcome(
    path: str, way: ActionDefinition | AnswerDefinition | AutomaticDefinition | Expiry
) -> Iterator[Problem]:
    if way.outcome is not None and way.marks != "decided":
        yield Problem(f"{path}.outcome", _("只有作出决定（marks: decided）时才有结果"), "marks: decided")
    if way.outcome is None and way.marks == "decided":
        yield Problem(f"{path}.outcome", _("作出决定时须写明结果（outcome）"))


def _limit(path: str, limit: LimitDefinition) -> Iterator[Problem]:
    amounts = (limit.working_days, limit.natural_days, limit.duty_hours)
    if sum(amount is not None for amount in amounts) != 1:
        message = _("时限须且只须写一种：working_days、natural_days 或 duty_hours")
        yield Problem(path, message)
    if limit.kind == "statutory" and limit.basis is None:
        yield Problem(f"{path}.basis", _("法定时限须写明依据（basis）"))
    if limit.basis is not None and not limit.basis.verified:
        message = _("法律依据待核实：%(law)s") % {"law": limit.basis.law}
        yield Problem(f"{path}.basis", message, weight="warning")
    if limit.on_expiry is not None:
        yield from _outcome(f"{path}.on_expiry", limit.on_expiry)
