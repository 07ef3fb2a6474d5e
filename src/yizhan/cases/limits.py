"""Starting, stopping and suspending the clocks of a case; every date is computed, none is edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yizhan import calendar
from yizhan.calendar import deadlines, duty
from yizhan.calendar.daytable import ONE_DAY, Table
from yizhan.calendar.deadlines import day_of
from yizhan.cases.item import Limit
from yizhan.cases.models import Clock, ClockState, Span
from yizhan.cases.step import Step
from yizhan.clock import ZONE
from yizhan.ui.language import in_english


def start(step: Step, kind: str, limit: Limit, *, node: str = "", task: int | None = None) -> Clock:
    """Start a clock now. The day itself is not counted."""
    end = reckon(step.at, limit.amount, limit.unit)
    clock = Clock.objects.create(
        case=step.case,
        kind=kind,
        node=node,
        task=task,
        unit=limit.unit,
        budget=limit.amount,
        started_at=step.at,
        due_at=end.due_at,
        warn_at=end.warn_at,
        provisional=end.provisional,
        basis=limit.basis.model_dump(mode="json") if limit.basis else None,
    )
    step.delta.setdefault("clocks", []).append({"started": kind, "due": end.due_at.isoformat()})
    return clock


def stop(step: Step, *kinds: str, task: int | None = None) -> None:
    """Stop running or suspended clocks of these kinds."""
    running = Clock.objects.filter(case=step.case, kind__in=kinds).exclude(state=ClockState.STOPPED)
    if task is not None:
        running = running.filter(task=task)
    running.update(state=ClockState.STOPPED, stopped_at=step.at)
    Span.objects.filter(case=step.case, until=None, clock__in=running.values("id")).update(until=step.at)


def case_due(step: Step) -> tuple[datetime | None, datetime | None]:
    """When the case as a whole is due, and when to warn."""
    running = Clock.objects.filter(case=step.case, task=None, state=ClockState.RUNNING)
    first = running.filter(kind__in=["acceptance", "promised"]).order_by("due_at").first()
    return (first.due_at, first.warn_at) if first else (None, None)


@dataclass(frozen=True)
class Reckoned:
    """The end of a limit, when to warn, and the sentences that say why.

    Attributes:
        due_at: the first moment after the limit.
        last_day: the last day of the limit.
        provisional: it reaches into a year whose calendar is not yet published.
    """

    due_at: datetime
    last_day: date
    warn_at: datetime
    provisional: bool
    why: list[str]

    @property
    def words(self) -> str:
        """The sentences one after the other, as the language of the page sets them."""
        return (" " if in_english() else "").join(self.why)


def reckon(since: datetime, amount: int, unit: str, table: Table | None = None) -> Reckoned:
    """Reckon a limit that began at a moment, in working days, natural days or duty hours."""
    table = table or calendar.table()
    if unit == "duty_hours":
        hours = duty.add_hours(table, duty.OFFICE, since, timedelta(hours=amount))
        last = day_of(hours.due_at)
        return Reckoned(hours.due_at, last, _day_before(table, last), hours.provisional, hours.explain())
    if unit == "natural_days":
        days = deadlines.natural_deadline(table, since, days=amount)
    else:
        days = deadlines.deadline(table, since, working_days=amount)
    return Reckoned(days.ends_at, days.due, _day_before(table, days.due), days.provisional, days.explain())


def reckoned(clock: Clock, table: Table | None = None) -> Reckoned:
    """How a clock's end was found: days counted, days skipped and why."""
    return reckon(clock.started_at, clock.budget, clock.unit, table)


def warned_until(table: Table, now: datetime) -> datetime:
    """The latest end of any limit of which one is warned at this moment: the end of the next working day."""
    tomorrow = now.astimezone(ZONE).date() + ONE_DAY
    return datetime.combine(table.next_work(tomorrow) + ONE_DAY, time(), ZONE)


def _day_before(table: Table, day: date) -> datetime:
    """The beginning of the working day before a day: when to warn."""
    before = day - ONE_DAY
    while not table.is_work(before):
        before -= ONE_DAY
    return datetime.combine(before, time(), ZONE)
