"""Checking what a process names 引用检查: tables, roles, forms, templates, works, other states."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from yizhan.workflow.facts import TITLES
from yizhan.workflow.problems import Problem, unknown
from yizhan.workflow.processes.compiling import remembered
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    FlowDefinition,
    Send,
    StateDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.graph import UnitRule
from yizhan.workflow.references import Kind
from yizhan.workflow.tables.definition import TableDefinition

_RULES = {rule.value for rule in UnitRule}
Named = tuple[str, Kind, str]
"""Path in the definition, kind of name, the name."""


def name_problems(
    definition: FlowDefinition,
    tables: Mapping[str, TableDefinition],
    names: Mapping[Kind, Collection[str]],
) -> Iterator[Problem]:
    """What the process names and is not there."""
    messages: dict[Kind, str] = {
        "role": _("没有角色 %(name)s"),
        "unit": _("本区没有单位 %(name)s"),
        "form": _("没有表单 %(name)s"),
        "template": _("没有通知或文书模板 %(name)s"),
        "work": _("没有自动办理事项 %(name)s"),
    }
    for key, state in definition.states.items():
        for path, kind, name in _named(f"states.{key}", state):
            if kind in names and name not in names[kind]:
                found = unknown(path, messages[kind], name, names[kind])
                # Units are founded in the district, apart from packs and perhaps after them.
                yield replace(found, weight="warning") if kind == "unit" else found
        if isinstance(state, TaskDefinition):
            yield from _distinct(f"states.{key}.distinct_from", key, state, definition)
        if isinstance(state, DecisionDefinition) and state.table is not None:
            yield from _table(f"states.{key}.table", state.table, definition, tables)


def _named(path: str, state: StateDefinition) -> Iterator[Named]:
    if isinstance(state, TaskDefinition):
        yield f"{path}.role", "role", state.role
        if state.unit not in _RULES and not state.unit.startswith("="):
            yield f"{path}.unit", "unit", state.unit
        if state.form:
            yield f"{path}.form", "form", state.form
        for name, action in state.actions.items():
            yield from _sent(f"{path}.actions.{name}", action.sends)
    elif isinstance(state, WaitDefinition):
        for name, answer in state.answers.items():
            yield from _sent(f"{path}.answers.{name}", answer.sends)
    elif isinstance(state, AutomaticDefinition) and state.does:
        yield f"{path}.does", "work", state.does
    if isinstance(state, TaskDefinition | WaitDefinition) and state.limit and state.limit.on_expiry:
        yield from _sent(f"{path}.limit.on_expiry", state.limit.on_expiry.sends)
    if not isinstance(state, TaskDefinition | DecisionDefinition):
        yield from _sent(path, state.sends)


def _sent(path: str, sends: list[Send]) -> Iterator[Named]:
    for number, send in enumerate(sends):
        yield f"{path}.sends[{number}].template", "template", send.template
        if "." in send.to:
            yield f"{path}.sends[{number}].to", "role", send.to


def _distinct(path: str, key: str, state: TaskDefinition, definition: FlowDefinition) -> Iterator[Problem]:
    tasks = {name for name, other in definition.states.items() if isinstance(other, TaskDefinition)}
    for number, name in enumerate(state.distinct_from):
        if name == key:
            yield Problem(f"{path}[{number}]", _("环节不能与自己职责分离"))
        elif name not in tasks:
            yield unknown(f"{path}[{number}]", _("没有人工环节 %(name)s"), name, tasks - {key})


def _table(
    path: str, key: str, definition: FlowDefinition, tables: Mapping[str, TableDefinition]
) -> Iterator[Problem]:
    """The table is there, and means the same by a fact's name as the process does."""
    table = tables.get(key)
    if table is None:
        yield unknown(path, _("没有决策表 %(name)s"), key, tables)
        return
    left = remembered(definition, tables)
    for name, type_ in table.all_facts.items():
        known = definition.facts.get(name)
        if name in left and type_ not in {"context", "any"}:
            words = {"table": key, "name": name}
            yield Problem(path, _("决策表 %(table)s 的事实 %(name)s 与环节同名") % words)
        if known is not None and known != type_ and "any" not in {known, type_}:
            words = {"table": key, "name": name, "here": str(TITLES[known]), "there": str(TITLES[type_])}
            message = _("事实 %(name)s 在流程中是%(here)s，在决策表 %(table)s 中是%(there)s")
            yield Problem(f"facts.{name}", message % words)
