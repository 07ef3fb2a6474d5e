"""A process as figures, items and lines 图面: what becomes a box, what becomes a column, which ways share a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yizhan.workflow.pictures import words
from yizhan.workflow.pictures.figures import Figure, column, dot, figure, label
from yizhan.workflow.pictures.plan import Item, Line
from yizhan.workflow.pictures.states import Several
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.nodes import AnyNode, Gateway, Start

_PHASES = ("intake", "review", "decision", "delivery")
BRANCH = "|"
"""Between the key of a body and what is drawn within it beside its nodes."""


@dataclass(frozen=True)
class Column:
    """One of several branches side by side 并行分支: the arrow that leads into it, and its nodes."""

    key: str
    arrow: Arrow
    nodes: frozenset[str]


@dataclass
class Scene:
    """What is drawn, before anything has a place.

    Attributes:
        figures: by key: of nodes, of columns, and of the dots with which columns begin.
        arrows: which arrows a line stands for; none for the lines into columns.
        labels: the words on a line.
        columns: the branches of each body that has them.
        hidden: nodes that are not drawn themselves: where a body with columns begins and parts.
    """

    figures: dict[str, Figure] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    arrows: dict[str, list[Arrow]] = field(default_factory=dict)
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    columns: dict[str, list[Column]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


def scene(graph: Graph, several: Several, widths: Mapping[str, int]) -> Scene:
    """The scene of a process.

    Args:
        graph: the process.
        several: who takes part where.
        widths: of bodies and columns, as far as they are known: their titles are broken to fit.
    """
    found = Scene()
    for key, node in graph.nodes.items():
        if not isinstance(node, Start | Gateway) and (branches := columns_of(graph, key)):
            found.columns[key] = branches
            found.hidden |= {start.key for start in graph.starts(key)} | {branches[0].arrow.source}
    place = {node: one.key for branches in found.columns.values() for one in branches for node in one.nodes}
    for key in in_order(graph):
        if key not in found.hidden:
            node = graph.nodes[key]
            drawn = figure(graph, node, several.get(key, ()), widths.get(key, 0))
            within = place.get(key, node.within)
            _add(found, key, drawn, within, signs=tuple(graph.boundaries(key)), rank=_rank(graph, node))
            for branch in found.columns.get(key, ()):
                _add_column(found, key, branch, widths.get(branch.key, 0))
    _add_lines(graph, found)
    return found


def _rank(graph: Graph, node: AnyNode) -> int | None:
    """How far on a node is, by its phase; of gateways and ends nothing is known."""
    phase = graph.phase(node.key)
    return None if phase is None else _PHASES.index(phase)


def in_order(graph: Graph) -> list[str]:
    """The nodes as a case comes to them: a release keeps no order of keys."""
    inner: dict[str, list[str]] = {}
    for node in graph.nodes.values():
        inner.setdefault(node.within, []).append(node.key)
    found: dict[str, None] = {}

    def visit(within: str) -> None:
        waiting = [node.key for key in inner.get(within, ()) if isinstance(node := graph.nodes[key], Start)]
        for start in [*waiting, *inner.get(within, ())]:
            queue = [start] if start not in found else []
            found.setdefault(start)
            for key in queue:
                for arrow in graph.arrows_from(key):
                    if arrow.target not in found:
                        found[arrow.target] = None
                        queue.append(arrow.target)
        for key in [key for key in found if graph.nodes[key].within == within and key in inner]:
            visit(key)

    visit("")
    return list(found)


def columns_of(graph: Graph, body: str) -> list[Column]:
    """The branches of a body that does nothing but part at once into named ones which never meet."""
    starts = graph.starts(body)
    first = [arrow.target for start in starts for arrow in graph.arrows_from(start.key)]
    fork = graph.nodes[first[0]] if len(first) == 1 else None
    if not isinstance(fork, Gateway) or fork.kind != "parallel" or len(graph.arrows_to(fork.key)) != 1:
        return []
    found = [
        Column(f"{body}{BRANCH}{arrow.by}", arrow, frozenset(_reached(graph, arrow.target)))
        for arrow in graph.arrows_from(fork.key)
    ]
    inside = {key for key, node in graph.nodes.items() if node.within == body}
    apart = sum(len(one.nodes) for one in found) == len(inside) - 2
    named = all(one.arrow.title is not None for one in found)
    whole = frozenset().union(*(one.nodes for one in found)) | {starts[0].key, fork.key} == inside
    return found if apart and named and whole and len(found) > 1 else []


def _reached(graph: Graph, first: str) -> Iterable[str]:
    found = {first: None}
    for key in (waiting := [first]):
        for arrow in graph.arrows_from(key):
            if arrow.target not in found:
                found[arrow.target] = None
                waiting.append(arrow.target)
    return found


def _add(
    found: Scene,
    key: str,
    drawn: Figure,
    within: str,
    *,
    signs: tuple[str, ...] = (),
    rank: int | None = None,
) -> None:
    found.figures[key] = drawn
    column = drawn.shape == "column"
    found.items.append(Item(key, drawn.size, within, drawn.beside, drawn.pointed, signs, rank, column))


def _add_column(found: Scene, body: str, branch: Column, width: int) -> None:
    _add(found, branch.key, column(str(branch.arrow.title), width), body)
    begins = f"{branch.key}{BRANCH}"
    _add(found, begins, dot(), branch.key)
    line = f"line-{len(found.lines)}"
    found.lines.append(Line(line, begins, branch.arrow.target))
    found.arrows[line] = [branch.arrow]


def _add_lines(graph: Graph, found: Scene) -> None:
    """Ways from one node to another share a line; those of events have their own."""
    shared: dict[tuple[str, str, str], list[Arrow]] = {}
    for arrow in graph.arrows:
        if arrow.source not in found.hidden:
            sign = arrow.by if arrow.via is Via.BOUNDARY else ""
            shared.setdefault((arrow.source, arrow.target, sign), []).append(arrow)
    for (source, target, sign), arrows in shared.items():
        line = f"line-{len(found.lines)}"
        said = list(dict.fromkeys(text for arrow in arrows if (text := words.way(graph, arrow))))
        size = None
        if said:
            found.labels[line], size = label(said)
        found.lines.append(Line(line, source, target, sign, size))
        found.arrows[line] = arrows
