"""What each event does to a case 事件处理, before the case goes on by itself."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from yizhan.workflow.processes import beginning, several
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import events as ev
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.answers import read_answers
from yizhan.workflow.processes.arriving import throw
from yizhan.workflow.processes.graph import Via
from yizhan.workflow.processes.onward import onward
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Ending, Token
from yizhan.workflow.processes.walking import SILENCE, Walk
from yizhan.workflow.words import Words


@singledispatch
def happen(event: ev.Event, walk: Walk) -> None:
    """Let an event happen; what follows is in the agenda.

    Raises:
        NotPossible: it does not fit.
    """
    raise AssertionError(f"no such event: {event!r}")


@happen.register
def _started(event: ev.Started, walk: Walk) -> None:
    if walk.situation.has_begun:
        raise NotPossible("already_begun", zh="本件已提交，不能重复提交", en="the case has begun already")
    starts = walk.graph.starts(message=event.message)
    if not starts:
        raise NotPossible("no_start", zh="此流程不能这样开始", en="the process cannot begin like this")
    scope = walk.begin()
    for start in starts:
        walk.go(walk.graph.arrows_from(start.key), scope.id)


@happen.register
def _task_completed(event: ev.TaskCompleted, walk: Walk) -> None:
    token, task = task_of(walk, event.token)
    action = task.actions.get(event.action)
    if action is None:
        raise NotPossible("unknown_action", zh="此环节没有这项操作", en="the task has no such action")
    reasons = offered(walk, token, action)
    if reasons is not None:
        raise NotPossible(
            "action_not_open",
            zh=f"目前不能“{action.title.zh}”",
            en=f"“{action.title.en}” is not open now",
            reasons=reasons,
        )
    answers = read_answers(action.asks, event.input)
    if action.reason == "required" and not event.reason.strip():
        raise NotPossible("reason_missing", zh="请说明理由", en="please give a reason")
    words = {"reason": event.reason.strip()} if event.reason.strip() and task.each else {}
    _done(walk, token, {"action": action.key, **answers, **words}, Via.ACTION, action.key)


def _done(walk: Walk, token: Token, left: dict[str, Any], via: Via, by: str) -> None:
    """What was to be done at a token is done: one of several has answered, or the case goes on."""
    walk.leave(token)
    if token.index is not None:
        walk.answers.append((token.scope, token.index, left))
        return
    walk.remember(token.scope, token.node, left)
    way = walk.graph.way(token.node, via, by)
    if way is not None:
        walk.go([way], token.scope)
    else:
        onward(walk, walk.graph.nodes[token.node], token.scope)


@happen.register
def _message(event: ev.Message, walk: Walk) -> None:
    waiting = [
        (token, node)
        for token, node in walk.standing(n.Wait)
        if event.name in node.answers and event.token in {None, token.id}
    ]
    outside = _outside(walk, event)
    if len(waiting) + len(outside) != 1:
        raise NotPossible(
            "wait_gone", zh="本件目前不在等待此答复", en="the case does not wait for this answer"
        )
    for token, boundary in outside:
        _boundary(walk, token, boundary)
    for token, node in waiting:
        answers = read_answers(node.answers[event.name], event.data)
        _done(walk, token, {"answer": event.name, **answers}, Via.ANSWER, event.name)


def _outside(walk: Walk, event: ev.Message) -> list[tuple[Token, n.Boundary]]:
    """Where the message comes to somebody who does something else meanwhile."""
    return [
        (token, boundary)
        for token in walk.situation.tokens
        if token.index is None and event.token in {None, token.id}
        for boundary in walk.graph.boundaries(token.node).values()
        if boundary.kind == "message" and boundary.name == event.name
    ]


@happen.register
def _timer(event: ev.Timer, walk: Walk) -> None:
    key, _colon, number = event.ref.rpartition(":")
    token = walk.situation.token(int(number)) if number.isdecimal() else None
    if token is None or event.ref not in dict(walk.timers_of(token)):
        raise NotPossible("timer_gone", zh="此期限已不再计算", en="the limit is no longer counted")
    if token.index is not None and key == SILENCE:
        _silent(walk, token, event.ref)
        return
    _boundary(walk, token, walk.graph.boundaries(token.node)[key], event.ref)


def _silent(walk: Walk, token: Token, ref: str) -> None:
    """A department let its limit pass: the item says what that counts as."""
    each = walk.graph.each(token.node)
    action = each.policy.silence if each else None
    walk.leave(token, cancelled=True, fired=ref)
    walk.answers.append((token.scope, token.index or 0, {"action": action, "silent": True}))


def _boundary(walk: Walk, token: Token, boundary: n.Boundary, fired: str = "") -> None:
    if boundary.interrupts:
        walk.interrupt(token, fired)
    walk.send(boundary.sends, token.node)
    walk.go([walk.graph.way(token.node, Via.BOUNDARY, boundary.key)], token.scope)


@happen.register
def _work_done(event: ev.WorkDone, walk: Walk) -> None:
    token = _working(walk, event.token)
    _done(walk, token, dict(event.result), Via.FLOW, "")


@happen.register
def _work_failed(event: ev.WorkFailed, walk: Walk) -> None:
    token = _working(walk, event.token)
    found = [
        boundary
        for boundary in walk.graph.boundaries(token.node).values()
        if boundary.kind == "error" and boundary.name in {"", event.error}
    ]
    if found and token.index is None:
        walk.remember(token.scope, token.node, {"outcome": event.error})
        _boundary(walk, token, found[0])
        return
    walk.leave(token)
    throw(walk, token.scope, event.error, event.error)


def _working(walk: Walk, number: int) -> Token:
    for token, _node in walk.standing(n.Automatic):
        if token.id == number:
            return token
    raise NotPossible("work_gone", zh="本件已不再等待此项办理结果", en="nobody waits for this work any more")


@happen.register
def _joined(event: ev.Joined, walk: Walk) -> None:
    several.join(walk, event.token, event.one)


@happen.register
def _left(event: ev.Left, walk: Walk) -> None:
    several.leave(walk, event.token, event.index)


@happen.register
def _sent_back(event: ev.SentBack, walk: Walk) -> None:
    token, task = task_of(walk, event.token)
    target = walk.graph.nodes.get(event.node)
    if token.index is not None or not isinstance(target, n.Task) or target.within != task.within:
        raise NotPossible("no_way_back", zh="不能退回到该环节", en="it cannot go back there")
    if not walk.was_done(token.scope, target.key) or target.key == task.key:
        raise NotPossible("not_done_yet", zh="该环节尚未办理过", en="that has not been done yet")
    walk.leave(token, cancelled=True)
    walk.note(ef.Enter(target.key))
    beginning.begin(target, walk, token.scope)


@happen.register
def _reopened(event: ev.Reopened, walk: Walk) -> None:
    target = walk.graph.nodes.get(event.node)
    if walk.situation.ending is None:
        raise NotPossible("open", zh="本件尚未办结", en="the case has not ended")
    if not isinstance(target, n.Task) or target.within or target.each:
        raise NotPossible("no_way_back", zh="不能退回到该环节", en="it cannot go back there")
    walk.reopen(target.key)
    walk.note(ef.Enter(target.key))
    beginning.begin(target, walk, walk.situation.scopes[0].id)


@happen.register
def _withdrawn(_event: ev.Withdrawn, walk: Walk) -> None:
    too_late = {"before_acceptance": {"accepted", "decided"}, "before_decision": {"decided"}}
    closed = too_late.get(walk.graph.withdrawal)
    if closed is None or any(mark.name in closed for mark in walk.situation.marks):
        raise NotPossible("withdrawal_closed", zh="本件已不能撤回", en="the case can no longer be withdrawn")
    walk.end(Ending("withdrawn", "withdrawn"))


@happen.register
def _terminated(_event: ev.Terminated, walk: Walk) -> None:
    walk.end(Ending("terminated", "terminated"))


def task_of(walk: Walk, number: int) -> tuple[Token, n.Task]:
    """The token and node of an open task.

    Raises:
        NotPossible: ``task_gone``.
    """
    for token, node in walk.standing(n.Task):
        if token.id == number:
            return token, node
    raise NotPossible(
        "task_gone",
        zh="此任务已办理或已取消，请刷新待办",
        en="the task was done or cancelled; reload the list",
    )


def offered(walk: Walk, token: Token, action: n.Action) -> tuple[Words, ...] | None:
    """Why an action of a task is closed; none if it is open."""
    if action.when is None:
        return None
    value, reasons = walk.computed(action.when, token.scope, token.index)
    if value is True:
        return None
    if value is False and action.closed is not None:
        return (Words(zh=action.closed.zh, en=action.closed.en),)
    return reasons or (Words(zh="条件未满足", en="its condition is not met"),)
