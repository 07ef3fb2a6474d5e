"""Going back 退回与收回: to a step that was done before, or to one's own before anybody has taken it up."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from yizhan.cases import earlier, motion, processes, situations, tasks
from yizhan.cases.models import Case, Event, Task, TaskKind, TaskState
from yizhan.cases.refusals import NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.cases.worded import worded
from yizhan.identity.actor import Actor
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.events import SentBack


def places(case: Case, task: Task) -> list[n.Task]:
    """The steps to which a task can be sent back: done before, on the same level, and not after a decision."""
    situation = situations.situation(case)
    graph = processes.graph(case.release_id, case.process)
    here = graph.nodes[task.node]
    token = situation.token(task.token)
    if token is None or token.index is not None or situation.has("decided"):
        return []
    done = {node for scope in situation.around(token.scope) for node in scope.data}
    return [
        node
        for node in graph.nodes.values()
        if isinstance(node, n.Task)
        and node.within == here.within
        and node.key in done
        and node.key != here.key
    ]


def send_back(case: int, task: int, node: str, *, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """Send a task back to a step that was done before 退回, to whoever did it.

    Raises:
        NotYours: the task is not the actor's.
        NotNow: the case was decided.
        Incomplete: no reason was given.
        Impossible: it cannot go back there.
    """
    words = worded(reason, "back_reason", _("请写明退回的理由"))

    def do(step: Step) -> None:
        mine = tasks.held(step, task)
        if situations.standing(step).has("decided"):
            raise NotNow(_("已作出决定，不能退回。"))
        before = _last_done(step, node)
        step.note(sent_back=mine.node, to_node=node, reason=words)
        motion.move(step, SentBack(mine.token, node))
        _give(step, node, before.done_by if before else None)

    return take(case, by=by, command=command, kind="task.sent_back", do=do)


def can_take_back(case: Case, by: Actor) -> Task | None:
    """The task that somebody did last and could still take back: nobody has taken up what followed."""
    last = max(case.events.all(), key=lambda event: event.rev, default=None)
    if last is None or last.kind != "task.completed" or last.actor != by.key or case.closed_at is not None:
        return None
    return _taken_back(list(case.tasks.all()), last)


def take_back(case: int, *, by: Actor, command: uuid.UUID) -> Answer:
    """Take back what one has just done 收回, before anybody has taken up what followed; no mark may have been passed.

    Raises:
        NotYours: the last step was somebody else's.
        NotNow: somebody has taken it up, or something has followed that cannot be undone.
    """

    def do(step: Step) -> None:
        last = Event.objects.filter(case=step.case, rev=step.case.rev).first()
        if last is None or last.actor != by.key:
            raise NotYours
        done = _taken_back(list(Task.objects.filter(case=step.case)), last)
        if last.kind != "task.completed" or done is None:
            raise NotNow(_("后续环节已经签收、或已有结果，不能收回。"))
        (opened,) = last.delta["opened"]
        following = step.sheet.task(opened["task"])
        step.note(taken_back=done.node)
        motion.move(step, SentBack(following.token if following else 0, done.node))
        _give(step, done.node, by.account_id)

    return take(case, by=by, command=command, kind="task.taken_back", do=do)


def _taken_back(all_tasks: list[Task], last: Event) -> Task | None:
    """The task of a completion whose only consequence is one task that nobody has claimed."""
    opened = last.delta.get("opened", [])
    if len(opened) != 1 or opened[0]["audience"] != "staff" or "lasting" in last.delta:
        return None
    by_id = {task.id: task for task in all_tasks}
    following, done = by_id.get(opened[0]["task"]), by_id.get(last.delta.get("closed", {}).get("task", 0))
    untouched = following is not None and following.state == TaskState.OPEN and following.claimed_at is None
    return done if untouched and done is not None and done.kind == TaskKind.STEP else None


def _last_done(step: Step, node: str) -> Task | None:
    done = Task.objects.filter(case=step.case, state=TaskState.DONE, kind=TaskKind.STEP).order_by("-done_at")
    return next((task for task in done if earlier.of_task(step.case, task) == node), None)


def _give(step: Step, node: str, account: int | None) -> None:
    """The task that opened goes to whoever did it before."""
    for one in step.sheet.open_tasks() if account is not None else ():
        if one.node == node and one.kind == TaskKind.STEP:
            step.sheet.change(one, assignee=account, claimed_at=step.at)
