"""From XML to a model 读取: every process of a file, and what is wrong with the file as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yizhan.releases.words import Text
from yizhan.workflow import markup
from yizhan.workflow.bpmn.model import (
    Box,
    BpmnFault,
    Flow,
    Model,
    Part,
    Process,
    Space,
    attribute,
    local,
    parts,
    silent,
    title_of,
)
from yizhan.workflow.bpmn.vocabulary import BOUNDS, DIAGRAM, MODEL, TITLES
from yizhan.workflow.markup import Element

_REFERENCES = {
    "sequenceFlow": ("sourceRef", "targetRef"),
    "messageFlow": ("sourceRef", "targetRef"),
    "association": ("sourceRef", "targetRef"),
    "participant": ("processRef",),
    "boundaryEvent": ("attachedToRef",),
    "messageEventDefinition": ("messageRef",),
    "errorEventDefinition": ("errorRef",),
    "sendTask": ("messageRef",),
    "receiveTask": ("messageRef",),
    "dataObjectReference": ("dataObjectRef",),
}
_ANYWHERE = ("default",)
_TEXTS = {"incoming", "outgoing", "flowNodeRef"}

MOST_PARTS = 1000
"""As many elements of a process as are read; nobody could follow more."""
SPARE_FLOWS = 50
"""So many flows more than two for each element."""


def read(data: bytes) -> Model:
    """The model of a ``.bpmn`` file.

    Raises:
        BpmnFault: it is no XML that is accepted, or no BPMN 2.0, or has no process.
    """
    root = markup.parsed(data, BpmnFault)
    if root.name != "definitions" or root.namespace != MODEL:
        raise BpmnFault(
            root.place,
            zh=f"不是 BPMN 2.0 的模型：{root.name[:60]}",
            en=f"no model of BPMN 2.0: {root.name[:60]}",
        )
    everything = list(_all(root))
    by_id: dict[str, Element] = {}
    faults = list(_ids(everything, by_id))
    faults += _dangling(everything, by_id)
    pools = {local(pool.get("processRef")): pool for pool in everything if pool.name == "participant"}
    processes = tuple(_process(child, pools) for child in parts(root) if child.name == "process")
    if not processes:
        raise BpmnFault(root.place, zh="文件里没有流程（process）", en="there is no process in the file")
    for process in processes:
        _followed(process)
    return Model(root, processes, by_id, tuple(sorted(faults, key=_line)), _boxes(root))


def _followed(process: Process) -> None:
    """Refuse a process that nobody could follow, and whose picture nobody could draw."""
    spaces = {id(space): space for _part, space in process.space.all_parts()}
    parts_, flows = sum(1 for _ in process.space.all_parts()), sum(len(one.flows) for one in spaces.values())
    if parts_ > MOST_PARTS:
        raise BpmnFault(
            process.element.place,
            zh=f"流程的元素超过 {MOST_PARTS} 个",
            en=f"a process of more than {MOST_PARTS} elements",
        )
    if flows > 2 * parts_ + SPARE_FLOWS:
        raise BpmnFault(
            process.element.place,
            zh=f"{parts_} 个元素之间有 {flows} 条顺序流，过于繁密",
            en=f"{flows} flows between {parts_} elements are too many",
        )


def _line(fault: BpmnFault) -> int:
    return fault.place.line


def _all(element: Element) -> Iterator[Element]:
    """Every element of BPMN; what others keep in it is theirs."""
    for child in parts(element):
        yield child
        if child.name != "extensionElements":
            yield from _all(child)


def _ids(everything: list[Element], by_id: dict[str, Element]) -> Iterator[BpmnFault]:
    for element in everything:
        id_ = element.get("id")
        if not id_:
            if element.name in TITLES or element.name in {"process", "sequenceFlow"}:
                yield BpmnFault(element.place, zh=f"{element.name} 没有 id", en=f"a {element.name} has no id")
        elif id_ in by_id:
            first = by_id[id_].line
            yield BpmnFault(
                element.place,
                zh=f"id 与第 {first} 行的元素相同",
                en=f"the id is that of the element in line {first}",
            )
        else:
            by_id[id_] = element


def _dangling(everything: list[Element], by_id: Mapping[str, Element]) -> Iterator[BpmnFault]:
    for element in everything:
        named = [(name, element.get(name)) for name in (*_REFERENCES.get(element.name, ()), *_ANYWHERE)]
        if element.name in _TEXTS:
            named.append((element.name, element.text))
        for name, reference in named:
            if reference.strip() and local(reference) not in by_id:
                shown = reference.strip()[:80]
                yield BpmnFault(
                    element.place,
                    zh=f"{name} 指向不存在的“{shown}”",
                    en=f"{name} refers to “{shown}”, which is not there",
                )
        for name in _REFERENCES["sequenceFlow"] if element.name == "sequenceFlow" else ():
            if not element.get(name).strip():
                yield BpmnFault(element.place, zh=f"顺序流没有 {name}", en=f"a sequence flow has no {name}")


def _process(element: Element, pools: Mapping[str, Element]) -> Process:
    id_ = element.get("id")
    pool = pools.get(id_)
    name = element.get("name").strip() or (pool.get("name").strip() if pool is not None else "") or id_
    key = attribute(element, "key") or id_
    title = title_of(element, name) or Text(zh="流程", en="Process")
    return Process(element, id_, key, title, _space(element), tuple(silent(element)))


def _space(element: Element) -> Space:
    children = parts(element)
    found = [_part(child) for child in children if child.name in TITLES]
    flows = [_flow(child) for child in children if child.name == "sequenceFlow"]
    return Space(element, {part.id: part for part in found}, tuple(flows))


def _part(element: Element) -> Part:
    title = title_of(element)
    inner = any(child.name in TITLES for child in parts(element))
    key = attribute(element, "key") or element.get("id")
    space = _space(element) if inner or element.name == "subProcess" else None
    named = title is not None
    return Part(element, element.name, element.get("id"), key, title or TITLES[element.name], named, space)


def _flow(element: Element) -> Flow:
    source, target = local(element.get("sourceRef")), local(element.get("targetRef"))
    return Flow(element, element.get("id"), source, target, title_of(element))


def _boxes(root: Element) -> dict[str, Box]:
    """Where the file draws its elements; what is no number is left out."""
    found: dict[str, Box] = {}
    for shape in _shapes(root):
        for bounds in shape.children:
            if bounds.namespace == BOUNDS and bounds.name == "Bounds":
                try:
                    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
                except ValueError:
                    continue
                found[local(shape.get("bpmnElement"))] = (x, y, width, height)
    return found


def _shapes(root: Element) -> Iterator[Element]:
    for diagram in root.children:
        if diagram.namespace == DIAGRAM:
            for plane in diagram.children:
                yield from (child for child in plane.children if child.name == "BPMNShape")
