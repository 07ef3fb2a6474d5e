"""What we write beside BPMN 附注: attributes and extension elements of our namespace, by kind of element.

The words are those of the simple notation, so that a role, a limit or an action is written alike in both.
Texts are attributes in pairs: ``title`` and ``title_en``; where the English one is missing, the Chinese stands for it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from yizhan.releases.words import Basis, Key, Shape, Text
from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.parts import (
    Amount,
    Ask,
    Condition,
    MarkName,
    OfficePlace,
    Phase,
    Receiver,
    RoleName,
    Send,
)


def _split(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


Words = Annotated[list[str], BeforeValidator(_split)]
"""Several names in one attribute, with blanks between them."""


class LimitNote(Amount):
    """``yz:limit`` 时限."""

    kind: Literal["internal", "promised", "statutory"] = "internal"
    basis: Basis | None = None


class ActionNote(Shape):
    """``yz:action`` 操作: what somebody can do with a task, and the flow it takes."""

    key: Key
    title: Text | None = None
    flow: str | None = Field(default=None, description="id of the sequence flow")
    when: Condition | None = None
    closed: Text | None = Field(default=None, description="what is told where it is not open")
    reason: Literal["required", "optional", "none"] = "none"
    style: Literal["primary", "secondary", "danger"] = "secondary"
    asks: list[Ask] = Field(default_factory=list, max_length=20)


class SupplementNote(Shape):
    """``yz:supplement`` 补正."""

    key: Key = "supplement"
    title: Text
    reason: Literal["required", "optional", "none"] = "none"
    style: Literal["primary", "secondary", "danger"] = "secondary"
    once: bool = True
    asks: list[Ask] = Field(default_factory=list, max_length=20)


class ValueNote(Shape):
    """``yz:input`` 传入: a name and the expression that gives its value."""

    name: Key
    value: Condition


class TypeNote(Shape):
    """``yz:fact`` and ``yz:result``: a name and its type."""

    name: Key
    type: FactType


class EachNote(Shape):
    """``yz:each`` 多实例: what one is called, and where the list comes from."""

    name: Key = "one"
    of: Condition | None = None
    table: Key | None = None
    output: Key = "departments"


class PolicyNote(Shape):
    """``yz:policy`` 会商规则."""

    name: Literal["all", "any", "count", "veto", "lead"] = "all"
    needed: Condition | None = None
    lead: Condition | None = None
    consents: Words = Field(default_factory=list)
    silence: Key | None = None
    basis: Basis | None = None


class Note(Shape):
    """What any element may bear."""

    key: str | None = Field(default=None, pattern=r"^[A-Za-z_][\w./-]{0,119}$")
    name_en: str | None = None
    phase: Phase | None = None


class ProcessNote(Note):
    """A process."""

    withdrawal: Literal["before_acceptance", "before_decision", "never"] = "before_decision"
    facts: list[TypeNote] = Field(default_factory=list, max_length=200)


class UserTaskNote(Note):
    """A user task."""

    role: RoleName | None = None
    unit: str = Field(default="item unit", min_length=1, max_length=4096)
    form: Key | None = None
    distinct_from: Words = Field(default_factory=list)
    limit: LimitNote | None = None
    actions: list[ActionNote] = Field(default_factory=list, max_length=20)
    supplement: SupplementNote | None = None


class RuleTaskNote(Note):
    """A business rule task."""

    table: Key | None = None


class ServiceTaskNote(Note):
    """A service task."""

    does: Key | None = None
    waits: bool = False
    inputs: list[ValueNote] = Field(default_factory=list, max_length=40)
    results: list[TypeNote] = Field(default_factory=list, max_length=40)
    sends: list[Send] = Field(default_factory=list, max_length=10)


class SendNote(Note):
    """A send task, or an event that throws a message."""

    sends: list[Send] = Field(default_factory=list, max_length=10)


class WaitNote(Note):
    """A receive task, an event-based gateway or an event that is waited for."""

    audience: Literal["applicant", "outside"] = "outside"
    limit: LimitNote | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)
    asks: list[Ask] = Field(default_factory=list, max_length=20)


class BoundaryNote(Note):
    """A boundary event; with ``answer`` it is one more answer that the task awaits."""

    answer: bool = False
    limit: LimitNote | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)
    asks: list[Ask] = Field(default_factory=list, max_length=20)


class SpaceNote(Note):
    """A sub-process or a call; with ``own`` its steps see only what they are given."""

    own: bool = False
    inputs: list[ValueNote] = Field(default_factory=list, max_length=40)


class EndNote(Note):
    """An end event."""

    outcome: str | None = Field(default=None, pattern=r"^[A-Za-z_][\w.-]{0,39}$")
    sends: list[Send] = Field(default_factory=list, max_length=10)


class GatewayNote(Note):
    """A gateway; with ``of`` an exclusive one only says where the business rule task before it leads."""

    of: bool = False


class FlowNote(Note):
    """A sequence flow."""

    marks: MarkName | None = None
    outcome: Key | None = None
    sends: list[Send] = Field(default_factory=list, max_length=10)


class MessageNote(Note):
    """A message; with a template it can be sent."""

    template: Key | None = None
    to: Receiver = "applicant"
    unit: OfficePlace | None = None


class SeveralNote(Note):
    """Multi-instance characteristics."""

    each: EachNote | None = None
    policy: PolicyNote | None = None


NOTES: dict[str, type[Note]] = {
    "process": ProcessNote,
    "userTask": UserTaskNote,
    "businessRuleTask": RuleTaskNote,
    "serviceTask": ServiceTaskNote,
    "sendTask": SendNote,
    "intermediateThrowEvent": SendNote,
    "receiveTask": WaitNote,
    "eventBasedGateway": WaitNote,
    "intermediateCatchEvent": WaitNote,
    "boundaryEvent": BoundaryNote,
    "subProcess": SpaceNote,
    "callActivity": SpaceNote,
    "endEvent": EndNote,
    "exclusiveGateway": GatewayNote,
    "sequenceFlow": FlowNote,
    "message": MessageNote,
    "multiInstanceLoopCharacteristics": SeveralNote,
}
