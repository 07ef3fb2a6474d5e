"""Checking a process before a case depends on it 检查: all faults at once, each at its element."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from yizhan import feel
from yizhan.releases.faults import did_you_mean
from yizhan.workflow.bpmn.compiling import translated
from yizhan.workflow.bpmn.deciding import decided_twice
from yizhan.workflow.bpmn.draft import Library
from yizhan.workflow.bpmn.findings import Findings
from yizhan.workflow.bpmn.letters import letters
from yizhan.workflow.bpmn.model import Model, Process, own
from yizhan.workflow.bpmn.notes import EachNote, RuleTaskNote, SeveralNote
from yizhan.workflow.bpmn.noting import note
from yizhan.workflow.bpmn.soundness import MOST_STATES, unsound
from yizhan.workflow.markup import Element
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.details import ask_problems
from yizhan.workflow.references import Kind

_RULES = {n.UnitRule.ITEM_UNIT, n.UnitRule.AREA_SUBDISTRICT}
_WORDS: dict[Kind, tuple[str, str]] = {
    "role": ("没有角色 {}", "there is no role {}"),
    "unit": ("本区没有单位 {}", "the district has no unit {}"),
    "form": ("没有表单 {}", "there is no form {}"),
    "template": ("没有通知或文书模板 {}", "there is no template {}"),
    "work": ("没有自动办理事项 {}", "there is no work {}"),
}


@dataclass(frozen=True)
class Names:
    """What a process may name; a kind left out is not checked, nor tables where ``tables`` is none."""

    house: Mapping[Kind, Collection[str]]
    tables: Collection[str] | None = None


def problems(
    model: Model, process: Process, library: Library, names: Names, most_states: int = MOST_STATES
) -> Findings:
    """What is wrong with a process.

    Args:
        model: the file.
        process: one of its processes.
        library: the tables and processes that are there.
        names: the roles, forms, templates, works and tables that are there.
        most_states: how many situations are tried, to see whether it comes to its end.
    """
    found = translated(model, process, library)
    findings = found.findings
    _tables(process, names, findings)
    for key, element in found.origins.items():
        node = found.graph.nodes[key]
        _named(node, element, names, findings)
        _distinct(found.graph, node, element, findings)
        _asks(node, element, findings)
    for key, sends in letters(found.graph):
        if key not in found.origins:
            continue  # a called process, told with its own file
        for one in sends:
            _name("template", one.template, found.origins[key], names, findings)
            if one.is_to_role:
                _name("role", one.to, found.origins[key], names, findings)
            if one.unit is not None and one.unit not in _RULES:
                _name("unit", one.unit, found.origins[key], names, findings)
    _expressions(found.graph, found.origins, findings)
    for key, said in decided_twice(found.graph):
        findings.tell(found.origins.get(key, process.element), zh=said.zh, en=said.en)
    if not findings.errors:
        for trouble in unsound(found.graph, most_states):
            at = found.origins.get(trouble.node, found.origins.get(trouble.node.partition("/")[0]))
            weight: Literal["error", "warning"] = "error" if trouble.complete else "warning"
            words = trouble.words
            findings.tell(at if at is not None else process.element, zh=words.zh, en=words.en, weight=weight)
    return findings


def _tables(process: Process, names: Names, findings: Findings) -> None:
    if names.tables is None:
        return
    for part, _space in process.space.all_parts():
        wanted = [note(part.element, RuleTaskNote, findings).table] if part.kind == "businessRuleTask" else []
        loop = own(part.element, "multiInstanceLoopCharacteristics")
        if loop is not None:
            wanted.append((note(loop, SeveralNote, findings).each or EachNote()).table)
        for key in wanted:
            if key is not None and key not in names.tables:
                near = did_you_mean(key, names.tables)
                findings.tell(
                    part, zh=f"没有决策表 {key}", en=f"there is no decision table {key}", suggestion=near
                )


def _named(node: n.AnyNode, element: Element, names: Names, findings: Findings) -> None:
    if isinstance(node, n.Task):
        if node.role:
            _name("role", node.role, element, names, findings)
        if node.form:
            _name("form", node.form, element, names, findings)
        if node.unit.rule is n.UnitRule.CODE:
            _name("unit", node.unit.code, element, names, findings)
    elif isinstance(node, n.Automatic) and node.does:
        _name("work", node.does, element, names, findings)


def _name(kind: Kind, name: str, element: Element, names: Names, findings: Findings) -> None:
    known = names.house.get(kind)
    if known is not None and name not in known:
        zh, en = _WORDS[kind]
        near = did_you_mean(name, known)
        # Units are founded in the district, apart from packs and perhaps after them.
        if kind == "unit":
            findings.tell(element, zh=zh.format(name), en=en.format(name), suggestion=near, weight="warning")
        else:
            findings.tell(element, zh=zh.format(name), en=en.format(name), suggestion=near)


def _distinct(graph: g.Graph, node: n.AnyNode, element: Element, findings: Findings) -> None:
    for name in node.distinct_from if isinstance(node, n.Task) else ():
        if name == node.key:
            findings.tell(element, zh="环节不能与自己职责分离", en="a task cannot be distinct from itself")
        elif not isinstance(graph.nodes.get(name), n.Task):
            findings.tell(element, zh=f"没有人工任务 {name}", en=f"there is no user task {name}")


def _asks(node: n.AnyNode, element: Element, findings: Findings) -> None:
    """What is entered with an action or an answer; told in the language of the page, as in the simple notation."""
    asked = [action.asks for action in node.actions.values()] if isinstance(node, n.Task) else []
    asked += list(node.answers.values()) if isinstance(node, n.Wait) else []
    for asks in asked:
        for one in ask_problems("yz:ask", list(asks)):
            words = f"{one.path}: {one.message}"
            findings.tell(element, zh=words, en=words, suggestion=one.suggestion)


def _expressions(graph: g.Graph, origins: Mapping[str, Element], findings: Findings) -> None:
    """Expressions ask for facts, for what steps leave behind, and for what stands around them."""
    for name in graph.facts:
        if name in graph.remembered:
            at = origins.get(name, Element("", "", {"id": name}, 1))
            findings.tell(
                at,
                zh=f"{name} 已是事实的名称",
                en=f"{name} is the name of a fact",
            )
    for key, element in origins.items():
        if element.name == "businessRuleTask" and getattr(graph.nodes[key], "table", None) is None:
            continue  # the missing table is told, and its results cannot be known
        body = graph.nodes.get(_owner(graph, key))
        given = body.given if isinstance(body, n.Body) else {}
        left = {
            name: graph.remembered[node] for name, node in graph.callable_names(_owner(graph, key)).items()
        }
        for expression, inside, more in expressions(graph, key):
            known = {*graph.facts, *left, *given, *_ones(graph, key, inside=inside), *more}
            for name in sorted(expression.names - known):
                near = did_you_mean(name, known)
                findings.tell(
                    element,
                    zh=f"没有名为 {name} 的事实或环节",
                    en=f"there is no fact or step named {name}",
                    suggestion=near,
                )
            if endless := feel.endless(expression):
                findings.tell(element, zh=endless.zh, en=endless.en)
            for path in sorted(expression.paths):
                step, _dot, rest = path.partition(".")
                asked = rest.partition(".")[0]
                if step in left and asked and asked not in left[step] and step not in graph.facts:
                    near = did_you_mean(asked, left[step])
                    findings.tell(
                        element,
                        zh=f"环节 {step} 没有留下 {asked}",
                        en=f"the step {step} leaves no {asked}",
                        suggestion=near,
                    )


def expressions(graph: g.Graph, key: str) -> Iterator[tuple[feel.Expression, bool, Collection[str]]]:
    """The expressions of a node and its arrows; whether each is asked for one of several; names it sees besides."""
    node = graph.nodes[key]
    outputs: Collection[str] = ()
    if isinstance(node, n.Decide) and node.table is not None:
        outputs = list(node.table.outputs)
    found: list[tuple[feel.Expression | None, bool, Collection[str]]] = [
        (arrow.condition, False, outputs) for arrow in graph.arrows_from(key)
    ]
    found += [(one.delay.moment, False, ()) for one in graph.boundaries(key).values() if one.delay]
    if isinstance(node, n.Task):
        found.append((node.unit.expression, True, ()))
        found += [(action.when, True, ()) for action in node.actions.values()]
    elif isinstance(node, n.Automatic):
        found += [(value, True, ()) for value in node.arguments.values()]
    elif isinstance(node, n.Body):
        found += [(value, True, ()) for value in node.given.values()]
    each = graph.each(key)
    if each is not None:
        found += [(one, False, ()) for one in (each.of, each.times, each.policy.needed, each.policy.lead)]
        found.append((each.policy.complete, False, COUNTED))
    return ((one, inside, more) for one, inside, more in found if one is not None)


COUNTED = (
    "numberOfInstances", "numberOfCompletedInstances", "numberOfActiveInstances", "numberOfTerminatedInstances",
    "total", "done", "agreed", "refused",
)  # fmt: skip
"""What a completion condition sees of several."""


def _owner(graph: g.Graph, key: str) -> str:
    """The called process that a node belongs to; empty for the process itself."""
    owner = graph.nodes[key].within
    while owner and not (isinstance(body := graph.nodes[owner], n.Body) and body.own):
        owner = body.within
    return owner


def _ones(graph: g.Graph, key: str, *, inside: bool) -> Iterator[str]:
    """What one of several is called, for each around a node."""
    here = key if inside else graph.nodes[key].within
    while here:
        each = graph.each(here)
        if each is not None:
            yield each.name
        here = graph.nodes[here].within
