"""Tasks beside a task 委派、加签、传阅: somebody else does it, signs it, or reads it, and it comes back.

The task of the step waits until whoever was asked has answered; whoever only reads keeps nobody waiting. The case
itself stands where it stood: nothing of this is drawn in a process.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from yizhan.cases import tasks
from yizhan.cases.models import Task, TaskKind, TaskState
from yizhan.cases.refusals import Incomplete, NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.cases.worded import worded
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account, Appointment

MOST = 40
_KEEPS_WAITING = (TaskKind.DELEGATED, TaskKind.COSIGN)


def ask(
    case: int,
    task: int,
    kind: TaskKind,
    people: Sequence[Account],
    *,
    words: str,
    by: Actor,
    command: uuid.UUID,
) -> Answer:
    """Ask colleagues, of one's own unit or another, beside one's own task.

    Args:
        case: the case.
        task: one's task.
        kind: ``delegated`` (one person does it), ``cosign`` (each signs), ``read`` (each takes note).
        people: who; each with a post at a unit, which then takes part in the case.
        words: what is wanted.
        by: whose task it is.
        command: the command's id.

    Raises:
        NotYours: the task is not the actor's.
        NotNow: somebody was asked already and has not answered.
        Incomplete: nobody was named, too many, somebody without a post, or no words.
    """
    said = worded(words, "beside_words", _("请写明需要对方做什么") if kind != TaskKind.READ else "")
    chosen = {person.pk: person for person in people if person.pk != by.account_id}
    if not chosen or len(chosen) > (1 if kind == TaskKind.DELEGATED else MOST):
        few = _("请选择一位同事") if kind == TaskKind.DELEGATED else _("请选择同事，最多 %(n)s 位")
        raise Incomplete([("people", few % {"n": MOST})])

    def do(step: Step) -> Answer:
        mine = tasks.held(step, task)
        if mine.kind != TaskKind.STEP:
            raise NotNow(_("这是他人请您办的任务，请直接办理。"))
        opened = [_open(step, mine, kind, person, said) for person in chosen.values()]
        if kind in _KEEPS_WAITING:
            step.sheet.change(mine, state=TaskState.HELD, assignee=by.account_id, claimed_at=step.at)
        step.note(asked_beside=kind, node=mine.node, people=[f"account:{pk}" for pk in chosen], reason=said)
        tasks.keep_due(step)
        return {"tasks": opened}

    return take(case, by=by, command=command, kind=f"beside.{kind}", do=do)


def answer(case: int, task: int, *, words: str, by: Actor, command: uuid.UUID) -> Answer:
    """Whoever was asked has done it, signs, or took note; the last answer opens the step's task again.

    Raises:
        NotYours: nobody asked the actor.
        AlreadyHandled: it was answered or called off.
        Incomplete: no words where an opinion is wanted.
    """

    def do(step: Step) -> None:
        mine = tasks.held(step, task)
        if mine.kind == TaskKind.STEP:
            raise NotYours
        wanted = "" if mine.kind == TaskKind.READ else _("请填写意见")
        said = worded(words, "beside_words", wanted)
        tasks.close(step, mine, action=mine.kind, outcome={"reason": said, "given": {}})
        step.note(beside=mine.kind)
        if mine.kind in _KEEPS_WAITING:
            _reopen(step, mine.parent)

    return take(case, by=by, command=command, kind="beside.answered", do=do)


def call_off(case: int, task: int, *, by: Actor, command: uuid.UUID) -> Answer:
    """Ask no longer: what was not answered is cancelled, one's own task opens again.

    Raises:
        NotYours: the task is not the actor's.
        NotNow: nobody was asked.
    """

    def do(step: Step) -> None:
        mine = step.sheet.task(task)
        if mine is None or mine.kind != TaskKind.STEP or mine.assignee not in tasks.people(by):
            raise NotYours
        if not no_longer_asked(step, task):
            raise NotNow(_("没有等待答复的委派或加签。"))

    return take(case, by=by, command=command, kind="beside.called_off", do=do)


def no_longer_asked(step: Step, task: int) -> int:
    """Nobody need answer beside a task any more, and it opens again; how many had been asked and had not answered."""
    asked = _waiting_for(step, task)
    for one in asked:
        step.sheet.change(one, state=TaskState.CANCELLED, done_at=step.at)
    if asked:
        step.note(called_off=len(asked), node=asked[0].node)
        _reopen(step, task)
    return len(asked)


def _open(step: Step, mine: Task, kind: TaskKind, person: Account, words: str) -> int:
    post = Appointment.objects.live().filter(account=person).select_related("post").order_by("id").first()
    if post is None:
        raise Incomplete([("people", _("%(name)s 没有岗位，不能办理") % {"name": person.name})])
    return tasks.open_beside(step, mine, kind=kind, person=person, unit=post.post.unit_id, words=words).id


def _waiting_for(step: Step, task: int) -> list[Task]:
    return [one for one in step.sheet.open_tasks() if one.parent == task and one.kind in _KEEPS_WAITING]


def _reopen(step: Step, task: int | None) -> None:
    """Open the step's own task again when nobody asked for it is left; one that ended meanwhile stays so."""
    mine = step.sheet.task(task) if task is not None else None
    if mine is None or mine.state != TaskState.HELD or _waiting_for(step, mine.id):
        return
    step.sheet.change(mine, state=TaskState.OPEN)
    tasks.keep_due(step)
