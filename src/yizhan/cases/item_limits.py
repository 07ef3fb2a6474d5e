"""What a pack says about the limits of an item 时限: how long, what lets them stand still, who may extend them.

Which kinds of waiting stop a clock, on which basis and how it goes on afterwards differs from law to law, so all
of it is data of the item. Nothing here is a default of law: an item that names no kind has none.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.calendar import deadlines
from yizhan.calendar.roster import Roster, hours_of
from yizhan.calendar.running import Budget
from yizhan.releases.words import Basis, Key, Shape, Text
from yizhan.workflow.processes.parts import OfficePlace, RoleName

Unit = Literal["working_days", "natural_days", "duty_hours", "natural_hours"]
SuspensionKind = Literal[
    "supplement", "hearing", "tender", "auction", "inspection", "test", "quarantine", "appraisal",
    "expert_review", "third_party", "force_majeure",
]  # fmt: skip
ClockKind = Literal["acceptance", "promised", "statutory", "internal", "delivery"]
_EVERY: tuple[ClockKind, ...] = ("acceptance", "promised", "statutory", "internal", "delivery")
Role = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]


class Limit(Shape):
    """A time limit 时限."""

    amount: int = Field(ge=0, le=1000)
    unit: Unit = "working_days"
    hours: Roster | None = Field(default=None, description="the roster of duty_hours; none: office hours")
    basis: Basis | None = None
    words: Text | None = None

    @model_validator(mode="after")
    def _hours_of_a_roster(self) -> Limit:
        if self.hours is not None and self.unit != "duty_hours":
            raise ValueError(_("只有以工作小时（duty_hours）计的时限才有值班时间（hours）"))
        return self

    def budget(self) -> Budget:
        """As the calendar reckons with it."""
        return budget(self.amount, self.unit, hours=self.hours.model_dump() if self.hours else None)


def budget(amount: int, unit: str, *, extended: int = 0, hours: dict[str, Any] | None = None) -> Budget:
    """A budget from plain values, such as a clock's."""
    roster = Roster.model_validate(hours) if hours else None
    return Budget(amount, deadlines.Unit(unit), extended, hours_of(roster))


class SuspensionRule(Shape):
    """A kind of waiting that stops clocks 中止计时的情形, such as a hearing: basis, which clocks, how it ends."""

    kind: SuspensionKind
    basis: Basis | None = None
    clocks: list[ClockKind] = Field(
        default=list(_EVERY), min_length=1, description="which clocks stand still"
    )
    restart: bool = Field(default=False, description="afterwards the budget begins anew")
    of: Literal["case", "task"] = Field(
        default="case", description="task: a department stops its own clock only"
    )
    ends: Literal["command", "planned_day"] = Field(
        default="command", description="planned_day: it ends by itself after the day that was told"
    )
    document: Literal["required", "optional"] = Field(
        default="optional", description="the paper that tells of it"
    )

    @model_validator(mode="after")
    def _own_clock(self) -> SuspensionRule:
        if self.of == "task" and self.clocks not in (["internal"], list(_EVERY)):
            raise ValueError(_("部门只能中止自己的环节时限（clocks: [internal]）"))
        if self.kind != "supplement" and self.basis is None:
            raise ValueError(_("中止计时须写明依据（basis）"))
        return self


class ExtensionRule(Shape):
    """One extension 延长期限, with the approval of whoever holds the role."""

    amount: int = Field(ge=1, le=1000, description="in the unit of the limit")
    role: Role
    unit: str = Field(default="", max_length=60, description="at which unit; empty: the item's own")
    clocks: list[Literal["promised", "statutory"]] = Field(default=["promised", "statutory"], min_length=1)
    basis: Basis


class CardLetter(Shape):
    """Whom a card is told of 亮牌告知: the holders of a role whose reach covers the unit that it fell at, or another."""

    template: Key
    to: RoleName
    unit: OfficePlace | None = Field(
        default=None, description="`item unit`, `area subdistrict`, a unit's code; none: where the card fell"
    )
    colours: list[Literal["blue", "yellow", "red"]] = Field(
        default=["blue", "yellow", "red"], min_length=1, description="of which cards"
    )
    clocks: list[ClockKind] = Field(default=list(_EVERY), min_length=1, description="of which clocks")


_SUPPLEMENT = SuspensionRule(kind="supplement", clocks=["acceptance", "internal"], restart=True)


class Limits(Shape):
    """The limits of an item 法定时限与承诺时限. The promise may never be longer than the law."""

    acceptance: Limit = Limit(amount=5)
    by_silence: bool = Field(
        default=False, description="accepted by law as of receipt if nobody answered within the limit"
    )
    statutory: Limit
    promised: Limit
    supplement: Limit = Field(default=Limit(amount=10), description="time for the applicant to answer")
    delivery: Limit = Field(default=Limit(amount=10), description="time to deliver what was decided")
    suspensions: list[SuspensionRule] = Field(default_factory=list, max_length=20)
    extension: ExtensionRule | None = None
    cards: list[CardLetter] = Field(default_factory=list, max_length=10)

    @model_validator(mode="after")
    def _promise_within_law(self) -> Limits:
        same_unit = self.statutory.unit == self.promised.unit
        if same_unit and self.promised.amount > self.statutory.amount:
            raise ValueError(_("承诺时限不能长于法定时限"))
        kinds = [(one.kind, one.of) for one in self.suspensions]
        if len(set(kinds)) < len(kinds):
            raise ValueError(_("同一种中止情形只能写一次"))
        return self

    def suspension(self, kind: str, of: str = "case") -> SuspensionRule | None:
        """What the item says about a kind of waiting; of a supplement there is always something."""
        found = next((one for one in self.suspensions if (one.kind, one.of) == (kind, of)), None)
        return found or (_SUPPLEMENT if kind == "supplement" else None)
