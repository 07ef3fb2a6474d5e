"""From BPMN to the graph 编译: the same graph that the simple notation gives, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from yizhan.workflow.bpmn.draft import Circle, Draft, Here, Library
from yizhan.workflow.bpmn.findings import Findings
from yizhan.workflow.bpmn.making import MAKERS, unknown
from yizhan.workflow.bpmn.model import Model, Part, Process, Space, attribute, local
from yizhan.workflow.bpmn.notes import FlowNote, MessageNote, Note, ProcessNote
from yizhan.workflow.bpmn.noting import known, note
from yizhan.workflow.bpmn.supporting import refused
from yizhan.workflow.bpmn.vocabulary import OURS
from yizhan.workflow.bpmn.working import belongs
from yizhan.workflow.markup import Element
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.asked import gives
from yizhan.workflow.processes.parts import Phase
from yizhan.workflow.processes.remembering import BODY, SEVERAL, asked
from yizhan.workflow.processes.splicing import BETWEEN, spliced

FIRST_PHASE: Phase = "review"
"""The phase of elements that name none, nor anything around them."""


class NotExecutable(Exception):
    """A process cannot be executed; ``findings`` say why."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        super().__init__("\n".join(one.told("en") for one in findings.errors))


@dataclass(frozen=True)
class Translation:
    """A process as a graph, with all that was found on the way.

    Attributes:
        graph: to be executed only where no finding is an error.
        origins: the element of the file that each node comes from; none for those of called processes.
    """

    graph: g.Graph
    findings: Findings
    origins: Mapping[str, Element]


def compile(model: Model, process: Process, library: Library | None = None) -> g.Graph:
    """The graph of a process.

    Raises:
        NotExecutable: something in it is not executed, or is wrong.
    """
    found = translated(model, process, library or Library())
    if found.findings.errors:
        raise NotExecutable(found.findings)
    return found.graph


def translated(model: Model, process: Process, library: Library) -> Translation:
    """The graph of a process, and what is wrong; what is not executed has a place in it too."""
    draft = Draft(model, process, library)
    for fault in model.faults:
        draft.findings.tell(
            Element("", "", {"id": fault.place.id}, fault.place.line), zh=fault.matter_zh, en=fault.matter
        )
    refused(process, draft.findings)
    said = note(process.element, ProcessNote, draft.findings)
    draft.facts |= {fact.name: fact.type for fact in said.facts}
    for part, _space in process.space.all_parts():
        draft.keys[part.id] = part.key
    for part, space in process.space.all_parts():
        _absorb(draft, part, space)
    _translate(draft, Here(process.space, "", said.phase or FIRST_PHASE))
    _flows_noted(draft, process.space)
    remembered = _remembered(draft)
    graph = g.Graph(
        key=process.key,
        title=process.title,
        nodes=MappingProxyType(draft.nodes),
        arrows=tuple(arrow for arrow in draft.arrows if arrow.target in draft.nodes),
        facts=MappingProxyType(draft.facts),
        remembered=MappingProxyType(remembered),
        withdrawal=said.withdrawal,
        names=MappingProxyType({key: name for key, name in draft.names.items() if key in remembered}),
    )
    return Translation(graph, draft.findings, draft.origins)


def _absorb(draft: Draft, part: Part, space: Space) -> None:
    """A gateway that only says where the task before it leads has no node of its own."""
    into = space.into(part.id)
    if belongs(part) and len(into) == 1:
        draft.keys[part.id] = draft.keys.get(into[0].source, part.key)


def _translate(draft: Draft, here: Here) -> None:
    for part in here.space.parts.values():
        MAKERS.get(part.kind, unknown)(draft, here, part)
        if part.kind == "callActivity":
            _call(draft, part)
        elif part.kind == "subProcess" and part.space is not None:
            said: Note = known(part.element, draft.findings)
            _translate(draft, Here(part.space, part.key, said.phase or here.phase))
            _name(draft, part)


def _name(draft: Draft, part: Part) -> None:
    """Nodes of a called process are called by their own names in its conditions."""
    for key in draft.nodes:
        prefix = part.key + BETWEEN
        if attribute(part.element, "own") in {"true", "1"} and key.startswith(prefix):
            draft.names.setdefault(key, key.removeprefix(prefix))


def _call(draft: Draft, part: Part) -> None:
    key = local(part.element.get("calledElement"))
    if not key:
        draft.findings.tell(
            part,
            zh="没有写明调用哪个流程（calledElement）",
            en="it does not say what it calls (calledElement)",
        )
        return
    try:
        called = draft.library.called(key)
    except Circle:
        draft.findings.tell(
            part, zh=f"流程 {key} 又会调用本流程，没有尽头", en=f"the process {key} calls this one again"
        )
        return
    if called is None:
        draft.findings.tell(
            part, zh=f"没有流程 {key}，或它不能执行", en=f"there is no process {key} that can be executed"
        )
        return
    found = spliced(called, part.key)
    draft.nodes |= found.nodes
    draft.arrows += found.arrows
    draft.remembered |= found.remembered
    draft.names |= found.names
    draft.facts = {**called.facts, **draft.facts}


def _remembered(draft: Draft) -> dict[str, Mapping[str, g.Remembered]]:
    """What each node leaves behind; what works give back, and called processes, is known already."""
    found: dict[str, Mapping[str, g.Remembered]] = {}
    for key, node in draft.nodes.items():
        left = draft.remembered.get(key) if key not in draft.origins else _left_by(node, draft)
        if left:
            found[key] = MappingProxyType(dict(left))
    return found


def _left_by(node: n.AnyNode, draft: Draft) -> Mapping[str, g.Remembered]:
    if isinstance(node, n.Activity) and node.each is not None:
        return SEVERAL
    if isinstance(node, n.Task):
        return asked((ask for action in node.actions.values() for ask in action.asks), "action")
    if isinstance(node, n.Wait):
        return asked((ask for asks in node.answers.values() for ask in asks), "answer")
    if isinstance(node, n.Decide):
        return {"verdict": g.Remembered("string"), **(gives(node.table) if node.table else {})}
    if isinstance(node, n.Body):
        return BODY
    return draft.remembered.get(node.key, {})


def _flows_noted(draft: Draft, space: Space) -> None:
    """Notes at flows and messages that no arrow has read are checked too."""
    for part, around in space.all_parts():
        for flow in around.out_of(part.id):
            note(flow.element, FlowNote, draft.findings)
        if any(name[0] == OURS for name in part.element.qualified) or part.element.children:
            known(part.element, draft.findings)
    for element in draft.model.by_id.values():
        if element.name == "message":
            note(element, MessageNote, draft.findings)
