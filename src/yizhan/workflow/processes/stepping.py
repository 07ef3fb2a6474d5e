"""One step of a process 推进: a pure function of graph, situation, event and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yizhan.workflow.processes import events as ev
from yizhan.workflow.processes.effects import Effects
from yizhan.workflow.processes.following import follow
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.happening import happen, offered, task_of
from yizhan.workflow.processes.nodes import Action
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Situation
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
    if situation.ending is not None and not isinstance(event, ev.Reopened):
        raise NotPossible("closed", zh="本件已办结，不能再办理", en="the case has ended")
    if not situation.has_begun and not isinstance(event, ev.Started):
        raise NotPossible("not_begun", zh="本件尚未提交", en="the case has not begun")
    walk = Walk(graph, situation, facts)
    happen(event, walk)
    follow(walk)
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
    here, task = task_of(walk, token)
    found = []
    for action in task.actions.values():
        reasons = offered(walk, here, action)
        found.append(Offer(action, open=reasons is None, reasons=reasons or ()))
    return tuple(found)


def can_withdraw(graph: Graph, situation: Situation) -> bool:
    """Whether the applicant may take the case back now."""
    too_late = {
        "before_acceptance": situation.has("accepted") or situation.has("decided"),
        "before_decision": situation.has("decided"),
        "never": True,
    }[graph.withdrawal]
    return situation.is_open and not too_late
