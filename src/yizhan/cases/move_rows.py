"""What a move changes of a case's rows 改用新版时改写的记录: all gets the names of the new process.

What runs goes on running. A task stays with the unit and at the moment it was opened; if the new process gives it to
another role, it lies free for the holders of that role. Times that the new process waits for and the old one did not
are set from the move on; times that both know stay as they were set. Limits of tasks follow the new process only where
that was asked for; what was promised to the applicant never changes by a move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from yizhan.cases import limits, motion, processes, situations, tasks
from yizhan.cases.models import Clock, Task, TaskKind
from yizhan.cases.move_hindrances import Stays
from yizhan.cases.step import Step
from yizhan.database.rows import json_of
from yizhan.releases.models import Release
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.moving import Names, times
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Situation

Letter = dict[str, list[dict[str, Any]]]
"""What only a move changes of a case's rows, for the reviewed function ``case_moved``."""

_MOVED = "select case_moved(%s, %s, %s, %s::jsonb)"


@dataclass(frozen=True)
class Plan:
    """How a case would go: from which graph to which, where it stands in both, what its nodes are called there."""

    old: Graph
    new: Graph
    process: str
    names: Names
    before: Situation
    after: Situation


def rewrite(step: Step, to: Release, found: Plan, *, with_limits: bool) -> None:
    """Let the rows of a step's case say where it stands in the new process.

    Raises:
        Stays: the moment of a new timer cannot be found.
    """
    case = step.case
    case.release_id, case.process = to.id, found.process
    case._state.fields_cache.pop("release", None)
    situations.write(step, found.before, found.after)
    clocks = step.sheet.clocks  # those that the move stops among them
    letter: Letter = {"tokens": _tokens(found), "scopes": _scopes(found), "tasks": _move_tasks(step, found)}
    _set_times(step, found)
    if with_limits:
        _follow_limits(step, found)
    letter["clocks"] = [_of(clock) for clock in clocks]
    tasks.keep_due(step)
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [case.pk, to.id, found.process, json_of(letter)])


def _tokens(found: Plan) -> list[dict[str, Any]]:
    """Tokens keep their numbers and get the names of the new process."""
    pairs = zip(found.before.tokens, found.after.tokens, strict=True)
    return [{"number": new.id, "node": new.node, "came": new.came} for old, new in pairs if old != new]


def _scopes(found: Plan) -> list[dict[str, Any]]:
    """So do scopes; what they hold is written with the step."""
    pairs = zip(found.before.scopes, found.after.scopes, strict=True)
    return [{"number": new.id, "node": new.node} for old, new in pairs if old.node != new.node]


def _move_tasks(step: Step, found: Plan) -> list[dict[str, Any]]:
    """Tasks and their clocks get the names of the new process; a task of another role lies free for its holders."""
    freed, told = [], []
    for task in step.sheet.tasks:
        there = found.new.nodes.get(found.names.get(task.node, task.node))
        if there is None:
            continue  # only to be read, beside a step that is over: it is called as it was
        task.node = there.key
        if isinstance(there, n.Task) and task.kind == TaskKind.STEP and _other_role(task, there):
            task.queue = step.units.queue(there.role, step.units.any(task.unit))
            step.sheet.change(task, assignee=None, claimed_at=None)
            freed.append(task.id)
        told.append({"id": task.id, "node": task.node, "queue": task.queue_id})
    for clock in step.sheet.clocks:
        clock.node = found.names.get(clock.node, clock.node)
    if freed:
        step.note(freed=freed)
    return told


def _other_role(task: Task, there: n.Task) -> bool:
    return task.queue is not None and task.queue.role != there.role


def _set_times(step: Step, found: Plan) -> None:
    """Times that only the new process waits for begin now; those that only the old one knew are dropped."""
    try:
        changes = times(found.old, found.new, found.before, found.after, processes.facts(step))
    except NotPossible as fault:
        raise Stays(fault.zh, fault.en) from fault
    motion.set_times(step, changes)


def _follow_limits(step: Step, found: Plan) -> None:
    """Limits of open tasks as the new process says, counted from when each began."""
    by_task = {clock.task: clock for clock in step.sheet.clocks if clock.kind == "internal"}
    changed = []
    for task in step.sheet.open_tasks():
        there = found.new.nodes.get(task.node)
        if not isinstance(there, n.Task) or task.kind != TaskKind.STEP:
            continue
        clock, wanted = by_task.get(task.id), motion.limit_of(there.limit) if there.limit else None
        if wanted is None:
            if clock is not None:
                limits.stop(step, "internal", task=task.id)
                changed.append(task.id)
        elif clock is None:
            limits.start(step, "internal", wanted, node=task.node, task=task.id)
            changed.append(task.id)
        elif (clock.budget, clock.unit) != (wanted.amount, wanted.unit):
            clock.unit, clock.hours = wanted.unit, wanted.hours.model_dump() if wanted.hours else None
            clock.basis = wanted.basis.model_dump(mode="json") if wanted.basis else None
            step.sheet.change(clock, budget=wanted.amount)
            limits.settle(step, clock)
            changed.append(task.id)
    if changed:
        step.note(limits_of=changed)


def _of(clock: Clock) -> dict[str, Any]:
    """What only a move changes of a clock."""
    return {name: getattr(clock, name) for name in ("id", "node", "unit", "hours", "basis")}
