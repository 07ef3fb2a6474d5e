"""How a process is written 流程定义: the simple notation ``processes/*.flow.yaml``, for people to read.

A process is a set of states. A case stands in one of them until somebody or something answers.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from yizhan.releases.words import Basis, Key, Shape, Text
from yizhan.workflow.facts import FactType

Phase: TypeAlias = Literal["intake", "review", "decision", "delivery"]
MarkName: TypeAlias = Literal["accepted", "not_accepted", "decided", "delivered"]
Condition = Annotated[str, Field(min_length=1, max_length=4096)]
RoleName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}\.[a-z][a-z0-9_]{0,59}$")]
Receiver = Annotated[str, Field(pattern=r"^(applicant|agent|[a-z][a-z0-9_]{0,59}\.[a-z][a-z0-9_]{0,59})$")]


class Choice(Shape):
    """One answer of a choice."""

    value: Key
    title: Text


class Ask(Shape):
    """Something to be entered with an action 随同填写."""

    key: Key
    kind: Literal["text", "choice", "money", "date"] = "text"
    title: Text
    required: bool = False
    choices: list[Choice] = Field(default_factory=list, max_length=60)


class Send(Shape):
    """A message that leaves with a step 通知: which template, to the applicant, the agent or a role."""

    template: Key
    to: Receiver = "applicant"


class Expiry(Shape):
    """What happens by itself when a limit passes 逾期, such as acceptance under article 32."""

    to: Key
    title: Text | None = None
    marks: MarkName | None = None
    outcome: Key | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)


class LimitDefinition(Shape):
    """How long a state may last 环节时限: an amount in exactly one unit."""

    working_days: int | None = Field(default=None, ge=0, le=1000)
    natural_days: int | None = Field(default=None, ge=0, le=3660)
    duty_hours: int | None = Field(default=None, ge=0, le=1000)
    kind: Literal["internal", "promised", "statutory"] = "internal"
    basis: Basis | None = None
    on_expiry: Expiry | None = None


class ActionDefinition(Shape):
    """What somebody can do with a task 操作.

    A ``step`` leads to another state. A ``supplement`` is a command about the whole case: the clock stands
    still and the task waits, so it leads nowhere.
    """

    title: Text
    kind: Literal["step", "supplement"] = "step"
    to: Key | None = None
    when: Condition | None = Field(default=None, description="open only where this is true")
    asks: list[Ask] = Field(default_factory=list, max_length=20)
    reason: Literal["required", "optional", "none"] = "none"
    marks: MarkName | None = None
    outcome: Key | None = Field(default=None, description="how it is decided; with marks: decided")
    style: Literal["primary", "secondary", "danger"] = "secondary"
    sends: list[Send] = Field(default_factory=list, max_length=10)
    once: bool = Field(default=True, description="supplement: only once in a case")


class AnswerDefinition(Shape):
    """What the applicant or the outside can answer where a case waits 答复."""

    title: Text
    to: Key
    asks: list[Ask] = Field(default_factory=list, max_length=20)
    marks: MarkName | None = None
    outcome: Key | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)


class TaskDefinition(Shape):
    """A state in which an official acts 人工环节."""

    kind: Literal["task"]
    title: Text
    phase: Phase
    role: RoleName
    unit: str = Field(
        default="item unit",
        min_length=1,
        max_length=4096,
        description="`item unit`, `area subdistrict`, a unit's code, or `= expression` that gives a code",
    )
    limit: LimitDefinition | None = None
    distinct_from: list[Key] = Field(default_factory=list, description="states another person must have done")
    form: Key | None = None
    actions: dict[Key, ActionDefinition] = Field(min_length=1, max_length=20)


class CaseDefinition(Shape):
    """One way out of a decision 分支."""

    when: Condition
    to: Key
    title: Text | None = None


class DecisionDefinition(Shape):
    """A state that decides by itself 判定环节: the first case that is true, or ``otherwise``.

    With a table, conditions see its outputs by name. Where the table does not decide, it goes ``otherwise``.
    """

    kind: Literal["decision"]
    title: Text
    phase: Phase
    table: Key | None = None
    cases: list[CaseDefinition] = Field(min_length=1, max_length=60)
    otherwise: Key | None = None


class AutomaticDefinition(Shape):
    """A state in which the house itself does something 自动环节 and goes on at once."""

    kind: Literal["automatic"]
    title: Text
    phase: Phase
    does: Key | None = Field(default=None, description="a work the house knows, such as issue_licence")
    with_: dict[Key, Condition] = Field(default_factory=dict, alias="with", max_length=40)
    sends: list[Send] = Field(default_factory=list, max_length=10)
    marks: MarkName | None = None
    outcome: Key | None = None
    to: Key


class WaitDefinition(Shape):
    """A state in which a case waits for the applicant, or for something outside 等待环节."""

    kind: Literal["wait"]
    title: Text
    phase: Phase
    audience: Literal["applicant", "outside"] = "applicant"
    limit: LimitDefinition | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)
    answers: dict[Key, AnswerDefinition] = Field(min_length=1, max_length=20)


class EndDefinition(Shape):
    """A state in which a case is finished 办结."""

    kind: Literal["end"]
    title: Text
    outcome: Key
    sends: list[Send] = Field(default_factory=list, max_length=10)


StateDefinition = Annotated[
    TaskDefinition | DecisionDefinition | AutomaticDefinition | WaitDefinition | EndDefinition,
    Field(discriminator="kind"),
]


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
