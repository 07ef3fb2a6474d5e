"""What a BPMN file says 模型: its processes, their parts and flows, still close to the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from yizhan.releases.words import Text
from yizhan.workflow.bpmn.vocabulary import MODEL, OURS, SILENT
from yizhan.workflow.markup import Element, MarkupFault, Place

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height of a drawn element."""


class BpmnFault(MarkupFault):
    """A file cannot be read."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow 顺序流."""

    element: Element
    id: str
    source: str
    target: str
    title: Text | None

    @property
    def condition(self) -> Element | None:
        """When it is taken."""
        return own(self.element, "conditionExpression")


@dataclass(frozen=True, slots=True)
class Part:
    """An element that flows may touch: an event, a task, a gateway, a sub-process.

    Attributes:
        kind: the element's name in BPMN, such as ``userTask``.
        key: what it is called in the graph: its id, or ``yz:key``.
        title: its name, or what such an element is called.
        space: what it holds, if it is a sub-process.
    """

    element: Element
    kind: str
    id: str
    key: str
    title: Text
    named: bool
    space: Space | None = None

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.element.place

    @property
    def events(self) -> list[Element]:
        """Its event definitions."""
        return [child for child in parts(self.element) if child.name.endswith("EventDefinition")]


@dataclass(frozen=True)
class Space:
    """What a process or sub-process holds; flows lead only from part to part of one space."""

    element: Element
    parts: Mapping[str, Part]
    flows: tuple[Flow, ...]

    def out_of(self, part: str) -> list[Flow]:
        """The flows out of a part, in the order of the file."""
        return self._ends[0].get(part, [])

    def into(self, part: str) -> list[Flow]:
        """The flows into a part."""
        return self._ends[1].get(part, [])

    @cached_property
    def _ends(self) -> tuple[dict[str, list[Flow]], dict[str, list[Flow]]]:
        out: dict[str, list[Flow]] = {}
        into: dict[str, list[Flow]] = {}
        for flow in self.flows:
            out.setdefault(flow.source, []).append(flow)
            into.setdefault(flow.target, []).append(flow)
        return out, into

    def all_parts(self) -> Iterator[tuple[Part, Space]]:
        """Its parts and those within them, each with the space it stands in."""
        for part in self.parts.values():
            yield part, self
            if part.space is not None:
                yield from part.space.all_parts()


@dataclass(frozen=True, slots=True)
class Process:
    """A process of a file.

    Attributes:
        key: its id, or ``yz:key``.
        title: its name, or the pool's, or its id.
        drawn: what stands in it and does nothing: data objects, annotations, lanes; kind, id, name.
    """

    element: Element
    id: str
    key: str
    title: Text
    space: Space
    drawn: tuple[Element, ...] = ()


@dataclass(frozen=True)
class Model:
    """A BPMN file.

    Attributes:
        by_id: every element of BPMN that bears an id.
        faults: what is wrong with it as a whole: ids given twice, references to nothing.
        boxes: where the file itself draws its elements.
    """

    root: Element
    processes: tuple[Process, ...]
    by_id: Mapping[str, Element]
    faults: tuple[BpmnFault, ...] = ()
    boxes: Mapping[str, Box] = field(default_factory=dict)

    def process(self, key: str) -> Process | None:
        """A process by its key."""
        return next((one for one in self.processes if one.key == key), None)


def parts(element: Element) -> list[Element]:
    """The children that are BPMN's own."""
    return [child for child in element.children if child.namespace == MODEL]


def own(element: Element, name: str) -> Element | None:
    """The first child of BPMN with this name."""
    return next((child for child in parts(element) if child.name == name), None)


def ours(element: Element) -> list[Element]:
    """Our extension elements of an element."""
    holder = own(element, "extensionElements")
    return [child for child in holder.children if child.namespace == OURS] if holder is not None else []


def attribute(element: Element, name: str) -> str:
    """One of our attributes; empty if it is not there."""
    return element.qualified.get((OURS, name), "")


def local(reference: str) -> str:
    """A reference without the prefix of its namespace."""
    return reference.strip().rpartition(":")[2]


def title_of(element: Element, name: str = "") -> Text | None:
    """An element's name in both languages; the Chinese text where there is no English one."""
    zh = " ".join((name or element.get("name")).split())[:400]
    en = " ".join(attribute(element, "name_en").split())[:400]
    return Text(zh=zh, en=en or zh) if zh else None


def silent(element: Element) -> Iterator[Element]:
    """What stands in a process and does nothing, however deep."""
    for child in parts(element):
        if child.name in SILENT:
            yield child
        if child.name != "extensionElements":
            yield from silent(child)
