"""One step of a process 推进: a pure function of graph, situation, event and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from yizhan.workflow.processes import events as ev
from yizhan.workflow.processes.answers import read_answers
from yizhan.workflow.processes.arriving import follow
from yizhan.workflow.processes.effects import Effects
from yizhan.workflow.processes.graph import START, Action, Graph, Task, Via, Wait
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Ending, Situation, Token
from yizhan.workflow.processes.walking import Walk
from yizhan.workflow.words import Words


def advance(graph: Graph, situation: Situation, event: ev.Event, facts: Mapping[str, Any]) -> Effects:
    """Take one step, through all that needs nobody, until the case rests or ends.

    The same arguments always give the same effects.

    Args:
        graph: the process the case began with.
        situation: where the case stands; ``NOT_BEGUN`` before ``Started``.
        event: what happened.
        facts: those of ``graph.all_facts`` that are known, as JSON or Python values. What earlier steps left
            behind is in the situation and need not be repeated.

    Raises:
        NotPossible: the event does not fit; nothing was changed.
    """
    if situation.ending is not None:
        raise NotPossible("closed", zh="本件已办结，不能再办理", en="the case has ended")
    if not situation.has_begun and not isinstance(event, ev.Started):
        raise NotPossible("not_begun", zh="本件尚未提交", en="the case has not begun")
    walk = Walk(graph, situation, facts)
    _happen(event, walk)
    return walk.effects()


@dataclass(frozen=True, slots=True)
class Offer:
    """An action of a task 可用操作: open, or closed and why."""

    action: Action
    open: bool
    reasons: tuple[Words, ...]


def offers(graph: Graph, situation: Situation, token: int, facts: Mapping[str, Any]) -> tuple[Offer, ...]:
    """The actions of a task, in the order of the definition; supplements are ``graph.supplement(node)``.

    Raises:
        NotPossible: ``task_gone``.
    """
    walk = Walk(graph, situation, facts)
    _token, task = _task_of(walk, token)
    return tuple(_offer(walk, action) for action in task.actions.values())


@singledispatch
def _happen(event: ev.Event, walk: Walk) -> None:
    raise AssertionError(f"no such event: {event!r}")


@_happen.register
def _started(_event: ev.Started, walk: Walk) -> None:
    if walk.situation.has_begun:
        raise NotPossible("already_begun", zh="本件已提交，不能重复提交", en="the case has begun already")
    walk.begin()
    follow(walk, walk.graph.arrow(START, Via.FLOW))


@_happen.register
def _task_completed(event: ev.TaskCompleted, walk: Walk) -> None:
    token, task = _task_of(walk, event.token)
    action = task.actions.get(event.action)
    if action is None:
        raise NotPossible("unknown_action", zh="此环节没有这项操作", en="the task has no such action")
    offer = _offer(walk, action)
    if not offer.open:
        raise NotPossible(
            "action_not_open",
            zh=f"目前不能“{action.title.zh}”",
            en=f"“{action.title.en}” is not open now",
            reasons=offer.reasons,
        )
    answers = read_answers(action.asks, event.input)
    if action.reason == "required" and not event.reason.strip():
        raise NotPossible("reason_missing", zh="请说明理由", en="please give a reason")
    walk.leave(token)
    walk.remember(token.node, {"action": action.key, **answers})
    follow(walk, walk.graph.arrow(token.node, Via.ACTION, action.key))


@_happen.register
def _message(event: ev.Message, walk: Walk) -> None:
    waiting = [
        (token, node)
        for token, node in walk.standing(Wait)
        if event.name in node.answers and event.token in {None, token.id}
    ]
    if len(waiting) != 1:
        raise NotPossible(
            "wait_gone", zh="本件目前不在等待此答复", en="the case does not wait for this answer"
        )
    ((token, node),) = waiting
    answers = read_answers(node.answers[event.name], event.data)
    walk.leave(token)
    walk.remember(token.node, {"answer": event.name, **answers})
    follow(walk, walk.graph.arrow(token.node, Via.ANSWER, event.name))


@_happen.register
def _timer(event: ev.Timer, walk: Walk) -> None:
    for token in walk.situation.tokens:
        if walk.timer_of(token) == event.ref:
            walk.leave(token, cancelled=True, fired=True)
            follow(walk, walk.graph.arrow(token.node, Via.EXPIRY))
            return
    raise NotPossible("timer_gone", zh="此期限已不再计算", en="the limit is no longer counted")


@_happen.register
def _withdrawn(_event: ev.Withdrawn, walk: Walk) -> None:
    if not can_withdraw(walk.graph, walk.situation):
        raise NotPossible("withdrawal_closed", zh="本件已不能撤回", en="the case can no longer be withdrawn")
    walk.end(Ending("withdrawn", "withdrawn"))


@_happen.register
def _terminated(_event: ev.Terminated, walk: Walk) -> None:
    walk.end(Ending("terminated", "terminated"))


def can_withdraw(graph: Graph, situation: Situation) -> bool:
    """Whether the applicant may take the case back now."""
    too_late = {
        "before_acceptance": situation.has("accepted") or situation.has("decided"),
        "before_decision": situation.has("decided"),
        "never": True,
    }[graph.withdrawal]
    return situation.is_open and not too_late


def _task_of(walk: Walk, token_id: int) -> tuple[Token, Task]:
    for token, node in walk.standing(Task):
        if token.id == token_id:
            return token, node
    raise NotPossible(
        "task_gone",
        zh="此任务已办理或已取消，请刷新待办",
        en="the task was done or cancelled; reload the list",
    )


def _offer(walk: Walk, action: Action) -> Offer:
    if action.when is None:
        return Offer(action, open=True, reasons=())
    value, reasons = walk.computed(action.when)
    if value is True:
        return Offer(action, open=True, reasons=())
    return Offer(
        action, open=False, reasons=reasons or (Words(zh="条件未满足", en="its condition is not met"),)
    )
