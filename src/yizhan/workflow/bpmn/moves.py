"""The moves of a process without its data 走法: from which set of places to which, for one body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple, TypeAlias

from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Arrow, Graph, Via

_MOST_CONDITIONS = 6
"""With more conditions at one place only none, one, two and all of them are tried to hold together."""


class Stand(NamedTuple):
    """One token: at a node, or waiting there on an arrow for others to meet.

    Attributes:
        happened: the events that have happened beside it already.
    """

    node: str
    came: str = ""
    happened: tuple[str, ...] = ()


Marking: TypeAlias = tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One move.

    Attributes:
        left: the node that was left.
        came_to: the nodes come to.
        twice: those of them where a token stood already.
    """

    marking: Marking
    left: str
    came_to: frozenset[str]
    twice: frozenset[str]


class Moves:
    """The moves within one body of a process, or the process itself.

    Attributes:
        keys: its nodes.
    """

    def __init__(self, graph: Graph, within: str) -> None:
        self.graph, self.within = graph, within
        self.keys = [key for key, node in graph.nodes.items() if node.within == within]

    def starts(self) -> Iterator[Marking]:
        """How it can begin: once for the plain start, and once for each message."""
        starts = [node for node in self.graph.nodes.values() if isinstance(node, n.Start)]
        here = [node for node in starts if node.within == self.within]
        for message in dict.fromkeys(node.message for node in here):
            yield tuple(sorted(Stand(node.key) for node in here if node.message == message))

    def nodes_of(self, marking: Marking) -> set[str]:
        """The nodes at which something stands."""
        return {stand.node for stand in marking}

    def rests(self, key: str) -> bool:
        """Whether a case that comes to a node may stay there."""
        node = self.graph.nodes[key]
        if isinstance(node, n.Automatic):
            return node.waits
        if isinstance(node, n.Body):
            return any(self.rests(one.key) for one in self.graph.nodes.values() if one.within == key)
        return isinstance(node, n.Task | n.Wait | n.End)

    def following(self, marking: Marking) -> Iterator[Step]:
        """Every move that is possible; only one where it makes no difference which is first."""
        for stand in marking:
            if self._goes_first(stand, marking):
                yield from self._moves(stand, marking)
                return
        for node in dict.fromkeys(stand.node for stand in marking if stand.came):
            yield from self._meeting(node, marking)
        for stand in dict.fromkeys(marking):
            if not stand.came:
                yield from self._moves(stand, marking)

    def waited_for(self, marking: Marking) -> Iterator[tuple[str, list[str]]]:
        """The gateways that wait in a marking, and from where nobody comes."""
        for node in dict.fromkeys(stand.node for stand in marking if stand.came):
            came = {stand.came for stand in marking if stand.node == node}
            missing = [arrow.source for arrow in self.graph.arrows_to(node) if arrow.key not in came]
            yield node, list(dict.fromkeys(missing))

    def _goes_first(self, stand: Stand, marking: Marking) -> bool:
        """Whether it has one way on, and no other token can come to where it stands."""
        if stand.came:
            return False
        node = self.graph.nodes[stand.node]
        if isinstance(node, n.Start):
            return True
        if len(self._choices(stand)) != 1 or self.graph.boundaries(stand.node):
            return False
        return not self.rests(stand.node) or not any(
            stand.node in self._reach[other.node] for other in marking if other != stand
        )

    def _moves(self, stand: Stand, marking: Marking) -> Iterator[Step]:
        for arrows, stays in self._choices(stand):
            rest = list(marking)
            rest.remove(stand)
            if isinstance(self.graph.nodes[stand.node], n.End):
                continue
            if stays is not None:
                rest.append(stays)
            yield self._come(rest, arrows, stand.node)

    def _choices(self, stand: Stand) -> list[tuple[tuple[Arrow, ...], Stand | None]]:
        """The sets of arrows that can be taken together; and what stays, if something does."""
        node = self.graph.nodes[stand.node]
        arrows = self.graph.arrows_from(stand.node)
        chosen = [one for one in arrows if one.via in {Via.ACTION, Via.ANSWER}]
        found: list[tuple[tuple[Arrow, ...], Stand | None]] = [((one,), None) for one in chosen]
        if self._goes_plainly(node):
            found += [(ways, None) for ways in self._plain(node, arrows)]
        for one in arrows:
            if one.via is Via.BOUNDARY:
                boundary = self.graph.boundaries(stand.node).get(one.by)
                if boundary is None or boundary.interrupts:
                    found.append(((one,), None))
                elif one.by not in stand.happened:
                    happened = tuple(sorted((*stand.happened, one.by)))
                    found.append(((one,), stand._replace(happened=happened)))
        return found

    def _goes_plainly(self, node: n.AnyNode) -> bool:
        """Whether it can be left by arrows that no action and no answer takes."""
        if isinstance(node, n.Task):
            return node.each is not None or any(
                self.graph.way(node.key, Via.ACTION, key) is None for key in node.actions
            )
        if isinstance(node, n.Wait):
            return node.each is not None
        return not isinstance(node, n.End)

    def _plain(self, node: n.AnyNode, arrows: tuple[Arrow, ...]) -> list[tuple[Arrow, ...]]:
        always = tuple(one for one in arrows if one.via is Via.FLOW)
        cases = [one for one in arrows if one.via is Via.CASE]
        otherwise = tuple(one for one in arrows if one.via is Via.OTHERWISE)
        if isinstance(node, n.Decide):
            return [(one,) for one in (*cases, *otherwise)] or [always]
        found = [always or otherwise] if always or otherwise or not cases else []
        sizes = range(1, len(cases) + 1) if len(cases) <= _MOST_CONDITIONS else (1, 2, len(cases))
        for size in sizes:
            found += [always + some for some in combinations(cases, size)]
        return found

    def _come(self, rest: list[Stand], arrows: tuple[Arrow, ...], left: str) -> Step:
        came: set[str] = set()
        twice: set[str] = set()
        for arrow in arrows:
            node = self.graph.nodes[arrow.target]
            came.add(arrow.target)
            if isinstance(node, n.End):
                if node.kind != "way":
                    return Step((), left, frozenset(came), frozenset(twice))
                continue
            meets = isinstance(node, n.Gateway) and len(self.graph.arrows_to(node.key)) > 1
            stand = Stand(node.key, arrow.key if meets else "")
            if any(one.node == stand.node and one.came == stand.came for one in rest):
                twice.add(node.key)
            rest.append(stand)
        return Step(tuple(sorted(rest)), left, frozenset(came), frozenset(twice))

    def _meeting(self, key: str, marking: Marking) -> Iterator[Step]:
        node = self.graph.nodes[key]
        arrows = self.graph.arrows_to(key)
        waiting = {stand.came: stand for stand in marking if stand.node == key}
        if not isinstance(node, n.Gateway):
            return
        if node.kind == "parallel" and any(arrow.key not in waiting for arrow in arrows):
            return
        if node.kind == "inclusive" and self._others_can_come(key, marking, set(waiting)):
            return
        for ways in self._plain(node, self.graph.arrows_from(key)):
            rest = list(marking)
            for stand in waiting.values():
                rest.remove(stand)
            yield self._come(rest, ways, key)

    def _others_can_come(self, key: str, marking: Marking, came: set[str]) -> bool:
        """As the machine sees it: whether a token elsewhere can come on an arrow on which nobody waits."""
        for stand in marking:
            ways = {
                arrow for arrow, sources in self.graph.routes.get(key, {}).items() if stand.node in sources
            }
            if stand.node != key and ways and not ways & came:
                return True
        return False

    @cached_property
    def _reach(self) -> dict[str, set[str]]:
        return {key: self._reached(key) for key in self.keys}

    def _reached(self, key: str) -> set[str]:
        found: set[str] = set()
        waiting = [key]
        while waiting:
            for arrow in self.graph.arrows_from(waiting.pop()):
                if arrow.target not in found:
                    found.add(arrow.target)
                    waiting.append(arrow.target)
        return found
