"""Starting, stopping and suspending the clocks of a case; every date is computed, none is edited."""

from __future__ import annotations

from datetime import datetime, time

from yizhan import calendar
from yizhan.calendar import deadlines
from yizhan.calendar.daytable import ONE_DAY, Table
from yizhan.calendar.deadlines import Deadline
from yizhan.cases.item import Limit
from yizhan.cases.models import Clock, ClockState, Span
from yizhan.cases.step import Step
from yizhan.clock import ZONE


def start(step: Step, kind: str, limit: Limit, *, node: str = "", task: int | None = None) -> Clock:
    """Start a clock now. The day itself is not counted."""
    due, warn, provisional = reckon(step.at, limit.amount, limit.unit)
    clock = Clock.objects.create(
        case=step.case,
        kind=kind,
        node=node,
        task=task,
        unit=limit.unit,
        budget=limit.amount,
        started_at=step.at,
        due_at=due,
        warn_at=warn,
        provisional=provisional,
        basis=limit.basis.model_dump(mode="json") if limit.basis else None,
    )
    step.delta.setdefault("clocks", []).append({"started": kind, "due": due.isoformat()})
    return clock


def stop(step: Step, *kinds: str, task: int | None = None) -> None:
    """Stop running or suspended clocks of these kinds."""
    running = Clock.objects.filter(case=step.case, kind__in=kinds).exclude(state=ClockState.STOPPED)
    if task is not None:
        running = running.filter(task=task)
    running.update(state=ClockState.STOPPED, stopped_at=step.at)
    Span.objects.filter(case=step.case, until=None, clock__in=running.values("id")).update(until=step.at)


def case_due(step: Step) -> tuple[datetime | None, datetime | None]:
    """When the case as a whole is due, for tasks without a limit of their own."""
    running = Clock.objects.filter(case=step.case, task=None, state=ClockState.RUNNING)
    first = running.filter(kind__in=["acceptance", "promised"]).order_by("due_at").first()
    return (first.due_at, first.warn_at) if first else (None, None)


def reckon(since: datetime, amount: int, unit: str) -> tuple[datetime, datetime, bool]:
    """When a limit ends, when to warn, and whether that reaches into a year not yet published."""
    table = calendar.table()
    deadline = _deadline(table, since, amount, unit)
    return deadline.ends_at, _warning(table, deadline), deadline.provisional


def deadline_of(clock: Clock) -> Deadline:
    """How a running clock's end is found: days counted, days skipped and why."""
    return _deadline(calendar.table(), clock.started_at, clock.budget, clock.unit)


def _deadline(table: Table, since: datetime, amount: int, unit: str) -> Deadline:
    if unit == "natural_days":
        return deadlines.natural_deadline(table, since, days=amount)
    return deadlines.deadline(table, since, working_days=amount)


def _warning(table: Table, deadline: Deadline) -> datetime:
    """The beginning of the working day before the due day."""
    day = deadline.due - ONE_DAY
    while not table.is_work(day):
        day -= ONE_DAY
    return datetime.combine(day, time(), ZONE)
