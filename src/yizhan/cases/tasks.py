"""Opening and closing tasks within a step, and the rules on who may do them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases import earlier, limits
from yizhan.cases.models import ClockState, Queue, Task, TaskKind, TaskState
from yizhan.cases.refusals import AlreadyHandled, MustDiffer, NotNow, NotYours
from yizhan.cases.step import Step
from yizhan.database.rows import new
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account, Unit


def open_for_role(
    step: Step,
    *,
    node: str,
    token: int,
    role: str,
    unit: Unit,
    assignee: int | None = None,
    one: Any = None,
) -> Task:
    """Open a task for the holders of a role at a unit; the unit takes part from now on."""
    queue = step.units.queue(role, unit)
    step.take_part(unit.code)
    return _open(
        step,
        node=node,
        token=token,
        audience="staff",
        queue=queue,
        unit=unit.code,
        assignee=assignee,
        one=one,
    )


def open_for_applicant(step: Step, *, node: str, token: int, due_at: datetime | None) -> Task:
    """Open a task that the applicant has to do."""
    return _open(
        step,
        node=node,
        token=token,
        audience="applicant",
        queue=None,
        unit="",
        assignee=None
        if step.case.is_company
        else step.case.applicant,  # a company's is done by whoever acts for it
        due_at=due_at,
    )


def _open(
    step: Step,
    *,
    node: str,
    token: int,
    audience: str,
    queue: Queue | None,
    unit: str,
    assignee: int | None,
    due_at: datetime | None = None,
    kind: str = TaskKind.STEP,
    parent: int | None = None,
    one: Any = None,
    outcome: dict[str, Any] | None = None,
) -> Task:
    case = step.case
    task: Task = new(
        Task,
        case=case,
        token=token,
        node=node,
        audience=audience,
        kind=kind,
        parent=parent,
        one=one,
        queue=queue,
        unit=unit,
        number=case.number,
        item=case.item_id,
        release=case.release_id,
        subject_mask=case.masked_name,
        origin=step.once("origin", lambda: origin_of(step)),
        assignee=assignee,
        claimed_at=step.at if assignee else None,
        opened_at=step.at,
        due_at=due_at,
        outcome=outcome or {},
    )
    step.sheet.add(task)
    step.delta.setdefault("opened", []).append(
        {"task": task.id, "node": node, "unit": unit, "audience": audience}
    )
    return task


def origin_of(step: Step) -> str:
    """Where the case came in: the window's unit, ``house``, or nothing for an online application."""
    if step.case.channel == "house":
        return "house"
    if step.case.channel != "window" or not step.case.units:
        return ""
    window = step.units.known(step.case.units[0])
    return (window.short_name or window.name)[:60] if window else ""


def keep_due(step: Step) -> None:
    """Let lists know when the open tasks of officials are due: with their own limit, or with the case if that is sooner.

    What was promised to the applicant does not wait for a step that began late. The clocks know why.
    """
    running = [one for one in step.sheet.clocks if one.state == ClockState.RUNNING and one.task is not None]
    own = {one.task: (one.due_at, one.warn_at) for one in running}
    whole = limits.case_due(step)
    for task in step.sheet.open_tasks():
        ends = [end for end in (own.get(task.id, (None, None)), whole) if end[0]]
        due_at, warn_at = min(ends, default=(None, None))
        if (task.due_at, task.warn_at) != (due_at, warn_at):
            step.sheet.change(task, due_at=due_at, warn_at=warn_at)


def open_beside(step: Step, mine: Task, *, kind: str, person: Account, unit: str, words: str) -> Task:
    """Open a task beside one for a person; their unit takes part from now on."""
    step.take_part(unit)
    return _open(
        step,
        node=mine.node,
        token=mine.token,
        audience="staff",
        queue=None,
        unit=unit,
        assignee=person.pk,
        kind=kind,
        parent=mine.id,
        outcome={"asked": words, "by": step.who},
    )


def people(actor: Actor) -> set[int]:
    """The accounts that act: one's own, and that of whom one stands for."""
    return {person for person in (actor.account_id, _principal(actor)) if person is not None}


def held(step: Step, task_id: int) -> Task:
    """An open task of the case that the actor may do: theirs, or free and within their rights.

    Raises:
        AlreadyHandled: it is closed, or somebody else has it.
        NotYours: it is outside of the actor's rights.
    """
    task = step.sheet.task(task_id)
    if task is None:
        raise NotYours
    if task.state == TaskState.HELD:
        raise NotNow(_("此任务正在等待补正、委派或加签的答复，暂时不能办理。"))
    if task.state != TaskState.OPEN:
        raise AlreadyHandled(_name(task.done_by))
    if not may(step.by, task):
        raise NotYours
    if task.assignee not in (None, step.by.account_id, _principal(step.by)):
        raise AlreadyHandled(_name(task.assignee))
    return task


def may(actor: Actor, task: Task) -> bool:
    """Whether a task lies within somebody's rights: assigned to them, or free to holders of their role."""
    if task.assignee is not None and task.assignee in (actor.account_id, _principal(actor)):
        return True
    queue = task.queue
    return queue is not None and actor.may(queue.role, queue.unit_path, queue.area)


def must_differ(step: Step, nodes: Iterable[str]) -> None:
    """Separation of duty: whoever did one of these nodes in this case may not do this one.

    Raises:
        MustDiffer: the actor, or the person they act for, did one of them.
    """
    people = [person for person in (step.by.account_id, _principal(step.by)) if person is not None]
    wanted = set(nodes)
    if wanted and any(
        task.done_by in people or task.done_for in people
        for task in step.case.tasks.all()
        if task.state == TaskState.DONE and earlier.of_task(step.case, task) in wanted
    ):
        raise MustDiffer


def close(step: Step, task: Task, *, action: str, outcome: dict[str, object]) -> None:
    """Close an open task; exactly one may.

    Raises:
        AlreadyHandled: it was closed meanwhile.
    """
    if task.state != TaskState.OPEN:
        raise AlreadyHandled
    step.sheet.change(
        task,
        state=TaskState.DONE,
        action=action,
        outcome=outcome,
        done_at=step.at,
        done_by=step.by.account_id,
        done_for=_principal(step.by),
        assignee=step.by.account_id,
    )
    step.delta["closed"] = {"task": task.id, "node": task.node, "action": action}


def cancel_open(step: Step, audience: str | None = None) -> None:
    """Cancel what is still to do in the case."""
    left = [one for one in step.sheet.tasks if audience in {None, one.audience}]
    for one in left:
        step.sheet.change(one, state=TaskState.CANCELLED, done_at=step.at)
    if left:
        step.delta["cancelled"] = len(left)


def _principal(actor: Actor) -> int | None:
    return actor.on_behalf_of.account_id if actor.on_behalf_of else None


def _name(account: int | None) -> str:
    return Account.objects.filter(id=account).values_list("name", flat=True).first() or "" if account else ""
