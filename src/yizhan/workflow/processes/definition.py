"""How a process is written 流程定义: the simple notation ``processes/*.flow.yaml``, for people to read.

A process is a set of states. A case stands in one of them until somebody or something answers; where branches run side
by side, or several departments act, it stands in several.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from yizhan.releases.words import Basis, Key, Shape, Text
from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.parts import (
    ActionDefinition,
    AnswerDefinition,
    CaseDefinition,
    Condition,
    EventDefinition,
    LimitDefinition,
    MarkName,
    Phase,
    RoleName,
    Send,
    TableName,
)

UnitWords = Annotated[str, Field(min_length=1, max_length=4096)]
Events: TypeAlias = dict[Key, EventDefinition]


class TaskDefinition(Shape):
    """A state in which an official acts 人工环节."""

    kind: Literal["task"]
    title: Text
    phase: Phase
    role: RoleName
    unit: UnitWords = Field(
        default="item unit",
        description="`item unit`, `area subdistrict`, a unit's code, or `= expression` that gives a code",
    )
    limit: LimitDefinition | None = None
    distinct_from: list[Key] = Field(default_factory=list, description="states another person must have done")
    form: Key | None = None
    actions: dict[Key, ActionDefinition] = Field(min_length=1, max_length=20)
    on: Events = Field(default_factory=dict, max_length=10)


class DecisionDefinition(Shape):
    """A state that decides by itself 判定环节: the first case that is true, or ``otherwise``.

    With a table, conditions see its outputs by name. Where the table does not decide, it goes ``otherwise``.
    """

    kind: Literal["decision"]
    title: Text
    phase: Phase
    table: TableName | None = Field(default=None, description="a table, or `model.decision` of a DMN file")
    cases: list[CaseDefinition] = Field(min_length=1, max_length=60)
    otherwise: Key | None = None


class AutomaticDefinition(Shape):
    """A state in which the house itself does something 自动环节.

    It goes on at once, or ``waits`` until the work has reported; what the work gives back is kept.
    """

    kind: Literal["automatic"]
    title: Text
    phase: Phase
    does: Key | None = Field(default=None, description="a work the house knows, such as record_licence")
    with_: dict[Key, Condition] = Field(default_factory=dict, alias="with", max_length=40)
    waits: bool = False
    gives: dict[Key, FactType] = Field(default_factory=dict, description="what the work gives back")
    sends: list[Send] = Field(default_factory=list, max_length=10)
    marks: MarkName | None = None
    outcome: Key | None = None
    to: Key
    on: Events = Field(default_factory=dict, max_length=10)


class WaitDefinition(Shape):
    """A state in which a case waits for the applicant, for something outside, or for a time 等待环节."""

    kind: Literal["wait"]
    title: Text
    phase: Phase
    audience: Literal["applicant", "outside"] = "applicant"
    limit: LimitDefinition | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)
    answers: dict[Key, AnswerDefinition] = Field(default_factory=dict, max_length=20)
    on: Events = Field(default_factory=dict, max_length=10)


class EndDefinition(Shape):
    """A state in which a case, or a branch of it, is finished 办结.

    ``ends: all`` ends what runs beside it in the same branch or process too; ``ends: error`` leaves the branch with an
    error that a state around it may await.
    """

    kind: Literal["end"]
    title: Text
    outcome: Key
    ends: Literal["way", "all", "error"] = "way"
    sends: list[Send] = Field(default_factory=list, max_length=10)


class Branch(Shape):
    """One of several branches that run side by side 分支."""

    title: Text
    start: Key
    states: dict[Key, StateDefinition] = Field(min_length=1, max_length=100)


class ParallelDefinition(Shape):
    """A state in which branches run side by side 并行环节; it is left when all are finished."""

    kind: Literal["parallel"]
    title: Text
    phase: Phase
    branches: dict[Key, Branch] = Field(min_length=2, max_length=40)
    to: Key
    on: Events = Field(default_factory=dict, max_length=10)


class SubflowDefinition(Shape):
    """A process within the process 子流程: another file of the pack, or states of its own."""

    kind: Literal["subflow"]
    title: Text
    phase: Phase
    calls: Key | None = None
    with_: dict[Key, Condition] = Field(default_factory=dict, alias="with", max_length=40)
    start: Key | None = None
    states: dict[Key, StateDefinition] = Field(default_factory=dict, max_length=100)
    to: Key
    on: Events = Field(default_factory=dict, max_length=10)


class DepartmentsDefinition(Shape):
    """Who takes part 会办单位: a decision table's result, or an expression that gives a list.

    Each is a unit's code, or an object with its code as ``unit`` and whatever else the department needs to know.
    """

    table: TableName | None = None
    output: Key = "departments"
    of: Condition | None = None


class JointTaskDefinition(Shape):
    """What each department does 会办任务; its actions lead nowhere by themselves."""

    role: RoleName
    unit: UnitWords = "= if department instance of string then department else department.unit"
    limit: LimitDefinition | None = None
    distinct_from: list[Key] = Field(default_factory=list)
    form: Key | None = None
    actions: dict[Key, ActionDefinition] = Field(min_length=1, max_length=20)


class JointDefinition(Shape):
    """A state in which several departments act, each for itself 联合审批.

    ``all`` must have acted; ``any`` one of them; ``count``: as many consents as ``needed``; ``veto``: one refusal
    ends it; ``lead``: what the lead says. Where the item says so, ``silence`` counts as the named action.
    """

    kind: Literal["joint"]
    title: Text
    phase: Phase
    departments: DepartmentsDefinition
    policy: Literal["all", "any", "count", "veto", "lead"] = "all"
    needed: Condition | None = None
    lead: Condition | None = None
    consents: list[Key] = Field(
        default_factory=list, description="actions, or outcomes of ends, that consent"
    )
    silence: Key | None = Field(default=None, description="the action that counts when the limit passes")
    silence_basis: Basis | None = None
    in_turn: bool = Field(default=False, description="one after the other")
    task: JointTaskDefinition | None = None
    start: Key | None = None
    states: dict[Key, StateDefinition] = Field(default_factory=dict, max_length=100)
    to: Key
    on: Events = Field(default_factory=dict, max_length=10)


StateDefinition = Annotated[
    TaskDefinition | DecisionDefinition | AutomaticDefinition | WaitDefinition | ParallelDefinition
    | SubflowDefinition | JointDefinition | EndDefinition,
    Field(discriminator="kind"),
]  # fmt: skip


class FlowDefinition(Shape):
    """A process 流程.

    ``withdrawal`` says until when the applicant may take the case back.
    """

    key: Key
    title: Text
    start: Key
    facts: dict[Key, FactType] = Field(default_factory=dict, description="facts that conditions use")
    withdrawal: Literal["before_acceptance", "before_decision", "never"] = "before_decision"
    states: dict[Key, StateDefinition] = Field(min_length=1, max_length=200)
