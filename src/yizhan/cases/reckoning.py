"""Reckoning clocks anew when a year's working days are published or amended 时限重算.

The calendar tells which days changed sides. Whoever is concerned gets a timer; the timers' round then reckons
case by case, each in a transaction and with an event of its own, so that no long transaction holds up the news.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from yizhan import clock, journal
from yizhan.cases import limits, processes, tasks
from yizhan.cases.models import Clock, ClockState, Passage, Supplement, Task, TaskState, Timer, Token
from yizhan.cases.step import Step
from yizhan.clock import ZONE
from yizhan.journal.reading import Fact
from yizhan.workflow.processes import graph as g

READER = "cases"
KIND = "reckon"


@journal.reads("calendar.published", reader=READER)
def published(fact: Fact) -> None:
    """Mark every case with a running clock that is provisional or runs over a changed day."""
    concerned = Q(provisional=True)
    if fact.data["changed"]:
        first = date.fromisoformat(min(fact.data["changed"]))
        concerned |= Q(due_at__gt=datetime.combine(first, time(), ZONE))
    running = Clock.objects.filter(concerned, state=ClockState.RUNNING)
    waiting = Timer.objects.filter(kind="limit").values_list("case_id", flat=True)
    moved = {one.case_id for one in running if _differs(one)} | set(waiting)
    now = clock.now()
    Timer.objects.bulk_create(
        [Timer(case_id=case, kind=KIND, ref=f"calendar:{fact.id}", due=now) for case in sorted(moved)],
        ignore_conflicts=True,
    )


def again(step: Step, ref: str) -> None:
    """Reckon the running clocks of one case, and what stands on them: tasks, timers, the supplement's day."""
    step.note(calendar=ref, reckoned=[])
    for one in Clock.objects.filter(case=step.case, state=ClockState.RUNNING):
        if _differs(one):
            _reckon(step, one)
    _limit_timers(step)
    if step.delta["reckoned"]:
        tasks.keep_due(step)
        step.news("case.reckoned")


def _differs(one: Clock) -> bool:
    found = limits.reckoned(one)
    return (found.due_at, found.warn_at, found.provisional) != (one.due_at, one.warn_at, one.provisional)


def _reckon(step: Step, one: Clock) -> None:
    was, found = one.due_at, limits.reckoned(one)
    Clock.objects.filter(case=step.case, id=one.id).update(
        due_at=found.due_at, warn_at=found.warn_at, provisional=found.provisional
    )
    step.delta["reckoned"].append(
        {
            "clock": one.kind,
            "was": was.isoformat() if was else None,
            "due": found.due_at.isoformat(),
            "provisional": found.provisional,
        }
    )
    if one.kind == "supplement":
        _supplement(step, found.due_at)


def _supplement(step: Step, due_at: datetime) -> None:
    """The day until which the applicant may answer, and the timer that ends the waiting."""
    due_on = (due_at - timedelta(seconds=1)).date()
    Supplement.objects.filter(case=step.case, answered_at=None).update(due_on=due_on)
    Timer.objects.filter(case=step.case, kind="supplement_overdue").update(due=due_at)
    Task.objects.filter(case=step.case, audience="applicant", state=TaskState.OPEN).update(due_at=due_at)


def _limit_timers(step: Step) -> None:
    """What a limit brings about by itself, such as acceptance, happens when it really ends."""
    graph = processes.graph(step.case.release_id, step.case.process)
    for timer in Timer.objects.filter(case=step.case, kind="limit"):
        token = Token.objects.filter(case=step.case, number=int(timer.ref.rpartition(":")[2])).first()
        node = graph.nodes[token.node] if token else None
        if token is None or not isinstance(node, g.Task | g.Wait) or node.limit is None:
            continue
        since = Passage.objects.filter(case=step.case, node=token.node).order_by("-at")[0].at
        due = limits.reckon(since, node.limit.amount, node.limit.unit).due_at
        if due != timer.due:
            Timer.objects.filter(id=timer.id).update(due=due)
            step.delta["reckoned"].append(
                {"clock": "limit", "was": timer.due.isoformat(), "due": due.isoformat(), "provisional": False}
            )
