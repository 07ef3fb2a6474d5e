"""Limits that laws set 法定期限: what ``limits/*.yaml`` of a pack says, each with its basis.

They are data with sources, not rules of the house: what nobody has read at its source is marked unverified.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.calendar.deadlines import Unit
from yizhan.calendar.roster import Roster, hours_of
from yizhan.calendar.running import Budget
from yizhan.releases.models import Current, definition, release
from yizhan.releases.words import Basis, Key, Shape, Text

KIND = "limits"


class Extending(Shape):
    """By how much a limit can be extended, and with whose approval."""

    amount: int = Field(ge=1, le=1000)
    words: Text


class LawLimit(Shape):
    """One limit of a law."""

    key: Key
    title: Text
    amount: int = Field(ge=0, le=1000)
    unit: Literal["working_days", "natural_days", "duty_hours", "natural_hours"]
    hours: Roster | None = None
    since: Text = Field(description="from which event it is counted")
    extension: Extending | None = None
    not_counted: Text | None = Field(default=None, description="what is not counted, by the law")
    basis: Basis

    @model_validator(mode="after")
    def _hours_of_a_roster(self) -> LawLimit:
        if self.hours is not None and self.unit != "duty_hours":
            raise ValueError(_("只有以工作小时（duty_hours）计的期限才有值班时段（hours）"))
        return self

    def budget(self, *, extended: bool = False) -> Budget:
        """As the calendar reckons with it."""
        more = self.extension.amount if extended and self.extension else 0
        return Budget(self.amount, Unit(self.unit), more, hours_of(self.hours))


class LawLimits(Shape):
    """The limits of one law or subject."""

    key: Key
    title: Text
    order: int = 100
    note: Text | None = None
    limits: list[LawLimit] = Field(min_length=1, max_length=60)

    @model_validator(mode="after")
    def _each_once(self) -> LawLimits:
        keys = [one.key for one in self.limits]
        if len(set(keys)) < len(keys):
            raise ValueError(_("同一个 key 只能出现一次"))
        return self


@dataclass(frozen=True, slots=True)
class Published:
    """A limit as the packs in force have it; ``name`` is what addresses call it."""

    name: str
    group: LawLimits
    limit: LawLimit


def published() -> list[Published]:
    """All limits of all packs in force, by subject."""
    return list(_of(tuple(Current.objects.order_by("pack").values_list("release_id", flat=True))))


def named(name: str) -> Published | None:
    """The limit of this name, or None."""
    return next((one for one in published() if one.name == name), None)


@lru_cache(maxsize=8)
def _of(releases: tuple[int, ...]) -> tuple[Published, ...]:
    groups = [
        definition(number, KIND, key, LawLimits) for number in releases for key in release(number).keys(KIND)
    ]
    groups.sort(key=lambda group: (group.order, group.key))
    return tuple(
        Published(f"{group.key}.{limit.key}", group, limit) for group in groups for limit in group.limits
    )
