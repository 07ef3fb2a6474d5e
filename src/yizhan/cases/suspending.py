"""Suspending clocks 中止与恢复计时: a command opens a span, another one or a planned day ends it.

What may be waited for, on which basis and which clocks stand still meanwhile is said by the item. The reason and the
time that it will take are told in writing (Administrative Licensing Law, article 45): in a paper that the item names,
or in one written outside; its number is kept.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from yizhan.calendar.daytable import ONE_DAY
from yizhan.cases import issuing, limits, naming, sending, tasks, templates
from yizhan.cases.item_limits import SuspensionRule
from yizhan.cases.models import Case, Clock, ClockState, Span, Suspension
from yizhan.cases.paper_data import SUSPENDED
from yizhan.cases.reading import Taken
from yizhan.cases.refusals import Incomplete, NotNow, NotYours, TooLate
from yizhan.cases.step import Answer, Step, take
from yizhan.clock import ZONE
from yizhan.identity.actor import Actor

PLANNED = "suspension"
MESSAGE = "suspended"
_LONGEST, _LONGEST_PAPER = 1000, 120
sending.announce(MESSAGE, sending.GIVEN)
_WAITS = "supplement"  # asked with words of its own; see ``supplements``


@dataclass(frozen=True)
class Wanted:
    """What is waited for, in which words, until when, told by which paper; ``own``: the department's clock alone."""

    kind: str
    words: str
    expected_on: date | None = None
    document: str = ""
    own: bool = False


def rules(case: Case) -> list[SuspensionRule]:
    """What the item lets its clocks wait for, beside supplements."""
    return [one for one in naming.item(case).limits.suspensions if one.kind != _WAITS]


def suspend(case: int, task: int, wanted: Wanted, *, by: Actor, command: uuid.UUID) -> Answer:
    """Let the clocks of a case stand still, or those of one department.

    Raises:
        NotYours: the task is not the actor's.
        NotNow: the item does not know this, it is waited for already, or no clock runs.
        Incomplete: words, day or paper are missing or wrong.
    """

    def do(step: Step) -> Answer:
        mine = tasks.held(step, task)
        rule = step.item.limits.suspension(wanted.kind, "task" if wanted.own else "case")
        if rule is None or wanted.kind == _WAITS:
            raise NotNow(_("此事项没有这种中止计时的情形。"))
        made = not wanted.document.strip() and has_paper(
            step.case, rule.kind, own=wanted.own, found=step.found
        )
        _check(rule, wanted, step.at, written=made)
        opened = begin(
            step,
            rule,
            task=mine.id if wanted.own else None,
            words=wanted.words.strip(),
            document=wanted.document.strip(),
            expected_on=wanted.expected_on,
        )
        step.reason = opened.words
        sending.message(step, MESSAGE)
        if made:
            what = f"{SUSPENDED}-{opened.id}"
            issuing.paper(step, _use(rule.kind), outcome=SUSPENDED, what=what, about=opened.id)
        step.news("case.suspended", waits_for=rule.kind)
        return {"suspension": opened.id}

    return take(case, by=by, command=command, kind="clock.suspended", do=do)


def has_paper(case: Case, kind: str, *, own: bool, found: Taken | None = None) -> bool:
    """Whether the house makes a paper of a suspension of this kind; a department's own clock needs none.

    ``found``: what was read when the case was taken.
    """
    return not own and templates.of(case, _use(kind), found) is not None


def _use(kind: str) -> str:
    return templates.HEARING if kind == "hearing" else SUSPENDED


def told_by(case: Case, suspension: int, number: str) -> None:
    """The paper that tells of a suspension is there: its number stands with it, and with its spans."""
    Suspension.objects.filter(case=case, id=suspension, document="").update(document=number)
    Span.objects.filter(case=case, suspension=suspension, document="").update(document=number)


def resume(case: int, suspension: int, *, words: str = "", by: Actor, command: uuid.UUID) -> Answer:
    """What was waited for is there: the clocks go on.

    Raises:
        NotYours: the actor has no part in the case's work.
        NotNow: it has ended already.
    """

    def do(step: Step) -> None:
        found = Suspension.objects.filter(case=step.case, id=suspension, until=None).first()
        if found is None or found.kind == _WAITS:
            raise NotNow(_("这项中止已经结束。"))
        _taking_part(step, found.task)
        if len(words) > _LONGEST:
            raise Incomplete([("words", _("说明请控制在 %(n)s 字以内") % {"n": _LONGEST})])
        finish(step, found, words.strip())
        step.news("case.resumed", waits_for=found.kind)

    return take(case, by=by, command=command, kind="clock.resumed", do=do)


def begin(
    step: Step,
    rule: SuspensionRule,
    *,
    task: int | None,
    words: str,
    document: str = "",
    expected_on: date | None = None,
) -> Suspension:
    """Open a span for every clock that the rule names; within a step.

    Raises:
        NotNow: the same is waited for already, or there is no clock that could stand still.
    """
    if Suspension.objects.filter(case=step.case, kind=rule.kind, task=task, until=None).exists():
        raise NotNow(_("已因%(kind)s中止计时，尚未恢复。") % {"kind": naming.suspension(rule.kind)})
    opened = Suspension.objects.create(
        case=step.case,
        task=task,
        kind=rule.kind,
        restart=rule.restart,
        words=words,
        basis=rule.basis.model_dump(mode="json") if rule.basis else None,
        document=document,
        since=step.at,
        expected_on=expected_on,
        by=step.who,
    )
    step.sheet.forget_suspensions()
    stopped = limits.stand_still(step, opened, rule.clocks)
    if not stopped and rule.kind != _WAITS:
        raise NotNow(_("没有正在计时的期限可以中止；已经超期的不能中止。"))
    if rule.ends == "planned_day" and expected_on is not None:
        due = datetime.combine(expected_on + ONE_DAY, time(), ZONE)
        step.sheet.set_timer(PLANNED, str(opened.id), due)
    step.note(suspended=_told(opened, stopped))
    tasks.keep_due(step)
    return opened


def finish(step: Step, suspension: Suspension, words: str = "") -> None:
    """End a suspension within a step: its spans close, its clocks go on where nothing else keeps them."""
    suspension.until, suspension.ended_by, suspension.ended_words = step.at, step.who, words
    suspension.save(update_fields=["until", "ended_by", "ended_words"])
    step.sheet.drop_timers(PLANNED, [str(suspension.id)])
    going = limits.go_on(step, suspension)
    step.note(resumed=_told(suspension, going) | {"words": words})
    tasks.keep_due(step)


def day_has_come(step: Step, ref: str) -> None:
    """The planned day of a suspension is over; called by its timer.

    Raises:
        TooLate: it has ended already.
    """
    found = Suspension.objects.filter(case=step.case, id=int(ref), until=None).first()
    if found is None:
        raise TooLate
    finish(step, found)
    step.news("case.resumed", waits_for=found.kind)


def _taking_part(step: Step, task: int | None) -> None:
    """Whoever could do an open task of the case may say that what was waited for is there.

    Raises:
        NotYours: the actor could do none.
    """
    works = [one for one in step.sheet.open_tasks() if task in {None, one.id}]
    if not any(tasks.may(step.by, work) for work in works):
        raise NotYours


def _told(suspension: Suspension, clocks: list[Clock]) -> dict[str, object]:
    """What the event says of it: keys and plain values."""
    return {
        "suspension": suspension.id,
        "kind": suspension.kind,
        "clocks": [
            {"kind": one.kind, "due": one.due_at.isoformat() if one.due_at else None}
            for one in clocks
            if one.state != ClockState.STOPPED
        ],
        "document": suspension.document,
        "expected": suspension.expected_on.isoformat() if suspension.expected_on else None,
    }


def _check(rule: SuspensionRule, wanted: Wanted, at: datetime, *, written: bool) -> None:
    faults = []
    if not wanted.words.strip():
        faults.append(("suspension_words", _("请写明中止计时的原因")))
    elif len(wanted.words) > _LONGEST:
        faults.append(("suspension_words", _("原因请控制在 %(n)s 字以内") % {"n": _LONGEST}))
    if wanted.expected_on is None:
        if rule.ends == "planned_day":
            faults.append(("expected_on", _("请填写预计恢复计时的日期")))
    elif wanted.expected_on < at.astimezone(ZONE).date():
        faults.append(("expected_on", _("预计恢复计时的日期不能早于今天")))
    if rule.document == "required" and not written and not wanted.document.strip():
        faults.append(("document", _("请填写告知文书的文号")))
    elif len(wanted.document) > _LONGEST_PAPER:
        faults.append(("document", _("文号请控制在 %(n)s 字以内") % {"n": _LONGEST_PAPER}))
    if faults:
        raise Incomplete(faults)
