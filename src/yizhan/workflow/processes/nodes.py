"""The kinds of nodes of a process 节点: where a case rests, decides, splits, waits or ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from yizhan import feel
from yizhan.calendar.roster import Roster
from yizhan.releases.words import Basis, Text
from yizhan.workflow.processes.parts import Ask, MarkName, Phase, Send
from yizhan.workflow.tables.decision import Askable


def nothing() -> Mapping[str, Any]:
    """An empty mapping, for what most nodes do not have."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit 时限: ``amount`` in working_days, natural_days, duty_hours (by a roster) or natural_hours."""

    amount: int
    unit: str
    kind: str = "internal"
    basis: Basis | None = None
    hours: Roster | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """When a timer fires: after a limit, or at what an expression gives.

    Attributes:
        moment: gives a date, a date and time, or a duration from now on, where there is no limit.
    """

    limit: Limit | None = None
    moment: feel.Expression | None = None


@dataclass(frozen=True, slots=True)
class Boundary:
    """What may happen while a case stays at a node 边界事件: a time passes, a message comes, an error is met.

    Attributes:
        name: the message or the error; empty: any error.
        interrupts: the node is left with all that runs within it; else it goes on beside.
        sends: messages that leave with it; where no arrow leads on, this is all that happens.
    """

    key: str
    kind: Literal["timer", "message", "error"]
    title: Text | None = None
    delay: Delay | None = None
    name: str = ""
    interrupts: bool = True
    sends: tuple[Send, ...] = ()


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
    closed: Text | None = None
    """What is told where ``when`` is false."""


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


PolicyName: TypeAlias = Literal["all", "any", "count", "veto", "lead"]


@dataclass(frozen=True, slots=True)
class Policy:
    """When several are enough, and what they said together 会商规则.

    Attributes:
        name: ``all`` finish; ``any`` one; ``count`` as many consents as ``needed``; ``veto``: one refusal ends
            it; ``lead``: what the lead says.
        consents: the actions or outcomes that count as consent; none named: every one does.
        lead: gives the unit that leads.
        complete: true as soon as enough have finished, whatever the policy says.
        silence: the action that counts where a department lets its limit pass 逾期视为同意.
    """

    name: PolicyName = "all"
    needed: feel.Expression | None = None
    consents: frozenset[str] = frozenset()
    lead: feel.Expression | None = None
    complete: feel.Expression | None = None
    silence: str | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """That a node is done once for each of several, by each department for instance 多实例.

    Attributes:
        name: what one of them is called within.
        of: gives the list; or ``table`` does, with the output ``output``; or ``times`` gives a number.
        sequential: one after the other, not all at once.
    """

    name: str
    of: feel.Expression | None = None
    table: Askable | None = None
    output: str = ""
    times: feel.Expression | None = None
    sequential: bool = False
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class Node:
    """A place of a process 节点; ``within`` is the node whose body it belongs to, empty for the process itself."""

    key: str
    title: Text
    within: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Start(Node):
    """Where a case or a body begins; with a message's name, only when that message begins it."""

    message: str = ""


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
    boundaries: Mapping[str, Boundary] = field(default_factory=nothing)
    each: Each | None = None


@dataclass(frozen=True, slots=True)
class Decide(Node):
    """Where the process decides by itself, with a table or by conditions alone: one way is taken."""

    phase: Phase
    table: Askable | None


@dataclass(frozen=True, slots=True)
class Gateway(Node):
    """Where ways part or meet: ``parallel`` all of them, ``inclusive`` those whose conditions hold."""

    kind: Literal["parallel", "inclusive"]


@dataclass(frozen=True, slots=True)
class Automatic(Node):
    """Where the house does something; it goes on at once, or ``waits`` until the work reports."""

    phase: Phase
    does: str | None = None
    arguments: Mapping[str, feel.Expression] = field(default_factory=nothing)
    sends: tuple[Send, ...] = ()
    waits: bool = False
    boundaries: Mapping[str, Boundary] = field(default_factory=nothing)
    each: Each | None = None


@dataclass(frozen=True, slots=True)
class Wait(Node):
    """Where a case waits for the applicant, something outside, or a time; ``answers`` lead on."""

    phase: Phase
    audience: str
    limit: Limit | None
    sends: tuple[Send, ...]
    answers: Mapping[str, tuple[Ask, ...]]
    boundaries: Mapping[str, Boundary] = field(default_factory=nothing)
    each: Each | None = None


@dataclass(frozen=True, slots=True)
class Body(Node):
    """A process within the process 子流程; it is left when nothing is left to do within it.

    Attributes:
        own: what its steps leave behind stays within: a called process sees only what it was given.
        given: what a called process is given, by name.
    """

    phase: Phase
    boundaries: Mapping[str, Boundary] = field(default_factory=nothing)
    each: Each | None = None
    own: bool = False
    given: Mapping[str, feel.Expression] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class End(Node):
    """Where a way ends.

    ``kind`` says what ends: this ``way``, ``all`` of the body or process, or an ``error`` leaves the body.
    """

    outcome: str
    sends: tuple[Send, ...] = ()
    kind: Literal["way", "all", "error"] = "way"
    error: str = ""


Activity: TypeAlias = Task | Automatic | Wait | Body
AnyNode: TypeAlias = Start | Task | Decide | Gateway | Automatic | Wait | Body | End
