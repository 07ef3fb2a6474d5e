"""The compiled process 流程图: nodes and arrows, immutable, whatever notation it was written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from yizhan import feel
from yizhan.releases.words import Text
from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.nodes import (
    Activity,
    AnyNode,
    Automatic,
    Body,
    Boundary,
    Decide,
    Each,
    Gateway,
    Start,
    Supplement,
    Task,
    Wait,
)
from yizhan.workflow.processes.parts import MarkName, Phase, Send
from yizhan.workflow.tables.decision import Askable

START = "start"


class Via(StrEnum):
    """What takes a case along an arrow."""

    FLOW = "flow"
    ACTION = "action"
    ANSWER = "answer"
    CASE = "case"
    OTHERWISE = "otherwise"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one node to another 连线.

    Attributes:
        by: the action's, answer's or boundary's key, the number of the case; else a name, where a node has
            several ways of one kind.
        condition: of a case, when it is taken.
        marks: what the law notices when a case goes here, such as ``decided``.
        outcome: how it was decided, with ``marks: decided``.
    """

    source: str
    target: str
    via: Via = Via.FLOW
    by: str = ""
    title: Text | None = None
    condition: feel.Expression | None = None
    marks: MarkName | None = None
    outcome: str | None = None
    sends: tuple[Send, ...] = ()

    @property
    def key(self) -> str:
        """What it is called in a case's rows, while one waits at its end for others."""
        return f"{self.source}/{self.via}/{self.by}"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The type of something a step left behind; ``many`` for a list of such values."""

    type: FactType
    many: bool = False


@dataclass(frozen=True)
class Graph:
    """A process ready to run 流程图.

    Attributes:
        nodes: by key, in the order in which they were written; those of bodies too.
        arrows: in the order in which they are tried.
        facts: the facts its conditions use, with their types.
        remembered: what each node leaves behind for later conditions, as ``node.key``.
        names: what a node is called in conditions, where that is not its key: nodes of called processes.
    """

    key: str
    title: Text
    nodes: Mapping[str, AnyNode]
    arrows: tuple[Arrow, ...]
    facts: Mapping[str, FactType]
    remembered: Mapping[str, Mapping[str, Remembered]]
    withdrawal: str
    names: Mapping[str, str] = field(default_factory=dict)

    def arrows_from(self, node: str) -> tuple[Arrow, ...]:
        """All ways out of a node, in the order in which they are tried."""
        return self._from[node]

    def arrows_to(self, node: str) -> tuple[Arrow, ...]:
        """All ways that lead to a node."""
        return self._to[node]

    def arrow(self, node: str, via: Via, by: str = "") -> Arrow:
        """One way out of a node.

        Raises:
            KeyError: there is no such way.
        """
        found = self.way(node, via, by)
        if found is None:
            raise KeyError((node, via, by))
        return found

    def way(self, node: str, via: Via, by: str = "") -> Arrow | None:
        """One way out of a node, if there is one."""
        return next((arrow for arrow in self._from[node] if arrow.via is via and arrow.by == by), None)

    def starts(self, within: str = "", message: str = "") -> list[Start]:
        """Where the process, or a body, begins."""
        return [node for node in self._starts.get(within, ()) if node.message == message]

    def supplement(self, node: str) -> Supplement | None:
        """Whether and how the applicant may be asked for supplements while a case stands there."""
        here = self.nodes[node]
        return here.supplement if isinstance(here, Task) else None

    def phase(self, node: str) -> Phase | None:
        """The phase a node belongs to; none for start, end and gateways."""
        here = self.nodes[node]
        return here.phase if isinstance(here, Task | Decide | Automatic | Wait | Body) else None

    def each(self, node: str) -> Each | None:
        """That a node is done once for each of several."""
        here = self.nodes[node]
        return here.each if isinstance(here, Activity) else None

    def boundaries(self, node: str) -> Mapping[str, Boundary]:
        """What may happen while a case stays at a node, by key."""
        here = self.nodes[node]
        return here.boundaries if isinstance(here, Activity) else {}

    def holds(self, outer: str, inner: str) -> bool:
        """Whether a node lies in the body of another, however deep."""
        place = self.nodes[inner].within
        while place and place != outer:
            place = self.nodes[place].within
        return place == outer

    def callable_names(self, owner: str) -> Mapping[str, str]:
        """The nodes that leave something behind, by what conditions call them, within one called process.

        Args:
            owner: the node that calls it; empty for the process itself.
        """
        return self._names.get(owner, {})

    @cached_property
    def meeting(self) -> tuple[Gateway, ...]:
        """The gateways at which ways meet that part by conditions; each waits until nobody else can come."""
        found = (node for node in self.nodes.values() if isinstance(node, Gateway))
        return tuple(node for node in found if node.kind == "inclusive" and len(self._to[node.key]) > 1)

    @cached_property
    def routes(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """For each gateway of ``meeting`` and each arrow to it, the nodes from which it can be come to.

        Ways that pass the gateway itself do not count.
        """
        return {
            gateway.key: {
                arrow.key: self._before(arrow.source, gateway.key) for arrow in self._to[gateway.key]
            }
            for gateway in self.meeting
        }

    def _before(self, node: str, gateway: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [node]
        while waiting:
            here = waiting.pop()
            if here not in found and here != gateway:
                found.add(here)
                waiting += [arrow.source for arrow in self._to[here]]
        return frozenset(found)

    @property
    def tables(self) -> dict[str, Askable]:
        """The decision tables it asks, by key."""
        asked = [node.table for node in self.nodes.values() if isinstance(node, Decide) and node.table]
        for node in self.nodes:
            each = self.each(node)
            asked += [each.table] if each and each.table else []
        return {table.key: table for table in asked}

    @property
    def all_facts(self) -> dict[str, FactType]:
        """Every fact that the process and its tables need; steps leave the rest behind."""
        needed = {name: type_ for table in self.tables.values() for name, type_ in table.facts.items()}
        inside = {each.name for node in self.nodes if (each := self.each(node)) is not None}
        return {
            name: type_
            for name, type_ in {**needed, **self.facts}.items()
            if name not in self.remembered and name not in inside
        }

    @cached_property
    def _from(self) -> Mapping[str, tuple[Arrow, ...]]:
        found: dict[str, list[Arrow]] = {key: [] for key in self.nodes}
        for arrow in self.arrows:
            found[arrow.source].append(arrow)
        return {key: tuple(arrows) for key, arrows in found.items()}

    @cached_property
    def _to(self) -> Mapping[str, tuple[Arrow, ...]]:
        found: dict[str, list[Arrow]] = {key: [] for key in self.nodes}
        for arrow in self.arrows:
            found[arrow.target].append(arrow)
        return {key: tuple(arrows) for key, arrows in found.items()}

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for key in self.remembered:
            owner = self.nodes[key].within
            while owner and not (isinstance(body := self.nodes[owner], Body) and body.own):
                owner = body.within
            found.setdefault(owner, {})[self.names.get(key, key)] = key
        return found

    @cached_property
    def _starts(self) -> Mapping[str, tuple[Start, ...]]:
        starts = [node for node in self.nodes.values() if isinstance(node, Start)]
        return {
            within: tuple(node for node in starts if node.within == within)
            for within in {node.within for node in starts}
        }
