"""The compiled process 流程图: nodes and arrows, immutable, whatever notation it was written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from yizhan import feel
from yizhan.releases.words import Basis, Text
from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.definition import Ask, MarkName, Phase, Send
from yizhan.workflow.tables.table import Table

START = "start"


class Via(StrEnum):
    """What takes a case along an arrow."""

    FLOW = "flow"
    ACTION = "action"
    ANSWER = "answer"
    CASE = "case"
    OTHERWISE = "otherwise"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one node to another 连线.

    Attributes:
        by: the action's or answer's key, or the number of the case; empty for the rest.
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


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit 时限: ``amount`` in working_days, natural_days or duty_hours."""

    amount: int
    unit: str
    kind: str
    basis: Basis | None
    expires: bool


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody can do with a task; where it leads is the arrow of the same key."""

    key: str
    title: Text
    asks: tuple[Ask, ...]
    reason: str
    style: str
    when: feel.Expression | None
    marks: MarkName | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Supplement:
    """That the applicant may be asked for supplements from a task 补正; a command about the whole case."""

    key: str
    title: Text
    asks: tuple[Ask, ...]
    reason: str
    style: str
    once: bool


class UnitRule(StrEnum):
    """How the unit of a task is found."""

    ITEM_UNIT = "item unit"
    AREA_SUBDISTRICT = "area subdistrict"
    CODE = "code"
    EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class UnitSource:
    """Where a task's unit comes from; ``code`` or ``expression`` where the rule wants one."""

    rule: UnitRule
    code: str = ""
    expression: feel.Expression | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A place of a process 节点."""

    key: str
    title: Text


@dataclass(frozen=True, slots=True)
class Start(Node):
    """Where every case begins."""


@dataclass(frozen=True, slots=True)
class Task(Node):
    """Where an official acts."""

    phase: Phase
    role: str
    unit: UnitSource
    limit: Limit | None
    distinct_from: tuple[str, ...]
    form: str | None
    actions: Mapping[str, Action]
    supplement: Supplement | None


@dataclass(frozen=True, slots=True)
class Decide(Node):
    """Where the process decides by itself, with a table or by conditions alone."""

    phase: Phase
    table: Table | None


@dataclass(frozen=True, slots=True)
class Automatic(Node):
    """Where the house does something and goes on at once."""

    phase: Phase
    does: str | None
    arguments: Mapping[str, feel.Expression]
    sends: tuple[Send, ...]


@dataclass(frozen=True, slots=True)
class Wait(Node):
    """Where a case waits for the applicant or for something outside; ``answers`` lead on."""

    phase: Phase
    audience: str
    limit: Limit | None
    sends: tuple[Send, ...]
    answers: Mapping[str, tuple[Ask, ...]]


@dataclass(frozen=True, slots=True)
class End(Node):
    """Where a case is finished."""

    outcome: str
    sends: tuple[Send, ...]


AnyNode: TypeAlias = Start | Task | Decide | Automatic | Wait | End


@dataclass(frozen=True, slots=True)
class Remembered:
    """The type of something a step left behind; ``many`` for a list of such values."""

    type: FactType
    many: bool = False


@dataclass(frozen=True)
class Graph:
    """A process ready to run 流程图.

    Attributes:
        nodes: by key, in the order in which they were written.
        arrows: in the order in which they are tried.
        facts: the facts its conditions use, with their types.
        remembered: what each node leaves behind for later conditions, as ``node.key``.
    """

    key: str
    title: Text
    nodes: Mapping[str, AnyNode]
    arrows: tuple[Arrow, ...]
    facts: Mapping[str, FactType]
    remembered: Mapping[str, Mapping[str, Remembered]]
    withdrawal: str
    _from: Mapping[str, tuple[Arrow, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ways = {key: tuple(arrow for arrow in self.arrows if arrow.source == key) for key in self.nodes}
        object.__setattr__(self, "_from", ways)

    def arrows_from(self, node: str) -> tuple[Arrow, ...]:
        """All ways out of a node, in the order in which they are tried."""
        return self._from[node]

    def arrow(self, node: str, via: Via, by: str = "") -> Arrow:
        """One way out of a node.

        Raises:
            KeyError: there is no such way.
        """
        for arrow in self._from[node]:
            if arrow.via is via and arrow.by == by:
                return arrow
        raise KeyError((node, via, by))

    def supplement(self, node: str) -> Supplement | None:
        """Whether and how the applicant may be asked for supplements while a case stands there."""
        here = self.nodes[node]
        return here.supplement if isinstance(here, Task) else None

    def phase(self, node: str) -> Phase | None:
        """The phase a node belongs to; none for start and end."""
        here = self.nodes[node]
        return None if isinstance(here, Start | End) else here.phase

    @property
    def tables(self) -> dict[str, Table]:
        """The decision tables it asks, by key."""
        asked = [node.table for node in self.nodes.values() if isinstance(node, Decide) and node.table]
        return {table.key: table for table in asked}

    @property
    def all_facts(self) -> dict[str, FactType]:
        """Every fact that the process and its tables need; steps leave the rest behind."""
        needed = {name: type_ for table in self.tables.values() for name, type_ in table.facts.items()}
        return {name: t for name, t in {**needed, **self.facts}.items() if name not in self.remembered}
