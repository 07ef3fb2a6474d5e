"""Who decided 决定人: whoever took the action that decides, or the one whose decision waited for a work to be done.

A decision that says what a work brings about, such as that a licence is changed, is made once that was done: the
process marks the way out of the work. It is still the decision of whoever sent the case there. What nobody sent there by
an action of their own was decided by the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yizhan.cases import processes
from yizhan.cases.models import Event, Task
from yizhan.cases.step import Step
from yizhan.workflow.processes.graph import Via


@dataclass(frozen=True)
class Decider:
    """Who decided: their key, name and post of that moment, and the reason they gave."""

    key: str
    who: str
    reason: str


def of(step: Step, via: str) -> Decider | None:
    """Who decides with a step; ``via`` is what took the case past the mark. None where the rules do."""
    if via == Via.ACTION:
        return Decider(step.by.key, step.who, step.reason)
    performed = step.delta.get("performed")
    node = performed[-1]["node"] if via == Via.FLOW and performed else ""
    if not node:
        return None
    if _sent_by_hand(step, node, step.delta):
        return Decider(step.by.key, step.who, step.reason)
    came = Event.objects.filter(case=step.case, delta__passed__contains=[node]).order_by("-rev").first()
    if came is None or not _sent_by_hand(step, node, came.delta):
        return None
    task = Task.objects.get(id=came.delta["closed"]["task"])
    who = " · ".join(part for part in (came.actor_name, came.post) if part)
    return Decider(came.actor, who[:160], str(task.outcome.get("reason", "")))


def _sent_by_hand(step: Step, node: str, delta: Mapping[str, Any]) -> bool:
    """Whether an action led straight to a node in the step of which a delta tells."""
    closed = delta.get("closed")
    if closed is None or node not in delta.get("passed", ()):
        return False
    graph = processes.graph(step.case.release_id, step.case.process)
    way = graph.way(closed["node"], Via.ACTION, closed["action"])
    return way is not None and way.target == node
