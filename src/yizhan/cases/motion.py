"""Moving a case along its process: the pure machine says what follows, this writes it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from yizhan.cases import (
    limits,
    milestones,
    moments,
    processes,
    replaying,
    sending,
    situations,
    tasks,
    telling,
    works,
)
from yizhan.cases.item import Limit
from yizhan.cases.models import Task, TaskState
from yizhan.cases.refusals import Impossible
from yizhan.cases.step import Step
from yizhan.cases.unit_choice import unit_of
from yizhan.workflow.processes import effects as e
from yizhan.workflow.processes import events
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.stepping import advance


def begin(step: Step) -> None:
    """Start the process of a case that was just handed in."""
    move(step, events.Started())


def complete(step: Step, task: Task, *, action: str, reason: str, given: Mapping[str, Any]) -> None:
    """An official chose an action of an open task.

    Raises:
        MustDiffer: somebody who did an earlier step may not do this one.
        Impossible: the process does not allow it now; nothing was changed.
    """
    node = processes.graph(step.case.release_id, step.case.process).nodes[task.node]
    if isinstance(node, n.Task):
        if action not in node.actions:  # before it is written anywhere: it may be of any length
            raise Impossible(
                NotPossible("unknown_action", zh="此环节没有这项操作", en="the task has no such action")
            )
        tasks.must_differ(step, node.distinct_from)
    tasks.close(step, task, action=action, outcome={"reason": reason, "given": dict(given)})
    limits.stop(step, "internal", task=task.id)
    step.reason = reason
    step.news("task.completed", node=task.node, action=action, on_time=_on_time(step, task))
    move(step, events.TaskCompleted(task.token, action, given, reason))


def move(step: Step, event: events.Event) -> None:
    """Let something happen to the case, and write down all that follows.

    Raises:
        Impossible: the case does not stand where this can happen.
    """
    graph = processes.graph(step.case.release_id, step.case.process)
    before = situations.standing(step)
    try:
        found = advance(graph, before, event, processes.facts(step))
    except NotPossible as fault:
        raise Impossible(fault) from fault
    step.delta.setdefault(replaying.HEARD, []).append(replaying.plain(event))
    step.leads_to = found.situation
    _look_up_units(step, found.of(e.OpenTask))
    for change in found.changes:
        _WRITERS.get(type(change), _nothing)(step, change)
    if any(isinstance(change, e.OpenTask | e.StartClock) for change in found.changes):
        tasks.keep_due(step)
    lasting = sorted({type(one).__name__ for one in found.changes if isinstance(one, _LASTING)})
    if lasting:
        step.note(lasting=lasting)
    closed = [change.scope for change in found.of(e.CloseScope)]
    situations.write(step, before, found.situation, closed)
    while step.reports:
        move(step, step.reports.pop(0))
    if found.reasons and not found.of(e.DecideWith):  # a decision brings its own words
        step.note(reasons=[{"zh": words.zh, "en": words.en} for words in found.reasons])


def _look_up_units(step: Step, opening: Sequence[e.OpenTask]) -> None:
    """The units of tasks that open, the one that stands in for a unit that is gone, and the window of the case."""
    if opening:
        codes = [change.unit.code for change in opening]
        step.units.look_up(
            [*codes, step.case.unit, *step.case.units[:1]], [change.role for change in opening]
        )


def set_times(step: Step, changes: Iterable[e.ArmTimer | e.DropTimer]) -> None:
    """Set and drop timers where the case stands, without moving it."""
    for change in changes:
        _WRITERS[type(change)](step, change)


def _on_time(step: Step, task: Task) -> bool:
    return task.due_at is None or step.at < task.due_at


_LASTING = e.MarkCase | e.PutMessage | e.Perform | e.DecideWith | e.Close
"""What cannot be taken back as if it had not been done."""


def _nothing(step: Step, change: Any) -> None:
    """Tokens and scopes are written at the end, from the situation as a whole."""


def _enter(step: Step, change: e.Enter) -> None:
    step.passes(change.node)


def _open_task(step: Step, change: e.OpenTask) -> None:
    unit = unit_of(step, change.unit)
    task = tasks.open_for_role(
        step, node=change.node, token=change.token, role=change.role, unit=unit, one=change.one
    )
    if change.limit is not None:
        limits.start(step, "internal", limit_of(change.limit), node=change.node, task=task.id)


def _cancel_task(step: Step, change: e.CancelTask) -> None:
    for task in step.sheet.tasks:
        if task.token == change.token:
            limits.stop(step, "internal", task=task.id)
            step.sheet.change(task, state=TaskState.CANCELLED, done_at=step.at)


def _wait(step: Step, change: e.WaitFor) -> None:
    if change.audience == "applicant":
        tasks.open_for_applicant(step, node=change.node, token=change.token, due_at=None)


def _arm(step: Step, change: e.ArmTimer) -> None:
    if change.limit is not None:
        limits.arm(step, change.ref, limit_of(change.limit))
    else:
        step.sheet.set_timer("limit", change.ref, moments.moment_of(change.moment, step.at))


def _drop(step: Step, change: e.DropTimer) -> None:
    step.sheet.drop_timers("limit", [change.ref])


def _decide(step: Step, change: e.DecideWith) -> None:
    step.note(decision=change.decision.record())
    step.decisions.append(change.decision)


def _mark(step: Step, change: e.MarkCase) -> None:
    milestones.reached(step, change.mark, change.by)


def _start_clock(step: Step, change: e.StartClock) -> None:
    of = step.item.limits
    if change.clock == "acceptance":
        limits.start(step, "acceptance", of.acceptance)
    elif change.clock == "handling":
        limits.start(step, "promised", of.promised)
        limits.start(step, "statutory", of.statutory)
    else:
        limits.start(step, "delivery", of.delivery)


def _stop_clock(step: Step, change: e.StopClock) -> None:
    kinds = {"acceptance": ("acceptance",), "handling": ("promised", "statutory"), "delivery": ("delivery",)}
    limits.stop(step, *kinds[change.clock])


def _message(step: Step, change: e.PutMessage) -> None:
    if change.to in sending.RECEIVERS:
        sending.message(step, change.template, to=change.to)
    elif change.unit is not None:
        telling.tell(
            step, change.template, role=change.to, node=change.node, units=[unit_of(step, change.unit)]
        )
    else:
        telling.tell(step, change.template, role=change.to, node=change.node)


def _perform(step: Step, change: e.Perform) -> None:
    works.perform(step, change.work, node=change.node, token=change.token, arguments=change.arguments)


def _close(step: Step, change: e.Close) -> None:
    tasks.cancel_open(step)
    step.sheet.drop_all_timers()
    limits.stop(step, "acceptance", "promised", "statutory", "delivery", "supplement", "internal")
    limits.end_suspensions(step)
    milestones.closed(step, change.how, change.outcome)


_WRITERS: dict[type, Callable[[Step, Any], None]] = {
    e.Enter: _enter,
    e.OpenTask: _open_task,
    e.CancelTask: _cancel_task,
    e.WaitFor: _wait,
    e.ArmTimer: _arm,
    e.DropTimer: _drop,
    e.DecideWith: _decide,
    e.MarkCase: _mark,
    e.StartClock: _start_clock,
    e.StopClock: _stop_clock,
    e.PutMessage: _message,
    e.Perform: _perform,
    e.Close: _close,
}


@lru_cache(maxsize=1024)
def limit_of(limit: n.Limit) -> Limit:
    """A limit of a process as a limit of the house."""
    return Limit.model_validate(
        {"amount": limit.amount, "unit": limit.unit, "basis": limit.basis, "hours": limit.hours}
    )
