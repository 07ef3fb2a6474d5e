"""What a step brings about 效果: values for the room above to write down and carry out, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from yizhan.releases.words import Text
from yizhan.workflow.processes.nodes import Limit, UnitRule
from yizhan.workflow.processes.parts import Phase, Receiver
from yizhan.workflow.processes.situation import Mark, Scope, Situation, Token
from yizhan.workflow.tables.decision import Decision
from yizhan.workflow.words import Words

ClockName: TypeAlias = Literal["acceptance", "handling", "delivery"]


@dataclass(frozen=True, slots=True)
class Enter:
    """The case came to a node, whether it stays there or passes through."""

    node: str


@dataclass(frozen=True, slots=True)
class NewToken:
    """The case stands at a new place."""

    token: Token


@dataclass(frozen=True, slots=True)
class ClosedToken:
    """The case has left a place."""

    token: Token


@dataclass(frozen=True, slots=True)
class OpenScope:
    """A scope was opened."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class ChangeScope:
    """Something was kept in a scope, or somebody joined or left it."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class CloseScope:
    """A scope has ended; all its tokens are closed."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """The unit a task goes to: ``code`` where the process says so, else by the rule."""

    rule: UnitRule
    code: str = ""

    @classmethod
    def of(cls, place: str | None) -> UnitChoice | None:
        """A unit as a message names it: a rule, or a code."""
        if place is None:
            return None
        by_rule = place in {UnitRule.ITEM_UNIT, UnitRule.AREA_SUBDISTRICT}
        return cls(UnitRule(place)) if by_rule else cls(UnitRule.CODE, place)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Somebody has something to do. It belongs to the token and ends with it.

    Attributes:
        distinct_from: states whose last doer may not do this one 职责分离.
        form: the form of the pack to be filled in with it, if any.
        one: for whom or what it is, where each of several has one.
    """

    token: int
    node: str
    title: Text
    phase: Phase
    role: str
    unit: UnitChoice
    limit: Limit | None
    distinct_from: tuple[str, ...]
    form: str | None
    one: Any = None


@dataclass(frozen=True, slots=True)
class CancelTask:
    """A task is no longer to be done."""

    token: int
    node: str


@dataclass(frozen=True, slots=True)
class WaitFor:
    """The case waits for the applicant or the outside; it ends with its token."""

    token: int
    node: str
    title: Text
    phase: Phase
    audience: str
    answers: tuple[str, ...]
    limit: Limit | None


@dataclass(frozen=True, slots=True)
class ArmTimer:
    """When this limit has passed, or at ``moment``, the event ``Timer(ref)`` is to be given.

    Attributes:
        moment: a date, a date and time, or a duration from now on, as text, where there is no limit.
    """

    ref: str
    token: int
    limit: Limit | None
    moment: str = ""


@dataclass(frozen=True, slots=True)
class DropTimer:
    """A timer is no longer wanted."""

    ref: str


@dataclass(frozen=True, slots=True)
class DecideWith:
    """A table was asked; the decision explains itself."""

    node: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class MarkCase:
    """The case passed a moment that the law notices; ``by`` tells how: action, answer, expiry, flow …"""

    mark: Mark
    by: str


@dataclass(frozen=True, slots=True)
class StartClock:
    """A clock of the whole case begins to run."""

    clock: ClockName


@dataclass(frozen=True, slots=True)
class StopClock:
    """A clock of the whole case stops for good."""

    clock: ClockName


@dataclass(frozen=True, slots=True)
class PutMessage:
    """A message leaves: a template of the pack, to the applicant, the agent or the holders of a role.

    Attributes:
        node: where the case stands or stood as it leaves.
        unit: whose holders of the role; none: those of the unit that acts there.
    """

    template: str
    to: Receiver
    node: str = ""
    unit: UnitChoice | None = None


@dataclass(frozen=True, slots=True)
class Perform:
    """A work that the house knows is to be done, with these arguments as JSON.

    Attributes:
        token: the place that waits for its report; none if nobody waits.
    """

    node: str
    work: str
    arguments: Mapping[str, Any]
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """The case goes on after its end; what was decided no longer stands."""

    node: str


@dataclass(frozen=True, slots=True)
class Close:
    """The case has ended: ``how`` is completed, withdrawn or terminated."""

    how: str
    outcome: str


Effect: TypeAlias = (
    Enter | NewToken | ClosedToken | OpenScope | ChangeScope | CloseScope | OpenTask | CancelTask | WaitFor | ArmTimer
    | DropTimer | DecideWith | MarkCase | StartClock | StopClock | PutMessage | Perform | Reopen
    | Close
)  # fmt: skip
E = TypeVar("E", bound=Effect)


@dataclass(frozen=True, slots=True)
class Effects:
    """A step: where the case stands now, what follows, and what should be told about it."""

    situation: Situation
    changes: tuple[Effect, ...]
    reasons: tuple[Words, ...]

    def of(self, kind: type[E]) -> list[E]:
        """The effects of one kind."""
        return [change for change in self.changes if isinstance(change, kind)]
