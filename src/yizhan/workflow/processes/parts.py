"""Parts of a written process 流程定义的组成部分: questions, messages, limits, actions, answers, events meanwhile."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.calendar.roster import Roster
from yizhan.releases.words import Amiss, Basis, Key, Shape, Text

Phase: TypeAlias = Literal["intake", "review", "decision", "delivery"]
MarkName: TypeAlias = Literal["accepted", "not_accepted", "decided", "delivered"]
Condition = Annotated[str, Field(min_length=1, max_length=4096)]
TableName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}(\.[\w][\w .-]{0,119})?$")]
"""A table of the pack, or a decision of one of its models: ``model.decision``."""
RoleName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}\.[a-z][a-z0-9_]{0,59}$")]
Receiver = Annotated[str, Field(pattern=r"^(applicant|agent|[a-z][a-z0-9_]{0,59}\.[a-z][a-z0-9_]{0,59})$")]


class Choice(Shape):
    """One answer of a choice."""

    value: Key
    title: Text


class Ask(Shape):
    """Something to be entered with an action 随同填写: words on a line or on several, a choice, files."""

    key: Key
    kind: Literal["text", "long_text", "choice", "money", "date", "file"] = "text"
    title: Text
    required: bool = False
    choices: list[Choice] = Field(default_factory=list, max_length=60)


OfficePlace = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^=]")]


class Send(Shape):
    """A message that leaves with a step 通知: which template, to the applicant, the agent or a role.

    A role's holders are told whose reach covers the ``unit``; without one the unit of the task at which it leaves,
    and the item's unit where there is none.
    """

    template: Key
    to: Receiver = "applicant"
    unit: OfficePlace | None = Field(
        default=None, description="of a role: `item unit`, `area subdistrict`, or a unit's code"
    )

    @property
    def is_to_role(self) -> bool:
        """Whether officials are told."""
        return "." in self.to

    @model_validator(mode="after")
    def _unit_of_a_role(self) -> Send:
        if self.unit is not None and not self.is_to_role:
            raise Amiss(_("只有发给角色的通知才写单位（unit）"), at="unit")
        return self


UNITS = ("working_days", "natural_days", "duty_hours", "natural_hours")


class Amount(Shape):
    """A length of time 时长: an amount in exactly one unit."""

    working_days: int | None = Field(default=None, ge=0, le=1000)
    natural_days: int | None = Field(default=None, ge=0, le=3660)
    duty_hours: int | None = Field(default=None, ge=0, le=1000)
    natural_hours: int | None = Field(
        default=None, ge=0, le=1000, description="round the clock: what is urgent"
    )
    hours: Roster | None = Field(default=None, description="the roster of duty_hours; none: office hours")

    @property
    def amounts(self) -> dict[str, int]:
        """The amounts that are given, by unit; one in a valid definition."""
        named = {unit: getattr(self, unit) for unit in UNITS}
        return {unit: amount for unit, amount in named.items() if amount is not None}


class Expiry(Shape):
    """What happens by itself when a limit passes 逾期, such as acceptance under article 32."""

    to: Key
    title: Text | None = None
    marks: MarkName | None = None
    outcome: Key | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)


class LimitDefinition(Amount):
    """How long a state may last 环节时限: an amount in exactly one unit."""

    kind: Literal["internal", "promised", "statutory"] = "internal"
    basis: Basis | None = None
    on_expiry: Expiry | None = None


class EventDefinition(Shape):
    """What may happen while a case stays in a state 其间发生: a time passes, a message comes, an error is met.

    Exactly one of ``after``, ``at``, ``message`` and ``error`` says what. It ends the state and leads on, or
    happens beside it (``interrupts: false``): then it may lead nowhere and only send messages, to urge or to escalate.
    """

    after: Amount | None = None
    at: Condition | None = Field(default=None, description="gives a date, a date and time, or a duration")
    message: Key | None = None
    error: Key | None = Field(default=None, description="the error's key, or `any`")
    title: Text | None = None
    interrupts: bool = True
    to: Key | None = None
    marks: MarkName | None = None
    outcome: Key | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)


class ActionDefinition(Shape):
    """What somebody can do with a task 操作.

    A ``step`` leads to another state. A ``supplement`` is a command about the whole case: the clock stands
    still and the task waits, so it leads nowhere.
    """

    title: Text
    kind: Literal["step", "supplement"] = "step"
    to: Key | None = None
    when: Condition | None = Field(default=None, description="open only where this is true")
    closed: Text | None = Field(default=None, description="what is told where it is not open")
    asks: list[Ask] = Field(default_factory=list, max_length=20)
    reason: Literal["required", "optional", "none"] = "none"
    marks: MarkName | None = None
    outcome: Key | None = Field(default=None, description="how it is decided; with marks: decided")
    style: Literal["primary", "secondary", "danger"] = "secondary"
    sends: list[Send] = Field(default_factory=list, max_length=10)
    once: bool = Field(default=True, description="supplement: only once in a case")

    @model_validator(mode="after")
    def _told_of_a_condition(self) -> ActionDefinition:
        if self.closed is not None and self.when is None:
            raise ValueError(_("没有条件（when），请删去 closed"))
        return self


class AnswerDefinition(Shape):
    """What the applicant or the outside can answer where a case waits 答复."""

    title: Text
    to: Key
    asks: list[Ask] = Field(default_factory=list, max_length=20)
    marks: MarkName | None = None
    outcome: Key | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)


class CaseDefinition(Shape):
    """One way out of a decision 分支."""

    when: Condition
    to: Key
    title: Text | None = None
