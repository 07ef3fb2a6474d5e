"""From the graph to a BPMN file 导出: any process, whatever notation it was written in, with its picture.

What was written reads back as the same graph.
"""

from __future__ import annotations

from xml.etree import ElementTree

from yizhan.workflow.bpmn.book import Book
from yizhan.workflow.bpmn.diagram import diagram
from yizhan.workflow.bpmn.elements import write_space
from yizhan.workflow.bpmn.tags import PREFIXES, Tag, bpmn, named, ours, say
from yizhan.workflow.bpmn.vocabulary import FEEL, MODEL
from yizhan.workflow.processes.graph import Graph


def write(graph: Graph) -> bytes:
    """A process as a file of BPMN 2.0, UTF-8."""
    root = Tag(f"{{{MODEL}}}definitions")
    book = Book(graph, root)
    root.set("id", book.ids.new(f"Definitions_{graph.key}"))
    root.set("targetNamespace", f"urn:yizhan:process:{graph.key}")
    root.set("expressionLanguage", FEEL)
    root.set("exporter", "Yizhan")
    process = bpmn(root, "process", {"id": book.process, "isExecutable": "true"})
    named(process, graph.title)
    say(process, {"withdrawal": graph.withdrawal if graph.withdrawal != "before_decision" else None})
    for name, type_ in graph.facts.items():
        ours(process, "fact", {"name": name, "type": type_})
    write_space(book, process, "")
    book.ends()
    diagram(root, book)
    for prefix, namespace in PREFIXES.items():
        ElementTree.register_namespace(prefix, namespace)
    ElementTree.indent(root, "  ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
