"""Where the boxes of a process drawing stand 布局: layers by longest path, ordered so that few lines cross.

Lines that pass a layer take a place of their own in it, so that no line runs through a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from yizhan.workflow.processes.ways import reached

Edge: TypeAlias = tuple[str, str]
Bend: TypeAlias = tuple[Edge, int]
"""The place an edge takes in a layer that it passes."""
Slot: TypeAlias = str | Bend

SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """Layers from the first to the last, each with its slots side by side.

    Attributes:
        backward: edges that lead to an earlier layer; they are drawn from their end to their beginning.
    """

    layers: tuple[tuple[Slot, ...], ...]
    backward: frozenset[Edge]

    def route(self, edge: Edge) -> list[Slot]:
        """The slots an edge goes through, its ends included, in the order of layers."""
        source, target = edge[::-1] if edge in self.backward else edge
        bends = [s for layer in self.layers for s in layer if isinstance(s, tuple) and s[0] == edge]
        return [source, *bends, target]


def arranged(nodes: Sequence[str], edges: Iterable[Edge]) -> Layout:
    """Arrange nodes, the first of which is the start; an edge from a node to itself is left out."""
    edges = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]
    backward = frozenset(_back_edges(nodes, edges))
    forward = {edge: edge[::-1] if edge in backward else edge for edge in edges}
    layer_of = _longest_paths(nodes, list(forward.values()))
    layers: list[list[Slot]] = [[] for _ in range(max(layer_of.values()) + 1)]
    for node in nodes:
        layers[layer_of[node]].append(node)
    links: list[tuple[Slot, Slot]] = []
    for edge, (left, right) in forward.items():
        between = range(layer_of[left] + 1, layer_of[right])
        bends: list[Bend] = [(edge, layer) for layer in between]
        for bend in bends:
            layers[bend[1]].append(bend)
        chain: list[Slot] = [left, *bends, right]
        links += pairwise(chain)
    _untangle(layers, links)
    return Layout(tuple(tuple(layer) for layer in layers), backward)


def _back_edges(nodes: Sequence[str], edges: list[Edge]) -> set[Edge]:
    """Of each circle, the edges that lead back to a node written earlier."""
    steps: dict[str, set[str]] = {node: set() for node in nodes}
    for source, target in edges:
        steps[source].add(target)
    place = {node: number for number, node in enumerate(nodes)}
    onward = {node: reached([node], steps) for node in nodes}
    return {(one, other) for one, other in edges if place[other] < place[one] and one in onward[other]}


def _longest_paths(nodes: Sequence[str], edges: list[Edge]) -> dict[str, int]:
    """The layer of each node: one more than the farthest that leads to it. The edges have no circle."""
    layer = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = False
        for source, target in edges:
            if layer[target] <= layer[source]:
                layer[target] = layer[source] + 1
                moved = True
        if not moved:
            break
    return layer


def _untangle(layers: list[list[Slot]], links: list[tuple[Slot, Slot]]) -> None:
    """Order each layer by where its neighbours stand, forth and back a few times."""
    before: dict[Slot, list[Slot]] = {}
    after: dict[Slot, list[Slot]] = {}
    for left, right in links:
        before.setdefault(right, []).append(left)
        after.setdefault(left, []).append(right)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        _order(layers if forth else layers[::-1], before if forth else after)


def _order(layers: Iterable[list[Slot]], neighbours: Mapping[Slot, list[Slot]]) -> None:
    row: dict[Slot, int] = {}
    for layer in layers:
        middle = {
            slot: _mean([row[other] for other in neighbours.get(slot, []) if other in row], number)
            for number, slot in enumerate(layer)
        }
        layer.sort(key=middle.__getitem__)
        row.update((slot, number) for number, slot in enumerate(layer))


def _mean(rows: list[int], otherwise: int) -> float:
    return sum(rows) / len(rows) if rows else otherwise
