"""Reckoning clocks anew when a year's working days are published or amended 时限重算.

The calendar tells which days changed sides. Whoever is concerned gets a timer; the timers' round then reckons
case by case, each in a transaction and with an event of its own, so that no long transaction holds up the news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from yizhan import calendar, clock, journal
from yizhan.calendar.daytable import Table
from yizhan.cases import earlier, item_limits, limits, processes, tasks
from yizhan.cases.ends import Course
from yizhan.cases.models import (
    Clock,
    ClockState,
    Recount,
    Span,
    Supplement,
    Timer,
    Token,
)
from yizhan.cases.step import Step
from yizhan.clock import ZONE
from yizhan.journal.reading import Fact
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph

READER = "cases"
KIND = "reckon"


@journal.reads("calendar.published", reader=READER)
def published(fact: Fact) -> None:
    """Mark every case with a running clock that is provisional or runs over a changed day."""
    table = calendar.table()
    running = Clock.objects.filter(concerned(fact.data["changed"])).exclude(state=ClockState.STOPPED)
    waiting = Timer.objects.filter(kind="limit").values_list("case_id", flat=True)
    moved = {one.case_id for one, end in ends_of(running, table) if differs(one, end)} | set(waiting)
    now, ref = clock.now(), f"calendar:{fact.data['release']}"
    Timer.objects.bulk_create(
        [Timer(case_id=case, kind=KIND, ref=ref, due=now) for case in sorted(moved)],
        ignore_conflicts=True,
    )


def again(step: Step, ref: str) -> None:
    """Reckon the running clocks of one case, and what stands on them: tasks, timers, the supplement's day."""
    step.note(calendar=ref, reckoned=[])
    release = int(ref.removeprefix("calendar:"))
    for one in step.sheet.clocks:
        if not differs(one, limits.reckoned(one, step.calendar)):
            continue
        if one.due_at is None:
            limits.settle(step, one)  # it stands still: what is used may be another number of days
        else:
            _reckon(step, one, release)
    _limit_timers(step)
    if step.delta["reckoned"]:
        tasks.keep_due(step)
        step.news("case.reckoned")


def concerned(changed: list[str]) -> Q:
    """Clocks that may change: provisional ones, those that run over the first changed day, those that stand still."""
    concerned = Q(provisional=True)
    if changed:
        first = date.fromisoformat(min(changed))
        concerned |= Q(due_at__gt=datetime.combine(first, time(), ZONE)) | Q(state=ClockState.SUSPENDED)
    return concerned


def ends_of(clocks: QuerySet[Clock], table: Table) -> Iterator[tuple[Clock, Course]]:
    """Each clock with its end by a calendar; the spans of all are read at once."""
    found = list(clocks)
    spans: dict[int, list[Span]] = defaultdict(list)
    for span in Span.objects.filter(clock__in=clocks.values("id")):
        spans[span.clock].append(span)
    for one in found:
        yield one, limits.reckoned(one, table, spans.get(one.id, ()))


def differs(one: Clock, found: Course) -> bool:
    """Whether a clock ends otherwise than its row says."""
    return (found.due_at, found.warn_at, found.provisional, found.used) != (
        one.due_at,
        one.warn_at,
        one.provisional,
        one.used,
    )


def _reckon(step: Step, one: Clock, release: int) -> None:
    was, was_provisional = one.due_at, one.provisional
    found = limits.settle(step, one)
    Recount.objects.create(
        case=step.case,
        number=step.case.number,
        clock=one.id,
        kind=one.kind,
        release_id=release,
        was=was,
        was_provisional=was_provisional,
        due=found.due_at,
        provisional=found.provisional,
        at=step.at,
    )
    step.delta["reckoned"].append(
        {
            "clock": one.kind,
            "was": was.isoformat() if was else None,
            "due": found.due_at.isoformat() if found.due_at else None,
            "provisional": found.provisional,
        }
    )
    if one.kind == "supplement" and found.due_at is not None:
        _supplement(step, found.due_at)


def _supplement(step: Step, due_at: datetime) -> None:
    """The day until which the applicant may answer, and the timer that ends the waiting."""
    due_on = (due_at - timedelta(seconds=1)).date()
    Supplement.objects.filter(case=step.case, answered_at=None).update(due_on=due_on)
    Timer.objects.filter(case=step.case, kind="supplement_overdue").update(due=due_at)
    for task in step.sheet.open_tasks("applicant"):
        step.sheet.change(task, due_at=due_at)


def _limit_timers(step: Step) -> None:
    """What a limit brings about by itself, such as acceptance, happens when it really ends."""
    graph = processes.graph(step.case.release_id, step.case.process)
    for timer in Timer.objects.filter(case=step.case, kind="limit"):
        token = Token.objects.filter(case=step.case, number=int(timer.ref.rpartition(":")[2])).first()
        limit = _own_limit(graph, token.node, timer.ref) if token else None
        if token is None or limit is None:
            continue
        since = earlier.waits_since(step.case, token.node, timer.ref.rpartition(":")[0])
        hours = limit.hours.model_dump() if limit.hours else None
        due = limits.reckon(since, item_limits.budget(limit.amount, limit.unit, hours=hours)).due_at
        if due != timer.due:
            Timer.objects.filter(id=timer.id).update(due=due)
            step.delta["reckoned"].append(
                {"clock": "limit", "was": timer.due.isoformat(), "due": due.isoformat(), "provisional": False}
            )


def _own_limit(graph: Graph, node: str, ref: str) -> n.Limit | None:
    """The limit of a timer that has no clock; that of a task's own limit goes with its clock."""
    key = ref.rpartition(":")[0]
    boundary = graph.boundaries(node).get(key)
    if boundary is None or boundary.delay is None or (limits.goes_with_clock(graph, node) == key):
        return None
    return boundary.delay.limit
