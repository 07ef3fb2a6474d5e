"""A called process within the one that calls it 嵌入子流程: its nodes and arrows under the key of the calling node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n

BETWEEN = "/"
"""Between the key of a state and what the house adds within it: starts, forks, states of a called process."""


@dataclass(frozen=True, slots=True)
class Spliced:
    """The parts of a called graph, moved to their place; ``names``: what its conditions call what it remembers."""

    nodes: Mapping[str, n.AnyNode]
    arrows: tuple[g.Arrow, ...]
    remembered: Mapping[str, Mapping[str, g.Remembered]]
    names: Mapping[str, str]


def spliced(called: g.Graph, host: str) -> Spliced:
    """A graph as it stands within the node ``host`` of another."""
    prefix = host + BETWEEN
    nodes: dict[str, n.AnyNode] = {}
    for name, node in called.nodes.items():
        moved = replace(node, key=prefix + name, within=prefix + node.within if node.within else host)
        if isinstance(moved, n.Task):
            moved = replace(moved, distinct_from=tuple(prefix + one for one in moved.distinct_from))
        nodes[prefix + name] = moved
    return Spliced(
        nodes,
        tuple(replace(one, source=prefix + one.source, target=prefix + one.target) for one in called.arrows),
        {prefix + name: left for name, left in called.remembered.items()},
        {prefix + name: called.names.get(name, name) for name in called.remembered},
    )
