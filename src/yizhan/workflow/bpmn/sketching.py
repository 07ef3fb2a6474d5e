"""A process as it is drawn 图样: every element in its place, executed or not, so that it can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from yizhan.workflow.bpmn.compiling import FIRST_PHASE
from yizhan.workflow.bpmn.model import Part, Process, Space, local
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n


def sketch(process: Process) -> g.Graph:
    """A graph to be drawn, never to be executed: elements are what they look like, flows ask nothing."""
    nodes: dict[str, n.AnyNode] = {}
    arrows: list[g.Arrow] = []
    _space(process.space, "", nodes, arrows)
    return g.Graph(
        key=process.key,
        title=process.title,
        nodes=MappingProxyType(nodes),
        arrows=tuple(arrow for arrow in arrows if arrow.source in nodes and arrow.target in nodes),
        facts={},
        remembered={},
        withdrawal="never",
    )


def _space(space: Space, within: str, nodes: dict[str, n.AnyNode], arrows: list[g.Arrow]) -> None:
    hosts = {part.id: local(part.element.get("attachedToRef")) for part in _boundary_events(space)}
    for part in space.parts.values():
        if part.id not in hosts:
            nodes[part.id] = _node(space, part, within)
            if part.space is not None and part.space.parts:
                _space(part.space, part.id, nodes, arrows)
    for flow in space.flows:
        source = hosts.get(flow.source, flow.source)
        via, by = (g.Via.BOUNDARY, flow.source) if flow.source in hosts else (g.Via.FLOW, flow.id)
        if flow.target not in hosts:
            arrows.append(g.Arrow(source, flow.target, via, by, flow.title))


def _boundary_events(space: Space) -> Iterator[Part]:
    return (part for part in space.parts.values() if part.kind == "boundaryEvent")


def _node(space: Space, part: Part, within: str) -> n.AnyNode:
    key, title, kind = part.id, part.title, part.kind
    if kind == "startEvent":
        return n.Start(key, title, within=within)
    if kind == "endEvent":
        return n.End(key, title, key, within=within)
    if kind in {"exclusiveGateway", "complexGateway"}:
        return n.Decide(key, title, FIRST_PHASE, None, within=within)
    if kind in {"parallelGateway", "inclusiveGateway"}:
        return n.Gateway(key, title, "parallel" if kind == "parallelGateway" else "inclusive", within=within)
    meanwhile = MappingProxyType(
        {
            one.id: _boundary(one)
            for one in _boundary_events(space)
            if local(one.element.get("attachedToRef")) == part.id
        }
    )
    if part.space is not None and part.space.parts:
        return n.Body(key, title, FIRST_PHASE, meanwhile, within=within)
    return n.Automatic(key, title, FIRST_PHASE, waits=True, boundaries=meanwhile, within=within)


def _boundary(part: Part) -> n.Boundary:
    kind = part.events[0].name if part.events else ""
    interrupts = part.element.get("cancelActivity", "true") not in {"false", "0"}
    title = part.title
    if kind == "timerEventDefinition":
        return n.Boundary(part.id, "timer", title, n.Delay(), "", interrupts)
    if kind == "errorEventDefinition":
        return n.Boundary(part.id, "error", title, None, "", interrupts)
    return n.Boundary(part.id, "message", title, None, part.id, interrupts)
