"""The picture that goes with a written file 图形: a shape for every element, a line for every flow."""

from __future__ import annotations

from xml.etree import ElementTree

from yizhan.workflow.bpmn.book import Book
from yizhan.workflow.bpmn.placing import Link, placed
from yizhan.workflow.bpmn.tags import Tag
from yizhan.workflow.bpmn.vocabulary import BOUNDS, DIAGRAM, LINES


def diagram(root: Tag, book: Book) -> None:
    """Add the diagram of everything that was written."""
    lines = [Link(id_, source, target) for id_, source, target, _arrow in book.flows]
    found = placed(book.shown, lines, dict(book.attached))
    holder = ElementTree.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", {"id": book.ids.new("Diagram")})
    attributes = {"id": book.ids.new("Plane"), "bpmnElement": book.process}
    plane = ElementTree.SubElement(holder, f"{{{DIAGRAM}}}BPMNPlane", attributes)
    for key, (kind, _within) in book.shown.items():
        more = {"subProcess": {"isExpanded": "true"}, "exclusiveGateway": {"isMarkerVisible": "true"}}
        attributes = {"id": book.ids.new(f"{key}_shape"), "bpmnElement": key, **more.get(kind, {})}
        shape = ElementTree.SubElement(plane, f"{{{DIAGRAM}}}BPMNShape", attributes)
        box = found.boxes[key]
        bounds = {"x": box.x, "y": box.y, "width": box.w, "height": box.h}
        ElementTree.SubElement(
            shape, f"{{{BOUNDS}}}Bounds", {name: str(value) for name, value in bounds.items()}
        )
    for line in lines:
        attributes = {"id": book.ids.new(f"{line.id}_edge"), "bpmnElement": line.id}
        edge = ElementTree.SubElement(plane, f"{{{DIAGRAM}}}BPMNEdge", attributes)
        for x, y in found.routes[line.id]:
            ElementTree.SubElement(edge, f"{{{LINES}}}waypoint", {"x": str(x), "y": str(y)})
