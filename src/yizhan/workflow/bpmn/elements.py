"""From nodes and arrows to elements 元素: each kind of node as the element of BPMN that means the same."""

from __future__ import annotations

from functools import singledispatch

from yizhan.workflow.bpmn import tags
from yizhan.workflow.bpmn.book import Book
from yizhan.workflow.bpmn.details_written import (
    awaited,
    boundary_event,
    boundary_timer,
    several,
    user_task,
)
from yizhan.workflow.bpmn.tags import Tag, bpmn, named, ours, say
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Via


def write_space(book: Book, space: Tag, within: str) -> None:
    """What a process or a body holds."""
    for node in [node for node in book.graph.nodes.values() if node.within == within]:
        write_node(node, book, space)
    book.close(space)


@singledispatch
def write_node(node: n.AnyNode, book: Book, space: Tag) -> None:
    """A node with its flows."""
    raise AssertionError(f"no element for {type(node).__name__}")


@write_node.register
def _start(node: n.Start, book: Book, space: Tag) -> None:
    tag = book.element(space, "startEvent", node)
    if node.message:
        bpmn(tag, "messageEventDefinition", {"messageRef": book.root_element("message", node.message)})
    book.plain(node, space, tag)


@write_node.register
def _end(node: n.End, book: Book, space: Tag) -> None:
    tag = book.element(space, "endEvent", node)
    say(tag, {"outcome": node.outcome if node.outcome != node.key else None})
    tags.sends(tag, node.sends)
    if node.kind == "all":
        bpmn(tag, "terminateEventDefinition")
    elif node.kind == "error":
        bpmn(tag, "errorEventDefinition", {"errorRef": book.root_element("error", node.error)})
    elif node.sends:
        bpmn(tag, "messageEventDefinition")


@write_node.register
def _task(node: n.Task, book: Book, space: Tag) -> None:
    tag = book.element(space, "userTask", node)
    user_task(book, tag, node)
    several(tag, node.each)
    for arrow in book.leaving(node, Via.ACTION):
        book.flow(space, arrow, tag.get("id", ""))
    book.plain(node, space, tag)
    _boundaries(book, node, space)


@write_node.register
def _decide(node: n.Decide, book: Book, space: Tag) -> None:
    arrows = book.graph.arrows_from(node.key)
    if node.table is None:
        book.plain(node, space, book.element(space, "exclusiveGateway", node))
        return
    tag = book.element(space, "businessRuleTask", node)
    say(tag, {"table": node.table.key})
    if [arrow.via for arrow in arrows] == [Via.OTHERWISE]:
        book.flow(space, arrows[0], tag.get("id", ""))
        return
    gateway = book.element(space, "exclusiveGateway", node, book.ids.new(f"{node.key}_ways"))
    say(gateway, {"of": "true"})
    book.join(space, tag.get("id", ""), gateway.get("id", ""))
    book.plain(node, space, gateway)


@write_node.register
def _gateway(node: n.Gateway, book: Book, space: Tag) -> None:
    book.plain(node, space, book.element(space, f"{node.kind}Gateway", node))


@write_node.register
def _automatic(node: n.Automatic, book: Book, space: Tag) -> None:
    before = [book.graph.nodes[arrow.source] for arrow in book.graph.arrows_to(node.key)]
    if len(before) == 1 and isinstance(before[0], n.Wait) and node.key in awaited(book.graph, before[0]):
        _caught(book, before[0], node, space)
        return
    if node.does is None:
        kind = "sendTask" if node.sends or node.each else "intermediateThrowEvent"
        tag = book.element(space, kind, node)
    else:
        tag = book.element(space, "serviceTask", node)
        say(tag, {"does": node.does, "waits": "true" if node.waits else None})
        for name, value in node.arguments.items():
            ours(tag, "input", {"name": name, "value": value.source})
        for name, how in book.graph.remembered.get(node.key, {}).items():
            if name != "outcome" and node.each is None:
                ours(tag, "result", {"name": name, "type": how.type})
    tags.sends(tag, node.sends)
    several(tag, node.each)
    book.plain(node, space, tag)
    _boundaries(book, node, space)


@write_node.register
def _wait(node: n.Wait, book: Book, space: Tag) -> None:
    if awaited(book.graph, node):
        _event_gateway(book, node, space)
        return
    if _is_timer(node):
        (timer,) = node.boundaries.values()
        tag = book.element(space, "intermediateCatchEvent", node)
        boundary_timer(tag, timer)
        _audience(tag, node)
        for arrow in book.leaving(node, Via.BOUNDARY):
            book.flow(space, arrow, tag.get("id", ""))
        return
    tag = book.element(space, "receiveTask", node)
    _audience(tag, node)
    tags.limit(tag, node.limit)
    tags.sends(tag, node.sends)
    several(tag, node.each)
    for number, (message, asks) in enumerate(node.answers.items()):
        reference = book.root_element("message", message)
        if number == 0:
            tag.set("messageRef", reference)
            tags.asks(tag, asks, within=False)
            source = tag.get("id", "")
        else:
            source = _answer(book, node, space, reference, message)
        for arrow in book.leaving(node, Via.ANSWER, message):
            book.flow(space, arrow, source)
    book.plain(node, space, tag)
    _boundaries(book, node, space)


@write_node.register
def _body(node: n.Body, book: Book, space: Tag) -> None:
    tag = book.element(space, "subProcess", node)
    say(tag, {"own": "true" if node.own else None})
    for name, value in node.given.items():
        ours(tag, "input", {"name": name, "value": value.source})
    several(tag, node.each)
    write_space(book, tag, node.key)
    book.plain(node, space, tag)
    _boundaries(book, node, space)


def _boundaries(book: Book, node: n.Activity, space: Tag) -> None:
    for boundary in node.boundaries.values():
        id_ = book.ids.new(f"{node.key}_{boundary.key}")
        host = book.elements[node.key]
        attributes = {"attachedToRef": host, "cancelActivity": "true" if boundary.interrupts else "false"}
        tag = book.element(space, "boundaryEvent", node, id_, attributes)
        say(tag, {"key": boundary.key if boundary.key != id_ else None})
        boundary_event(book, tag, boundary)
        book.attached.append((id_, host))
        for arrow in book.leaving(node, Via.BOUNDARY, boundary.key):
            book.flow(space, arrow, id_)


def _answer(book: Book, node: n.Wait, space: Tag, reference: str, message: str) -> str:
    id_ = book.ids.new(f"{node.key}_{message}")
    attributes = {"attachedToRef": book.elements[node.key]}
    tag = book.element(space, "boundaryEvent", node, id_, attributes)
    say(tag, {"answer": "true"})
    for arrow in book.leaving(node, Via.ANSWER, message):
        named(tag, arrow.title)
    tags.asks(tag, node.answers[message], within=False)
    bpmn(tag, "messageEventDefinition", {"messageRef": reference})
    book.attached.append((id_, book.elements[node.key]))
    return id_


def _event_gateway(book: Book, node: n.Wait, space: Tag) -> None:
    """A wait for whichever event comes first, each with a node of its own behind it."""
    tag = book.element(space, "eventBasedGateway", node)
    _audience(tag, node)
    tags.limit(tag, node.limit)
    tags.sends(tag, node.sends)
    for arrow in book.graph.arrows_from(node.key):
        book.flow(space, arrow, tag.get("id", ""))


def _caught(book: Book, gateway: n.Wait, node: n.Automatic, space: Tag) -> None:
    """An event that an event-based gateway waits for."""
    tag = book.element(space, "intermediateCatchEvent", node)
    (arrow,) = book.graph.arrows_to(node.key)
    if arrow.via is Via.ANSWER:
        tags.asks(tag, gateway.answers[arrow.by], within=False)
        bpmn(tag, "messageEventDefinition", {"messageRef": book.root_element("message", arrow.by)})
    else:
        boundary_timer(tag, gateway.boundaries[arrow.by])
    book.plain(node, space, tag)


def _audience(tag: Tag, node: n.Wait) -> None:
    say(tag, {"audience": node.audience if node.audience != "outside" else None})


def _is_timer(node: n.Wait) -> bool:
    """Whether it only waits for one time, under its own name, as an event on the way does."""
    found = list(node.boundaries.values())
    return (
        not node.answers and node.each is None and node.limit is None and not node.sends and len(found) == 1
        and found[0].key == node.key and found[0].kind == "timer" and found[0].interrupts and not found[0].sends
    )  # fmt: skip
