"""Duty hours 办公时间: which hours of which days count, and limits counted in them.

Hours run only while the office is open. A limit of four hours set on Friday at 16:00 ends on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from yizhan.calendar import wording
from yizhan.calendar.daytable import ONE_DAY, WEEKEND, Table
from yizhan.calendar.deadlines import Skipped
from yizhan.clock import ZONE

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_MINUTES_OF_A_DAY = 24 * 60

Span = tuple[timedelta, timedelta]


def _spans(text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in text.split():
        found = _SPAN.fullmatch(part)
        if found is None:
            raise ValueError(f"not a span of hours such as 9:00-12:00: {part}")
        hours_from, minutes_from, hours_to, minutes_to = map(int, found.groups())
        opens, closes = hours_from * 60 + minutes_from, hours_to * 60 + minutes_to
        before = spans[-1][1] if spans else timedelta()
        if not before <= timedelta(minutes=opens) < timedelta(minutes=closes) or closes > _MINUTES_OF_A_DAY:
            raise ValueError(f"spans of hours overlap or run backwards: {text}")
        spans.append((timedelta(minutes=opens), timedelta(minutes=closes)))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class DutyHours:
    """A weekly table of hours.

    Attributes:
        working: the spans of a working day, from midnight; made-up Saturdays are working days.
        resting: the spans of a rest day; none for an office, the same as ``working`` for a roster 值班.
        by_weekday: other spans of a working day on some weekdays (0 is Monday).
    """

    working: tuple[Span, ...]
    resting: tuple[Span, ...] = ()
    by_weekday: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def always(self) -> bool:
        """Whether no hour of any day is off duty."""
        return self == ALWAYS

    @classmethod
    def of(cls, working: str, *, resting: str = "", by_weekday: Mapping[int, str] | None = None) -> DutyHours:
        """Read hours as people write them: ``9:00-12:00 13:00-17:00``; a day may end at 24:00.

        Raises:
            ValueError: something is not a span, spans overlap or run backwards, no hours at all.
        """
        others = {weekday: _spans(text) for weekday, text in (by_weekday or {}).items()}
        read = cls(_spans(working), _spans(resting), others)
        if not read.working:
            raise ValueError("duty hours without hours")
        return read

    def openings(self, day: date, *, is_work: bool) -> Iterator[tuple[datetime, datetime]]:
        """When the office opens and closes on a day."""
        midnight = datetime.combine(day, time(), ZONE)
        spans = self.by_weekday.get(day.weekday(), self.working) if is_work else self.resting
        for opens, closes in spans:
            yield midnight + opens, midnight + closes


OFFICE = DutyHours.of("9:00-12:00 13:00-17:00")
"""Usual office hours, a default: an office's own hours are its own data."""
ROSTER = DutyHours.of("8:00-20:00", resting="8:00-20:00")
"""A duty roster on every day of the week, a default likewise."""
ALWAYS = DutyHours.of("0:00-24:00", resting="0:00-24:00")
"""Round the clock: what is urgent is counted in natural hours."""


@dataclass(frozen=True, slots=True)
class HourDeadline:
    """The end of a limit in duty hours and how it was found.

    Attributes:
        worked: how much of each day was counted.
        skipped: days on the way without any duty hours, and why.
    """

    start: datetime
    due_at: datetime
    length: timedelta
    worked: tuple[tuple[date, timedelta], ...]
    skipped: tuple[Skipped, ...]
    provisional_from: date | None

    @property
    def provisional(self) -> bool:
        """Whether a plan yet to be published may change the result."""
        return self.provisional_from is not None

    def explain(self) -> list[str]:
        """Start, hours of each day, days skipped and why: sentences of the active language."""
        sentences = [
            wording.hours(self.start, self.due_at, self.length),
            wording.hours_by_day(self.worked),
            wording.skipped([(skip.day, skip.why) for skip in self.skipped]),
            wording.provisional(self.provisional_from),
        ]
        return [sentence for sentence in sentences if sentence]


def add_hours(table: Table, duty: DutyHours, start: datetime, length: timedelta) -> HourDeadline:
    """The moment when so much duty time has passed since ``start``.

    Raises:
        ValueError: a negative length, or a moment without a time zone.
        BeyondCalendar: the limit reaches over the calendar's end.
    """
    if length < timedelta() or start.tzinfo is None:
        raise ValueError("a limit is not negative and begins at a moment with a time zone")
    start = start.astimezone(ZONE)
    left, due_at = length, start
    worked: list[tuple[date, timedelta]] = []
    skipped: list[Skipped] = []
    day = start.date()
    while left:
        today = table.at(day)
        spans = list(duty.openings(day, is_work=today.is_work))
        passed = timedelta()
        for opens, closes in spans:
            used = min(max(closes - max(opens, start), timedelta()), left)
            if used:
                left, due_at, passed = left - used, max(opens, start) + used, passed + used
        if passed:
            worked.append((day, passed))
        elif not spans:
            skipped.append(Skipped(day, today.why or WEEKEND))
        day += ONE_DAY
    late = table.is_provisional(due_at.date())
    return HourDeadline(
        start, due_at, length, tuple(worked), tuple(skipped), table.provisional_from if late else None
    )


def hours_between(table: Table, duty: DutyHours, start: datetime, end: datetime) -> timedelta:
    """Duty time from ``start`` to ``end``; negative when ``end`` is earlier.

    Raises:
        ValueError: a moment without a time zone.
        BeyondCalendar: a day is not in the calendar.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("duty time is counted between moments with a time zone")
    if end < start:
        return -hours_between(table, duty, end, start)
    start, end = start.astimezone(ZONE), end.astimezone(ZONE)
    total = timedelta()
    for day in table.days(start.date(), end.date()):
        for opens, closes in duty.openings(day.day, is_work=day.is_work):
            total += max(min(closes, end) - max(opens, start), timedelta())
    return total
