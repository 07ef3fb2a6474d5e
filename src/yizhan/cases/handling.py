"""What staff do with tasks 办理: claim, put back, hand over, complete, in batches too."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases import motion, tasks
from yizhan.cases.models import Task, TaskKind
from yizhan.cases.refusals import CommandReused, NotYours, Refusal
from yizhan.cases.step import Answer, Step, take
from yizhan.cases.worded import worded
from yizhan.identity import rights
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account


def claim(case: int, task: int, *, by: Actor, command: uuid.UUID) -> Answer:
    """Take a free task 签收: nobody else will do it meanwhile."""

    def do(step: Step) -> None:
        mine = tasks.held(step, task)
        step.sheet.change(mine, assignee=by.account_id, claimed_at=step.at)
        step.note(claimed=task, node=mine.node)

    return take(case, by=by, command=command, kind="task.claimed", do=do, task=task)


def put_back(case: int, task: int, *, by: Actor, command: uuid.UUID) -> Answer:
    """Give a claimed task back to its queue 退回待办池."""

    def do(step: Step) -> None:
        mine = tasks.held(step, task)
        if mine.queue is None:
            raise NotYours
        step.sheet.change(mine, assignee=None, claimed_at=None)
        step.note(put_back=task, node=mine.node)

    return take(case, by=by, command=command, kind="task.put_back", do=do, task=task)


def hand_over(case: int, task: int, *, to: Account, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """Hand a task to a colleague who could have taken it too 转办.

    Raises:
        NotYours: the colleague has no right to it.
        Incomplete: no reason was given.
    """
    words = worded(reason, "reason", _("请填写理由"))

    def do(step: Step) -> None:
        mine = tasks.held(step, task)
        if not any(_could(rights.actor(to, choice), mine) for choice in rights.choices(to.pk)):
            raise NotYours
        step.sheet.change(mine, assignee=to.pk, claimed_at=step.at)
        step.note(handed_over=task, node=mine.node, to=f"account:{to.pk}", reason=words)

    return take(case, by=by, command=command, kind="task.handed_over", do=do, task=task)


def complete(
    case: int,
    task: int,
    *,
    action: str,
    by: Actor,
    command: uuid.UUID,
    reason: str = "",
    given: dict[str, Any] | None = None,
) -> Answer:
    """Do a task: choose one of its actions, with a reason where it asks for one.

    Raises:
        Refusal: not open, not theirs, not possible here, or something is missing.
        CommandReused: the id belongs to another action, or another task.
    """
    words = worded(reason, "reason")

    def do(step: Step) -> Answer:
        mine = tasks.held(step, task)
        if mine.kind != TaskKind.STEP:
            raise NotYours  # what was asked beside a task is answered, not completed
        motion.complete(step, mine, action=action, reason=words, given=given or {})
        return {"done": [task, action], "opened": step.delta.get("opened", [])}

    answer = take(case, by=by, command=command, kind="task.completed", do=do, task=task)
    if answer.get("done", [task, action]) != [task, action]:  # a page that was gone back to
        raise CommandReused
    return answer


@dataclass(frozen=True)
class Done:
    """What became of one task in a batch."""

    case: int
    task: int
    refusal: str = ""


def complete_many(
    chosen: list[tuple[int, int]], *, action: str, by: Actor, command: uuid.UUID, reason: str = ""
) -> list[Done]:
    """Do the same with several tasks; each is a step of its own, and one that fails stops no other.

    Cases are taken in the order of their numbers, so that two who choose the same ones do not wait for each other.
    """
    done = []
    for case, task in sorted(chosen):
        own = uuid.uuid5(command, f"{case}/{task}")
        try:
            complete(case, task, action=action, by=by, command=own, reason=reason)
        except Refusal as refusal:
            done.append(Done(case, task, refusal.message))
        else:
            done.append(Done(case, task))
    return done


def _could(actor: Actor, task: Task) -> bool:
    queue = task.queue
    return queue is not None and actor.may(queue.role, queue.unit_path, queue.area)
