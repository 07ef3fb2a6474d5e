"""The messages that a graph sends 通知清单, each with the node it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.parts import Send


def letters(graph: Graph) -> Iterator[tuple[str, tuple[Send, ...]]]:
    """Every message of a process: of nodes, of what happens at them meanwhile, of arrows."""
    for key, node in graph.nodes.items():
        if isinstance(node, n.Automatic | n.Wait | n.End):
            yield key, node.sends
        for boundary in graph.boundaries(key).values():
            yield key, boundary.sends
    for arrow in graph.arrows:
        yield arrow.source, arrow.sends
