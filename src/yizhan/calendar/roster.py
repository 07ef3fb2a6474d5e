"""The hours of a duty roster as people write them 值班时段: ``8:00-12:00 14:00-20:00``."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.calendar.duty import OFFICE, DutyHours
from yizhan.releases.words import Shape


class Roster(Shape):
    """Which hours of a day count 值班时段; beside those of the office, which need not be written."""

    working: str
    resting: str = Field(default="", description="hours on rest days; empty: none")

    @model_validator(mode="after")
    def _readable(self) -> Roster:
        self.hours()
        return self

    def hours(self) -> DutyHours:
        """As the calendar counts with them."""
        try:
            return DutyHours.of(self.working, resting=self.resting)
        except ValueError as fault:
            raise ValueError(_("值班时段须写成 8:00-12:00 14:00-20:00 的样子，不能重叠")) from fault


def hours_of(roster: Roster | None) -> DutyHours:
    """The hours of a roster; without one those of an office."""
    return roster.hours() if roster else OFFICE
