"""Asking the applicant once for what is missing 一次性告知补正, and what happens when they answer.

All defects are told at once, on the spot or within five days (Administrative Licensing Law, article 32). Meanwhile
clocks stand still as with anything else that is waited for (``suspending``); which ones, and whether they begin anew
afterwards, is said by the item. Where it says nothing, those of acceptance and of the task begin anew.

A licence that stood in the place of a material and holds no more does so no longer where that material is asked for: the
supplement keeps which, the form takes the file, and the filing that answers says so. One that holds again is taken again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yizhan.cases import (
    filed,
    holdings_ended,
    issuing,
    limits,
    parts,
    processes,
    sending,
    suspending,
    tasks,
)
from yizhan.cases.application_form import form_of
from yizhan.cases.models import Case, Filing, Status, Supplement, Suspension, Task, TaskState
from yizhan.cases.refusals import Incomplete, NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.forms.paths import Data
from yizhan.forms.prefill import Prefill
from yizhan.identity.actor import Actor

_LONGEST = 1000
OVERDUE = "supplement_overdue"
KIND = "supplement"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: a question of the form (or nothing in particular), and what is wanted."""

    path: str
    words: str


def ask(case: int, task: int, *, missing: list[Missing], words: str, by: Actor, command: uuid.UUID) -> Answer:
    """Tell the applicant all that is missing; the task is held until they answer.

    Raises:
        Incomplete: nothing was named.
        NotNow: it was asked once before, or the process does not know it here.
    """
    named = [one for one in missing if one.words.strip()]
    if not named:
        raise Incomplete([("missing", _("请至少写明一项需要补正的内容"))])
    if any(len(one.words) > _LONGEST for one in named) or len(words) > _LONGEST:
        raise Incomplete([("missing", _("每项内容请控制在 %(n)s 字以内") % {"n": _LONGEST})])

    def do(step: Step) -> None:
        mine = tasks.held(step, task)
        graph = processes.graph(step.case.release_id, step.case.process)
        allowed = graph.supplement(mine.node)
        if allowed is None:
            raise NotNow(_("本环节不能要求补正。"))
        if step.case.status == Status.CORRECTING:
            raise NotNow(_("已经告知补正，请等待申请人答复。"))
        if allowed.once and Supplement.objects.filter(case=step.case).exists():
            raise NotNow(_("补正只能告知一次，此前已经告知过。"))
        _hold(step, mine, named, words.strip())

    return take(case, by=by, command=command, kind="supplement.asked", do=do)


def _hold(step: Step, mine: Task, named: list[Missing], words: str) -> None:
    step.sheet.change(mine, state=TaskState.HELD)
    rule = step.item.limits.suspension(KIND)
    if rule is not None:
        suspending.begin(step, rule, task=None, words=words)
    own = next((one for one in step.item.limits.suspensions if (one.kind, one.of) == (KIND, "task")), None)
    if own is not None:
        suspending.begin(step, own, task=mine.id, words=words)
    clock = limits.start(step, KIND, step.item.limits.supplement)
    tasks.open_for_applicant(step, node=mine.node, token=mine.token, due_at=clock.due_at)
    due_on = (clock.due_at - timedelta(seconds=1)).date() if clock.due_at else None
    Supplement.objects.create(
        case=step.case,
        task=mine.id,
        rev=step.rev,
        at=step.at,
        by=step.who,
        missing=[{"path": one.path, "words": one.words.strip()} for one in named],
        ended=_ended(step, {one.path for one in named}),
        words=words,
        back_to=mine.node,
        due_on=due_on,
    )
    if clock.due_at:
        step.sheet.set_timer(OVERDUE, str(mine.id), clock.due_at)
    step.case.status = Status.CORRECTING
    step.note(missing=[one.path for one in named])
    step.news("case.supplement_asked")
    missing = "；".join(one.words.strip().rstrip("。；;.") for one in named)
    sending.message(step, "supplement", missing=missing, due=due_on)
    issuing.paper(step, "supplement")


def _ended(step: Step, asked: set[str]) -> list[str]:
    """The facts of licences that hold no more, whose material is asked for; or may be, where that is told in words alone."""
    wanted = [one for one in step.item.materials if one.held_by and one.at]
    if wanted and "" in asked:
        form = form_of(step.case.release_id, step.case.item_id, step.filing.form)
        hidden = parts.hidden(step.case, step.item, form, by=step.by)
        asked = asked | {one.at for one in wanted if one.at and one.at not in hidden}
    keys = {one.held_by for one in wanted if one.held_by and one.at in asked}
    if not keys:
        return []
    with connection.cursor() as cursor:  # a licence is shown to whom its holder's case admits
        cursor.execute("select case_admit(%s)", [step.case.pk])
    return sorted(key for key in keys if holdings_ended.told(step.case.subject, key))


def facts_of(case: Case, filing: Filing) -> dict[str, Any]:
    """The facts with which what was asked is answered: as they were filed, but for licences that hold no more."""
    asked = case.supplement
    gone = [key for key in asked.ended if not holdings_ended.holds_again(case.subject, key)] if asked else []
    return filed.ended(filing.facts, gone)


def answer(case: int, *, data: Data, by: Actor, command: uuid.UUID, prefill: Prefill | None = None) -> Answer:
    """The applicant answers: a new filing, the task opens again, the clocks go on.

    Args:
        prefill: what the registers said; nobody is asked to mend what is locked.

    Raises:
        NotNow: nothing is asked, or it was answered already.
        Incomplete: the form has faults; nothing was changed.
    """

    def do(step: Step) -> None:
        if step.case.status != Status.CORRECTING:
            raise NotNow(_("本件目前不需要补正。"))
        _may_answer(step.case, by)
        form = form_of(step.case.release_id, step.case.item_id)
        facts = facts_of(step.case, step.filing)
        faults = form.validate(data, filed.conditions(form, facts), prefill=prefill or {})
        if faults:
            raise Incomplete([(fault.path, fault.words) for fault in faults])
        _file(step, data, facts)
        resume(step)
        Supplement.objects.filter(case=step.case, answered_at=None).update(answered_at=step.at)
        step.news("case.supplement_answered")

    return take(case, by=by, command=command, kind="supplement.answered", do=do)


def _may_answer(case: Case, by: Actor) -> None:
    """The applicant, the person the case is about, or for them staff of a unit that takes part."""
    if by.is_staff and by.unit not in case.units:
        raise NotYours


def _file(step: Step, data: dict[str, Any], facts: dict[str, Any]) -> None:
    last = step.filing
    Filing.objects.create(
        case=step.case, rev=step.rev, form=last.form, data=data, facts=facts, by=step.who, at=step.at
    )
    step.case.data = data
    step.note(filed=step.rev)


def resume(step: Step) -> None:
    """Open the held task again; the applicant's task is over and the clocks go on."""
    asked = step.case.supplement
    mine = step.sheet.task(asked.task or 0) if asked else None
    if mine is not None:
        for one in step.sheet.open_tasks("applicant"):
            if (one.token, one.node) == (mine.token, mine.node):
                step.sheet.change(one, state=TaskState.CANCELLED, done_at=step.at)
        if mine.state == TaskState.HELD:
            step.sheet.change(mine, state=TaskState.OPEN)
        step.sheet.drop_timers(OVERDUE, [str(mine.id)])
    limits.stop(step, KIND)
    for waiting in Suspension.objects.filter(case=step.case, kind=KIND, until=None):
        suspending.finish(step, waiting)
    tasks.keep_due(step)
    step.case.status = Status.ACCEPTED if step.case.accepted_at else Status.RECEIVED
