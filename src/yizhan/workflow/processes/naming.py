"""Checking what a process names 引用检查: tables, processes, roles, forms, templates, works, other states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from yizhan.workflow.facts import TITLES, FactType
from yizhan.workflow.problems import Problem, unknown
from yizhan.workflow.processes.asked import Asked, gives, needs
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    FlowDefinition,
    JointDefinition,
    JointTaskDefinition,
    StateDefinition,
    SubflowDefinition,
    TaskDefinition,
)
from yizhan.workflow.processes.letters import letters_of
from yizhan.workflow.processes.nodes import UnitRule
from yizhan.workflow.processes.places import places
from yizhan.workflow.processes.remembering import remembered
from yizhan.workflow.references import Kind

_RULES = {rule.value for rule in UnitRule}
Named = tuple[str, Kind, str]
"""Path in the definition, kind of name, the name."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A process in BPMN that the written one may call: its facts, none where it cannot be executed; what it calls."""

    facts: Mapping[str, FactType] | None
    calls: Collection[str] = ()


def name_problems(
    definition: FlowDefinition,
    tables: Mapping[str, Asked],
    flows: Mapping[str, FlowDefinition],
    names: Mapping[Kind, Collection[str]],
    drawn: Mapping[str, Drawn],
) -> Iterator[Problem]:
    """What the process names and is not there."""
    messages: dict[Kind, str] = {
        "role": _("没有角色 %(name)s"),
        "unit": _("本区没有单位 %(name)s"),
        "form": _("没有表单 %(name)s"),
        "template": _("没有通知或文书模板 %(name)s"),
        "work": _("没有自动办理事项 %(name)s"),
    }
    for place in places(definition):
        for path, kind, name in _named(place.path, place.state):
            if kind in names and name not in names[kind]:
                found = unknown(path, messages[kind], name, names[kind])
                # Units are founded in the district, apart from packs and perhaps after them.
                yield replace(found, weight="warning") if kind == "unit" else found
        state = place.state
        if isinstance(state, TaskDefinition):
            yield from _distinct(f"{place.path}.distinct_from", place.key, state.distinct_from, definition)
        elif isinstance(state, JointDefinition):
            if state.task is not None:
                path = f"{place.path}.task.distinct_from"
                yield from _distinct(path, place.key, state.task.distinct_from, definition)
            if state.departments.table is not None:
                who = state.departments
                yield from _table(f"{place.path}.departments", who.table, definition, tables, who.output)
        elif isinstance(state, DecisionDefinition) and state.table is not None:
            yield from _table(place.path, state.table, definition, tables)
        elif isinstance(state, SubflowDefinition) and state.calls is not None:
            yield from _called(f"{place.path}.calls", state.calls, definition, flows, drawn)


def _named(path: str, state: StateDefinition) -> Iterator[Named]:
    if isinstance(state, TaskDefinition):
        yield from _work(path, state)
    elif isinstance(state, JointDefinition) and state.task is not None:
        yield from _work(f"{path}.task", state.task)
    elif isinstance(state, AutomaticDefinition) and state.does:
        yield f"{path}.does", "work", state.does
    for place, send in letters_of(path, state):
        yield f"{place}.template", "template", send.template
        if send.is_to_role:
            yield f"{place}.to", "role", send.to
        if send.unit is not None and send.unit not in _RULES:
            yield f"{place}.unit", "unit", send.unit


def _work(path: str, work: TaskDefinition | JointTaskDefinition) -> Iterator[Named]:
    yield f"{path}.role", "role", work.role
    if work.unit not in _RULES and not work.unit.startswith("="):
        yield f"{path}.unit", "unit", work.unit
    if work.form:
        yield f"{path}.form", "form", work.form


def _distinct(path: str, key: str, wanted: list[str], definition: FlowDefinition) -> Iterator[Problem]:
    tasks = {
        place.key
        for place in places(definition)
        if isinstance(place.state, TaskDefinition)
        or (isinstance(place.state, JointDefinition) and place.state.task is not None)
    }
    for number, name in enumerate(wanted):
        if name == key:
            yield Problem(f"{path}[{number}]", _("环节不能与自己职责分离"))
        elif name not in tasks:
            yield unknown(f"{path}[{number}]", _("没有人工环节 %(name)s"), name, tasks - {key})


def _called(
    path: str,
    key: str,
    definition: FlowDefinition,
    flows: Mapping[str, FlowDefinition],
    drawn: Mapping[str, Drawn],
) -> Iterator[Problem]:
    """The process is there, in either notation, and does not call back."""
    if key not in flows and key not in drawn:
        missing = _("没有流程 %(name)s（processes/ 里的 .flow.yaml 或 .bpmn）")
        yield unknown(path, missing, key, [*flows, *drawn])
    elif definition.key in (drawn[key].calls if key in drawn else calls(key, flows, drawn)):
        yield Problem(path, _("流程 %(name)s 又会调用本流程，没有尽头") % {"name": key})
    elif key in drawn and drawn[key].facts is None:
        yield Problem(path, _("BPMN 流程 %(name)s 有错误，不能调用；请先改好它") % {"name": key})
    else:
        facts = flows[key].facts if key in flows else drawn[key].facts or {}
        for name, type_ in facts.items():
            known = definition.facts.get(name)
            if known is not None and known != type_ and "any" not in {known, type_}:
                words = {"flow": key, "name": name, "here": str(TITLES[known]), "there": str(TITLES[type_])}
                message = _("事实 %(name)s 在流程中是%(here)s，在子流程 %(flow)s 中是%(there)s")
                yield Problem(path, message % words)


def calls(
    key: str, flows: Mapping[str, FlowDefinition], drawn: Mapping[str, Drawn] = MappingProxyType({})
) -> set[str]:
    """A process and all that it calls, directly or not."""

    def next_to(here: str) -> Collection[str]:
        return [
            *(called_by(flows[here]) if here in flows else ()),
            *(drawn[here].calls if here in drawn else ()),
        ]

    return reached(key, next_to)


def called_by(flow: FlowDefinition) -> list[str]:
    """The processes that a flow names itself."""
    inside = (place.state for place in places(flow))
    return [state.calls for state in inside if isinstance(state, SubflowDefinition) and state.calls]


def reached(key: str, next_to: Callable[[str], Collection[str]]) -> set[str]:
    """A process and all that can be come to from it; circles too come to an end."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += next_to(here)
    return found


def _table(
    place: str,
    key: str | None,
    definition: FlowDefinition,
    tables: Mapping[str, Asked],
    output: str | None = None,
) -> Iterator[Problem]:
    """The table is there, gives what is wanted, and means the same by a fact's name as the process does."""
    path = f"{place}.table"
    table = tables.get(key or "")
    if table is None or key is None:
        yield unknown(path, _("没有决策表 %(name)s"), key or "", tables)
        return
    given = list(gives(table))
    if output is not None and output not in given:
        yield unknown(f"{place}.output", _("决策表没有结果列 %(name)s"), output, given)
    left = remembered(definition, tables)
    for name, type_ in needs(table).items():
        known = definition.facts.get(name)
        if name in left and type_ not in {"context", "any"}:
            words = {"table": key, "name": name}
            yield Problem(path, _("决策表 %(table)s 的事实 %(name)s 与环节同名") % words)
        if known is not None and known != type_ and "any" not in {known, type_}:
            words = {"table": key, "name": name, "here": str(TITLES[known]), "there": str(TITLES[type_])}
            message = _("事实 %(name)s 在流程中是%(here)s，在决策表 %(table)s 中是%(there)s")
            yield Problem(f"facts.{name}", message % words)
