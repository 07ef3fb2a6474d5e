"""When a limit ends, and why 期限的推算: from its start, its budget and the times in which it stood still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from yizhan import calendar
from yizhan.calendar.daytable import ONE_DAY, Table
from yizhan.calendar.running import Budget, Pause, Run, run, so_far
from yizhan.calendar.telling import Explanation, explain
from yizhan.cases import naming
from yizhan.cases.item_limits import budget
from yizhan.cases.models import Clock, Span
from yizhan.clock import ZONE
from yizhan.releases.words import Basis
from yizhan.ui.dates import day, moment

_TODAY_ENDS = timedelta(microseconds=1)


@dataclass(frozen=True)
class Course:
    """How a limit runs: when it ends and when to warn, both none while it stands still, and why.

    Attributes:
        due_at: the first moment after the limit.
        last_day: the last day of the limit.
        provisional: it reaches into a year whose calendar is not yet published.
    """

    due_at: datetime | None
    last_day: date | None
    warn_at: datetime | None
    provisional: bool
    explanation: Explanation

    @property
    def used(self) -> int | None:
        """What was used when it came to stand still: days, or seconds of a limit in hours; none while it runs."""
        run = self.explanation.run
        if not run.standing:
            return None
        return int(run.used.total_seconds()) if run.budget.unit.in_hours else run.used.days

    @property
    def why(self) -> list[str]:
        """The sentences that say why, in the language of the page."""
        return self.explanation.sentences()

    @property
    def words(self) -> str:
        """The sentences one after the other."""
        return self.explanation.words


@dataclass(frozen=True)
class Reckoned(Course):
    """How a limit runs that never stands still."""

    due_at: datetime
    last_day: date
    warn_at: datetime


def reckon(since: datetime, limit: Budget, table: Table | None = None) -> Reckoned:
    """Reckon a limit that began at a moment and runs through."""
    known = table or calendar.table()
    found = run(known, since, limit)
    due_at, last = found.due_at, found.last_day
    if due_at is None or last is None:
        raise AssertionError("a limit without a pause has an end")
    return Reckoned(due_at, last, _day_before(known, last), _provisional(found), explain(known, found))


def reckoned(clock: Clock, table: Table | None = None, spans: Sequence[Span] | None = None) -> Course:
    """How a clock's end was found: days counted, days skipped and why, and where it stood still.

    Args:
        table: the calendar, where whoever asks has it already.
        spans: the spans of its case, likewise; others' are left out.
    """
    known = table or calendar.table()
    mine = of_clock(clock, spans)
    found = run(known, clock.started_at, budget_of(clock), pauses(mine))
    last = found.last_day
    return Course(
        found.due_at,
        last,
        _day_before(known, last) if last else None,
        _provisional(found),
        explain(known, found),
    )


def used(clock: Clock, now: datetime, table: Table, spans: Sequence[Span]) -> Run:
    """What of a clock's budget is used at a moment, and what is left."""
    return so_far(table, clock.started_at, budget_of(clock), pauses(of_clock(clock, spans)), now)


def budget_of(clock: Clock) -> Budget:
    """A clock's budget, with what an extension added."""
    return budget(clock.budget, clock.unit, extended=clock.extended, hours=clock.hours)


def of_clock(clock: Clock, spans: Iterable[Span] | None) -> list[Span]:
    """The times in which a clock stood still."""
    known = Span.objects.filter(case=clock.case_id, clock=clock.id) if spans is None else spans
    return [span for span in known if span.clock == clock.id]


def pauses(spans: Iterable[Span]) -> list[Pause]:
    """Spans as the calendar reckons with them, in the words of the page."""
    return [
        Pause(
            span.since,
            span.until,
            span.restart,
            naming.suspension(span.reason),
            basis_words(span.basis),
            span.document,
        )
        for span in spans
    ]


def basis_words(basis: dict[str, Any] | None) -> str:
    """A legal basis in words: law and article; nothing where none is kept."""
    if not basis:
        return ""
    known = Basis.model_validate(basis)
    return naming.basis(known)


def end_words(due_at: datetime | None) -> str:
    """The end of a limit as people say it: its last day, or the moment where it ends within one."""
    if due_at is None:
        return "—"
    local = due_at.astimezone(ZONE)
    return day((local - _TODAY_ENDS).date()) if local.time() == time() else moment(local)


def warned_until(table: Table, now: datetime) -> datetime:
    """The latest end of any limit of which one is warned at this moment: the end of the next working day."""
    tomorrow = now.astimezone(ZONE).date() + ONE_DAY
    return datetime.combine(table.next_work(tomorrow) + ONE_DAY, time(), ZONE)


def _provisional(found: Run) -> bool:
    return found.provisional_from is not None


def _day_before(table: Table, last: date) -> datetime:
    """The beginning of the working day before a day: when to warn."""
    before = last - ONE_DAY
    while not table.is_work(before):
        before -= ONE_DAY
    return datetime.combine(before, time(), ZONE)
