"""Acceptance by silence 逾期视为受理: nobody answered within the limit, so the matter is accepted as of receipt.

An item says so where its law does (Administrative Licensing Law, article 32). The house then takes the way that
officials would have taken, and the handling clocks run from the day of receipt.
"""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.cases import processes
from yizhan.cases.models import Clock, Task, TaskKind
from yizhan.cases.refusals import TooLate
from yizhan.cases.step import Step
from yizhan.workflow.processes import nodes as n

KIND = "silence"


def arm(step: Step, clock: Clock) -> None:
    """Have the limit of acceptance end in acceptance, if the item says so and the clock runs."""
    if clock.kind != "acceptance" or not step.item.limits.by_silence:
        return
    if clock.due_at is None:
        disarm(step, [clock.id])
    else:
        step.sheet.set_timer(KIND, str(clock.id), clock.due_at)


def disarm(step: Step, clocks: Iterable[int]) -> None:
    """These clocks have stopped."""
    step.sheet.drop_timers(KIND, [str(clock) for clock in clocks])


def way(step: Step) -> tuple[Task, str]:
    """The task at which the case could be accepted, be it that colleagues are asked, and the action that accepts it.

    Raises:
        TooLate: the case stands nowhere where it could be accepted.
    """
    graph = processes.graph(step.case.release_id, step.case.process)
    for task in step.sheet.tasks:
        node = graph.nodes[task.node]
        if isinstance(node, n.Task) and task.audience == "staff" and task.kind == TaskKind.STEP:
            accepting = next((one.key for one in node.actions.values() if one.marks == "accepted"), None)
            if accepting is not None:
                return task, accepting
    raise TooLate
