"""Timers: what the house itself must do at a time; fires and steps in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases import (
    beside,
    cards,
    holdings_ended,
    limits,
    motion,
    reckoning,
    silence,
    supplements,
    suspending,
    tasks,
)
from yizhan.cases.models import ClockState, Timer
from yizhan.cases.refusals import Impossible, Refusal, TooLate
from yizhan.cases.step import Step, take
from yizhan.identity.actor import HOUSE
from yizhan.journal import work
from yizhan.workflow.processes.events import TaskCompleted
from yizhan.workflow.processes.events import Timer as Passed

BATCH = 50
_AGAIN_IN = timedelta(minutes=10)
_MOVED_ON = frozenset({"closed", "not_begun", "task_gone", "timer_gone", "wait_gone"})
_NAMES = uuid.UUID("a7c1b0a3-0c0a-4a51-9d0b-6a2a4f6f9a10")  # ours; a timer's command follows from its row


@work.round("timers")
def fire() -> int:
    """Let due timers fire, the earliest first; how many did. Whoever works on comes again until there is none."""
    return 0 if work.stopping() else _fire_some(BATCH)


def next_due(case: int) -> datetime | None:
    """When the next timer of a case is due."""
    return Timer.objects.filter(case=case).order_by("due").values_list("due", flat=True).first()


def fire_here(case: int) -> list[str]:
    """Fire the due timers of one case within the present transaction; of which kinds they were.

    For whoever tries something that will be undone: what fails is theirs to know.

    Raises:
        Refusal: the case still waits for this time, and its process cannot go on.
    """
    kinds = []
    due = Timer.objects.filter(case=case, due__lte=clock.now()).order_by("due", "id")
    for number, kind, ref in list(due.values_list("id", "kind", "ref")):
        if Timer.objects.filter(id=number).delete()[0]:  # one that fired before may have taken it away
            try:
                _fire(number, case, kind, ref)
            except Refusal as refusal:
                if _moved_on(refusal):
                    continue
                raise
            kinds.append(kind)
    return kinds


# With their cases: a step that holds a case may be about to take the timer away, and waits for nobody here.
_CLAIM = """
    with due as (
        select t.id from cases_timer t join cases_case c on c.id = t.case_id
        where t.due <= %s order by t.due, t.id limit %s for update of t, c skip locked
    )
    delete from cases_timer t using due where t.id = due.id returning t.id, t.case_id, t.kind, t.ref, t.due
"""
_LATER = """
    insert into cases_timer (case_id, kind, ref, due) values (%s, %s, %s, %s) on conflict (case_id, kind, ref) do nothing
"""


def claim(most: int) -> list[tuple[int, int, str, str, datetime]]:
    """Take due timers, the earliest first, each with its case: id, case, kind, ref, due."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [clock.now(), most])
        return sorted(cursor.fetchall(), key=lambda timer: (timer[4], timer[0]))


def _fire_some(most: int) -> int:
    """Some timers in one transaction, each for itself: one that fails takes no other with it."""
    with work.one_transaction():
        found = claim(most)
        for number, case, kind, ref, _due in found:
            try:
                _fire(number, case, kind, ref)
            except Exception as fault:
                if isinstance(fault, Refusal) and _moved_on(fault):
                    work.log.info("timer %s of case %s came too late", kind, case)
                    continue
                work.log.exception("timer %s of case %s failed, it fires again later", kind, case)
                with connection.cursor() as cursor:
                    cursor.execute(_LATER, [case, kind, ref, clock.now() + _AGAIN_IN])
        return len(found)


def _fire(number: int, case: int, kind: str, ref: str) -> None:
    """A step of its own: what fails is taken back by itself."""
    does = _DOES[kind]
    command = uuid.uuid5(_NAMES, f"{number}/{case}/{kind}/{ref}")
    with transaction.atomic():
        take(
            case,
            by=HOUSE,
            command=command,
            kind=f"timer.{kind}",
            do=lambda step: does(step, ref),
            guarded=True,
        )


def _moved_on(refusal: Refusal) -> bool:
    """Whether what a timer was for no longer stands; whatever else is refused, it still waits for, and is told of."""
    if isinstance(refusal, Impossible):
        return refusal.fault.code in _MOVED_ON
    return isinstance(refusal, TooLate)


def _limit_passed(step: Step, ref: str) -> None:
    motion.move(step, Passed(ref))


def _supplement_overdue(step: Step, ref: str) -> None:
    """Nobody answered in time: the task goes back to staff, who decide what that means."""
    step.note(overdue=ref)
    supplements.resume(step)
    step.news("case.supplement_missed")


def _silence(step: Step, ref: str) -> None:
    """Nobody answered within the limit of acceptance: by law the matter is accepted as of receipt."""
    clock = next((one for one in step.sheet.clocks if one.id == int(ref)), None)
    clock = clock if clock and clock.state == ClockState.RUNNING else None
    if clock is None:
        raise TooLate
    task, action = silence.way(step)
    beside.no_longer_asked(step, task.id)
    # From receipt, or from when what was missing came.
    step.counted_from = limits.reckoned(clock).explanation.run.since
    step.note(by_silence=step.counted_from.isoformat())
    step.reason = _("期限内未作答复，依法自收到申请材料之日起视为受理")
    tasks.close(step, task, action=action, outcome={"reason": step.reason, "given": {}})
    limits.stop(step, "internal", task=task.id)
    step.news("case.accepted_by_silence", since=step.counted_from.isoformat())
    motion.move(step, TaskCompleted(task.token, action, {}, step.reason))


_DOES: dict[str, Callable[[Step, str], None]] = {
    "limit": _limit_passed,
    supplements.OVERDUE: _supplement_overdue,
    reckoning.KIND: reckoning.again,
    cards.KIND: cards.fall,
    silence.KIND: _silence,
    suspending.PLANNED: suspending.day_has_come,
    holdings_ended.KIND: holdings_ended.say,
}
