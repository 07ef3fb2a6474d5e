"""Deadlines in days 期限: counted by working days or natural days, and able to explain themselves.

The day on which something happens is not counted (Civil Code art. 201; for licences working days,
Administrative Licensing Law art. 82). A limit in natural days that ends on a rest day moves to the next
working day (Civil Code art. 203: the day after the holiday).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from yizhan.calendar import wording
from yizhan.calendar.daytable import ONE_DAY, WEEKEND, Day, DayKind, Table
from yizhan.clock import ZONE
from yizhan.releases.words import Text


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "working_days"  # 工作日
    NATURAL_DAYS = "natural_days"  # 自然日
    DUTY_HOURS = "duty_hours"  # 工作时: hours of a duty roster, usually those of an office
    NATURAL_HOURS = "natural_hours"  # 自然小时: round the clock, for what is urgent

    @property
    def in_hours(self) -> bool:
        """Whether it ends at a moment, not with a day."""
        return self in {Unit.DUTY_HOURS, Unit.NATURAL_HOURS}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted, and why."""

    day: date
    why: Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a limit and how it was found.

    Attributes:
        due: the last day of the limit.
        counted: how many days were counted, in ``unit``.
        skipped: days between start and due that were not counted (working days), or the rest days over
            which the end was moved (natural days).
        made_up: Saturdays and Sundays that were counted because they are worked.
        moved_from: the rest day on which a limit in natural days would have ended.
        provisional: the limit reaches into days whose plan is not published; it may change.
        provisional_from: the first day without a published plan, when ``provisional``.
    """

    start: date
    due: date
    unit: Unit
    counted: int
    skipped: tuple[Skipped, ...]
    made_up: tuple[Skipped, ...]
    moved_from: date | None
    provisional_from: date | None

    @property
    def provisional(self) -> bool:
        """Whether a plan yet to be published may change the result."""
        return self.provisional_from is not None

    @property
    def ends_at(self) -> datetime:
        """The first moment after the limit: midnight at the end of the due day (Civil Code art. 203)."""
        return datetime.combine(self.due + ONE_DAY, time(), ZONE)

    def explain(self) -> list[str]:
        """Start, days counted, days skipped and why: sentences of the active language."""
        if self.moved_from is None:
            working = self.unit is Unit.WORKING_DAYS
            first = wording.counted(self.start, self.due, self.counted, working=working)
        else:
            first = wording.moved(self.start, self.moved_from, self.due, self.counted)
        sentences = [
            first,
            wording.skipped([(skip.day, skip.why) for skip in self.skipped]),
            wording.made_up([(skip.day, skip.why) for skip in self.made_up]),
            wording.provisional(self.provisional_from),
        ]
        return [sentence for sentence in sentences if sentence]


def deadline(table: Table, start: date | datetime, *, working_days: int) -> Deadline:
    """The end of a limit in working days.

    Args:
        table: the calendar.
        start: when it began (the day of acceptance); that day is not counted.
        working_days: the limit; with 0 it is the day itself, or the next working day.

    Raises:
        ValueError: a negative limit, or a moment without a time zone.
        BeyondCalendar: the limit reaches over the calendar's end.
    """
    begun = day_of(start)
    due = table.due(begun, working_days)
    passed = table.unusual(begun + ONE_DAY, due) if due > begun else []
    return Deadline(
        start=begun,
        due=due,
        unit=Unit.WORKING_DAYS,
        counted=working_days,
        skipped=_reasons(day for day in passed if not day.is_work),
        made_up=_reasons(day for day in passed if day.kind is DayKind.MADE_UP),
        moved_from=None,
        provisional_from=table.provisional_from if table.is_provisional(due) else None,
    )


def natural_deadline(table: Table, start: date | datetime, *, days: int) -> Deadline:
    """The end of a limit in natural days; it moves off a rest day to the next working day.

    Args:
        table: the calendar.
        start: when it began; that day is not counted.
        days: the limit.

    Raises:
        ValueError: a negative limit, or a moment without a time zone.
        BeyondCalendar: the limit reaches over the calendar's end.
    """
    if days < 0:
        raise ValueError("a limit has no negative number of days")
    begun = day_of(start)
    ends = begun + days * ONE_DAY
    due = table.next_work(ends)
    moved = due != ends
    return Deadline(
        start=begun,
        due=due,
        unit=Unit.NATURAL_DAYS,
        counted=days,
        skipped=_reasons(day for day in table.days(ends, due) if not day.is_work) if moved else (),
        made_up=(),
        moved_from=ends if moved else None,
        provisional_from=table.provisional_from if table.is_provisional(due) else None,
    )


def day_of(moment: date | datetime) -> date:
    """The district's date of a moment.

    Raises:
        ValueError: a moment without a time zone.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no certain date")
    return moment.astimezone(ZONE).date()


def _reasons(days: Iterable[Day]) -> tuple[Skipped, ...]:
    return tuple(Skipped(day.day, day.why or WEEKEND) for day in days)
