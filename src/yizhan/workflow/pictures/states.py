"""Where a case stands in its process, told of every node and line 进展状态."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.nodes import Gateway, Start

State: TypeAlias = Literal["ahead", "current", "passed", "skipped", "cancelled"]
ParticipantState: TypeAlias = Literal[
    "ahead", "waiting", "answered", "consented", "refused", "silent", "withdrawn", "unasked"
]


@dataclass(frozen=True, slots=True)
class Participant:
    """One of several that act at a node 会办单位.

    Attributes:
        title: what it is called, in the language of the page.
        state: ``ahead`` of its turn, ``waiting`` for it, ``answered`` where nobody says what consents,
            ``consented``, ``refused``, ``silent`` (it let its limit pass and that counts), ``withdrawn``,
            ``unasked`` (the others had said enough).
        words: what the state is called; empty: as usual.
    """

    title: str
    state: ParticipantState
    words: str = ""


Several: TypeAlias = Mapping[str, tuple[Participant, ...]]
"""Who takes part at which node."""


@dataclass(frozen=True)
class Standing:
    """Where a case stands; without a case everything is ahead.

    Attributes:
        of: the state of every node.
        counts: how many stand at a node now, where that is more than one.
        told: whether a case is shown at all.
    """

    of: Mapping[str, State]
    counts: Mapping[str, int]
    told: bool

    def way(self, graph: Graph, arrow: Arrow) -> State:
        """What is certain of an arrow: taken where no other leads to a passed node, skipped where either end is."""
        source, target = self.of[arrow.source], self.of[arrow.target]
        if "skipped" in {source, target}:
            return "skipped"
        came = {
            (one.source, one.via is Via.BOUNDARY and one.by)
            for one in graph.arrows_to(arrow.target)
            if self.of[one.source] not in {"ahead", "skipped"}
        }
        return "passed" if "ahead" not in {source, target} and len(came) == 1 else "ahead"


def standing(
    graph: Graph, current: Collection[str], passed: Collection[str], cancelled: Collection[str]
) -> Standing:
    """What is told of every node, from where a case stands and what it came through.

    What can no longer be come to is skipped. A node with something current within it is current too.
    """
    told = bool(current or passed)
    here = {around for key in current for around in (key, *_around(graph, key))}
    through = {around for key in passed for around in (key, *_around(graph, key))} - here
    begins = {key for key in graph.nodes if _begins(graph, key)}
    ahead = _ahead(graph, here)
    states: dict[str, State] = {}
    for key in graph.nodes:
        if key in here:
            states[key] = "current"
        elif key in cancelled:
            states[key] = "cancelled"
        elif key in through or (key in begins and _began(graph, key, here | through)):
            states[key] = "passed"
        else:
            states[key] = "ahead" if key in ahead or not told else "skipped"
    counts = {key: count for key, count in Counter(current).items() if count > 1}
    return Standing(states, counts, told)


def _around(graph: Graph, key: str) -> list[str]:
    found: list[str] = []
    while key := graph.nodes[key].within:
        found.append(key)
    return found


def _begins(graph: Graph, key: str) -> bool:
    """Whether it is a start, or the place where a body that has begun parts at once."""
    if isinstance(graph.nodes[key], Start):
        return True
    before = [graph.nodes[arrow.source] for arrow in graph.arrows_to(key)]
    return isinstance(graph.nodes[key], Gateway) and all(isinstance(node, Start) for node in before)


def _began(graph: Graph, start: str, come: set[str]) -> bool:
    """Whether a way from a start was taken: the rest of the house keeps no passage of starts and forks."""
    return any(
        arrow.target in come or any(further.target in come for further in graph.arrows_from(arrow.target))
        for arrow in graph.arrows_from(start)
    )


def _ahead(graph: Graph, here: set[str]) -> set[str]:
    """What can be come to from where a case stands; with a body, all that lies within it."""
    inner: dict[str, list[str]] = {}
    for key, node in graph.nodes.items():
        inner.setdefault(node.within, []).append(key)
    found: set[str] = set()
    waiting = [arrow.target for key in here for arrow in graph.arrows_from(key)]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [arrow.target for arrow in graph.arrows_from(key)]
            waiting += inner.get(key, [])
    return found
