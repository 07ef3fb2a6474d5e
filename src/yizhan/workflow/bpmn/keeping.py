"""BPMN files of a pack 应用包里的 BPMN 文件: read and checked with all else that the pack has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yizhan import feel
from yizhan.releases.faults import Fault, Weight
from yizhan.releases.pack import Pack, Source
from yizhan.workflow import references
from yizhan.workflow.bpmn.checking import Names, problems
from yizhan.workflow.bpmn.compiling import NotExecutable, translated
from yizhan.workflow.bpmn.findings import Finding
from yizhan.workflow.bpmn.model import BpmnFault
from yizhan.workflow.bpmn.shelf import Shelf
from yizhan.workflow.dmn import decisions_of
from yizhan.workflow.drawing import can_be_drawn
from yizhan.workflow.markup import Element
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.naming import Drawn as Callable
from yizhan.workflow.tables.decision import Askable
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table
from yizhan.workflow.words import Words

KIND = "bpmn"


def shelf_of(pack: Pack) -> Shelf:
    """The tables and processes of a pack that can be compiled; what is wrong with the others is told with them."""
    flows = {key: o.model for key, o in pack.of("process").items() if isinstance(o.model, FlowDefinition)}
    files = {key: source.raw for key, source in pack.of(KIND).items()}
    return Shelf(_tables(pack), flows, files)


@dataclass(frozen=True)
class Drawn:
    """A process of a BPMN file that can be executed.

    Attributes:
        origins: the element each node comes from.
    """

    source: Source
    graph: Graph
    origins: Mapping[str, Element]

    def fault(self, node: str, message: str, suggestion: str = "") -> Fault:
        """A fault at a node; at the file, where the node is another process's."""
        element = self.origins.get(node)
        line = element.line if element is not None else None
        return Fault(self.source.file, node, message, suggestion, line=line)


def drawn(pack: Pack, key: str) -> Drawn | None:
    """A process of a BPMN file; none if there is no such one, or it has faults, which are told with its file."""
    shelf = shelf_of(pack) if pack.of(KIND) else Shelf({}, {}, {})
    for name, model in shelf.models.items():
        process = model.process(key)
        if process is not None and key not in shelf.flows:
            shelf.within(key)
            found = translated(model, process, shelf.library)
            if not found.findings.errors:
                return Drawn(pack.of(KIND)[name], found.graph, found.origins)
    return None


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """All faults of a BPMN file among the tables, roles, forms, templates and processes of its pack."""
    shelf = shelf_of(pack)
    if source.key in shelf.unread:
        yield _unread(source, shelf.unread[source.key])
        return
    model = shelf.models[source.key]
    for fault in model.faults:
        yield _unread(source, fault)
    if model.faults:
        return
    yield from _keys(source, shelf, pack)
    names = Names(references.house.of(pack), pack.keys("table"))
    for process in model.processes:
        shelf.within(process.key)
        for finding in problems(model, process, shelf.library, names):
            yield _fault(source, finding)
    yield from drawable(source, pack)


def processes(pack: Pack) -> set[str]:
    """The keys of all processes of a pack that items can name, those of files that cannot be read among them."""
    shelf = Shelf({}, {}, {key: source.raw for key, source in pack.of(KIND).items()})
    found = {one.key for model in shelf.models.values() for one in model.processes}
    return pack.keys("process") | found | set(shelf.unread) | pack.broken.get(KIND, set())


def drawable(source: Source, pack: Pack) -> Iterator[Fault]:
    """That a process in order has too many ways for a picture; for either notation."""
    try:
        graph = shelf_of(pack).graph(source.key)
    except (KeyError, NotExecutable, feel.SyntaxFault):
        return
    if not can_be_drawn(graph):
        words = Words(
            zh="走向太多，画成图也看不清：指南和办件页只列文字",
            en="there are too many ways for a picture: guides and pages of cases show words only",
        )
        advice = Words(zh="请拆成几个子流程", en="split it into sub-flows")
        yield Fault(source.file, "", str(words), str(advice), Weight.WARNING)


def callable_by(key: str, pack: Pack) -> dict[str, Callable]:
    """The processes in BPMN that a written process of the pack may call; of files that cannot be read their keys."""
    if not pack.keys(KIND):
        return {}
    shelf = shelf_of(pack)
    found: dict[str, Callable] = {one: Callable(None) for one in pack.keys(KIND)}
    for model in shelf.models.values():
        for process in model.processes:
            shelf.within(key)
            graph = shelf.called(process.key)
            found[process.key] = Callable(graph.facts if graph else None, shelf.calls(process.key))
    return found


def _tables(pack: Pack) -> dict[str, Askable]:
    models = {key: source.raw for key, source in pack.of("model").items()}
    found: dict[str, Askable] = {**decisions_of(models)}
    for key, source in pack.of("table").items():
        if isinstance(source.model, TableDefinition):
            try:
                found[key] = Table(source.model)
            except Exception:  # noqa: S112 (what is wrong with a table is told at the table)
                continue
    return found


def _keys(source: Source, shelf: Shelf, pack: Pack) -> Iterator[Fault]:
    """A process bears the name of its file, as one in the simple notation; others of the file their own."""
    own = shelf.models[source.key].processes
    if source.key not in {one.key for one in own}:
        words = Words(
            zh=f"须有一个流程的 id（或 yz:key）与文件同名（{source.key}）",
            en=f"one process must have the file's name ({source.key}) as its id or yz:key",
        )
        yield Fault(source.file, "process", str(words), line=own[0].element.line)
    taken = set(pack.keys("process"))
    others = (model for other, model in shelf.models.items() if other != source.key)
    taken |= {one.key for model in others for one in model.processes}
    for one in own:
        if one.key in taken:
            words = Words(zh=f"流程 {one.key} 在应用包里出现两次", en=f"the pack has two processes {one.key}")
            yield Fault(source.file, one.id, str(words), line=one.element.line)


def _unread(source: Source, fault: BpmnFault) -> Fault:
    return Fault(
        source.file, fault.place.id, str(Words(zh=fault.matter_zh, en=fault.matter)), line=fault.place.line
    )


def _fault(source: Source, finding: Finding) -> Fault:
    path = f"{finding.id} “{finding.name}”" if finding.name else finding.id
    weight = Weight(finding.weight)
    return Fault(source.file, path, str(finding.words), finding.suggestion, weight, finding.place.line)
