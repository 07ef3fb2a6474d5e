"""A decision is made once 决定只作一次: not again later, not in two branches side by side, not by each of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.words import Words


def decided_twice(graph: Graph) -> Iterator[tuple[str, Words]]:
    """Where a process could decide a second time: the node, and what is wrong."""
    deciding = [arrow for arrow in graph.arrows if arrow.marks == "decided"]
    steps = _steps(graph)
    for arrow in deciding:
        later = _reached([arrow.target], steps)
        again = [other for other in deciding if other.source in later]
        if again:
            yield arrow.source, _said(graph, again)
        if any(graph.each(key) is not None for key in _around(graph, arrow)):
            yield (
                arrow.source,
                Words(
                    zh="会办各单位各提意见，决定在会办之后作出",
                    en="each of several gives an opinion; the decision is made after them",
                ),
            )
    for node in graph.nodes.values():
        if len(deciding) > 1 and _parts(graph, node) and _in_two(graph, node, steps):
            yield (
                node.key,
                Words(zh="并行的分支里只能有一处作出决定", en="of branches side by side only one may decide"),
            )


def _said(graph: Graph, again: list[Arrow]) -> Words:
    titles = [graph.nodes[key].title for key in dict.fromkeys(arrow.source for arrow in again)]
    return Words(
        zh=f"作出决定之后又会走到能再次作出决定的环节：{'、'.join(one.zh for one in titles)}",
        en=f"after a decision the process can come to decide again: {', '.join(one.en for one in titles)}",
    )


def _steps(graph: Graph) -> Mapping[str, list[str]]:
    """What each node leads to, through bodies and out of them."""
    found = {key: [arrow.target for arrow in graph.arrows_from(key)] for key in graph.nodes}
    for key, node in graph.nodes.items():
        if isinstance(node, n.Body):
            onward = found[key]
            inside = [one for one in graph.nodes.values() if one.within == key]
            for one in inside:
                if isinstance(one, n.End):
                    found[one.key] = onward
            meanwhile = [arrow.target for arrow in graph.arrows_from(key) if arrow.via is Via.BOUNDARY]
            starts = [one.key for one in inside if isinstance(one, n.Start)]
            found[key] = [*starts, *meanwhile]
    return found


def _reached(
    starts: list[str], steps: Mapping[str, list[str]], stops: frozenset[str] = frozenset()
) -> set[str]:
    found: set[str] = set()
    waiting = [key for key in starts if key not in stops]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [target for target in steps[here] if target not in stops]
    return found


def _around(graph: Graph, arrow: Arrow) -> Iterator[str]:
    """The node an arrow leaves, unless it leaves it as a whole, and the bodies around it."""
    if arrow.via is Via.ACTION:
        yield arrow.source
    yield from _bodies(graph, arrow.source)


def _bodies(graph: Graph, key: str) -> Iterator[str]:
    """The bodies around a node, from within."""
    while key := graph.nodes[key].within:
        yield key


def _parts(graph: Graph, node: n.AnyNode) -> bool:
    """Whether several ways out of a node are gone at once."""
    flows = [arrow for arrow in graph.arrows_from(node.key) if arrow.via is Via.FLOW]
    is_inclusive = isinstance(node, n.Gateway) and node.kind == "inclusive"
    return len(flows) > 1 or (is_inclusive and len(graph.arrows_from(node.key)) > 1)


def _in_two(graph: Graph, node: n.AnyNode, steps: Mapping[str, list[str]]) -> bool:
    """Whether two ways out of a node decide before they meet."""
    joins = frozenset(
        key
        for key, one in graph.nodes.items()
        if isinstance(one, n.Gateway) and len(graph.arrows_to(key)) > 1
    )
    inside = [key for key, one in graph.nodes.items() if one.within == node.within]
    within = {key: [target for target in steps[key] if target in inside] for key in inside}
    places = [{one.source, *_bodies(graph, one.source)} for one in graph.arrows if one.marks == "decided"]
    deciding = 0
    for arrow in graph.arrows_from(node.key):
        branch = _reached([arrow.target], within, joins)
        deciding += arrow.marks == "decided" or any(place & branch for place in places)
    return deciding > 1
