"""Moving one case to another release of its pack 改用新版流程: whether it can go, and the step in which it goes.

What runs goes on running. A task stays with the unit and at the moment it was opened; if the new process gives it to
another role, it lies free for the holders of that role. Times that the new process waits for and the old one did not
are set from the move on; times that both know stay as they were set. Limits of tasks follow the new process only where
that was asked for; what was promised to the applicant never changes by a move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from yizhan.cases import limits, motion, moves, processes, tasks
from yizhan.cases.earlier import MOVED
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Clock, Suspension, Task, TaskKind
from yizhan.cases.refusals import Refusal
from yizhan.cases.step import Step
from yizhan.database.rows import json_of
from yizhan.forms.paths import get
from yizhan.journal.models import Effect
from yizhan.releases.models import Release, definition, release
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.moving import CannotStand, Names, carried, times
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Situation
from yizhan.workflow.processes.stepping import offers
from yizhan.workflow.words import Words

__all__ = ["MOVED", "Plan", "Stays", "ThereAlready", "move", "plan"]

Letter = dict[str, list[dict[str, Any]]]
"""What only a move changes of a case's rows, for the reviewed function ``case_moved``."""

_MOVED = "select case_moved(%s, %s, %s, %s::jsonb)"


class Stays(Refusal):
    """The case stays with its release; ``words`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)

    @property
    def message(self) -> str:
        """Why, in the language of the page."""
        return str(self.words)


class ThereAlready(Stays):
    """The case is handled by that release; an order that was given twice finds it so."""

    def __init__(self) -> None:
        super().__init__(zh="本件已经使用这一版", en="It is handled by this version already")


@dataclass(frozen=True)
class Plan:
    """How a case would go: from which graph to which, where it stands in both, what its nodes are called there."""

    old: Graph
    new: Graph
    process: str
    names: Names
    before: Situation
    after: Situation


def plan(case: Case, to: Release) -> Plan:
    """Whether a case can go to a release of its pack; nothing is changed.

    Raises:
        Stays: it cannot, and why.
    """
    if case.release_id == to.id:
        raise ThereAlready
    if case.closed_at is not None:
        raise Stays(
            zh="本件已办结，保留办理时的版本",
            en="It has ended, and keeps the version by which it was handled",
        )
    if case.item_id not in to.keys("item"):
        raise Stays(zh="新版不再有这个事项", en="The new version no longer has this item")
    item = definition(to.id, "item", case.item_id, ItemDefinition)
    old = processes.graph(case.release_id, case.process)
    new = processes.graph(to.id, item.handling.process)
    names = moves.names_between(old, to, item.handling.process, release(case.release_id).version)
    before = processes.situation(case)
    passed = frozenset(passage.node for passage in case.passages.all())
    try:
        after = carried(old, new, before, names, passed)
    except CannotStand as fault:
        raise Stays(fault.words.zh, fault.words.en) from fault
    _require_facts(case, new, item)
    _require_offers(case, new, item, after)
    _require_rest(case, item)
    return Plan(old, new, item.handling.process, names, before, after)


def move(step: Step, to: Release, *, reason: str, with_limits: bool) -> None:
    """Move the case of a step; the house's scope must be open.

    Raises:
        Stays: it cannot go.
    """
    case = step.case
    found = plan(case, to)
    was = release(case.release_id)
    step.reason = reason
    step.note(
        moved={
            "from": was.id,
            "to": to.id,
            "process": case.process,
            "to_process": found.process,
            "versions": [was.version, to.version],
            "nodes": {old: new for old, new in found.names.items() if old != new},
        },
        reason=reason,
        lasting=["Moved"],
    )
    case.release_id, case.process = to.id, found.process
    case._state.fields_cache.pop("release", None)
    processes.write(step, found.before, found.after)
    clocks = step.sheet.clocks  # those that the move stops among them
    letter: Letter = {"tokens": _tokens(found), "scopes": _scopes(found), "tasks": _move_tasks(step, found)}
    _set_times(step, found)
    if with_limits:
        _follow_limits(step, found)
    letter["clocks"] = [_of(clock) for clock in clocks]
    tasks.keep_due(step)
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [case.pk, to.id, found.process, json_of(letter)])
    step.news(MOVED, **{"from": was.version, "to": to.version})


# --- whether it can go ------------------------------------------------------------------------------------


def _require_facts(case: Case, new: Graph, item: ItemDefinition) -> None:
    """What conditions of the new process need was asked, or looked up, when this case was filed."""
    filing = max(case.filings.all(), key=lambda one: one.rev)
    needed = new.all_facts
    old_item = definition(case.release_id, "item", case.item_id, ItemDefinition)
    known = {(one.name, one.path) for one in old_item.inputs}
    for wanted in item.inputs:
        if wanted.name not in needed:
            continue
        missing = (
            wanted.fact not in filing.facts
            if wanted.fact is not None
            else (wanted.name, wanted.path) not in known and get(filing.data, wanted.path or "") is None
        )
        if missing:
            raise Stays(
                zh=f"新版流程要用到“{wanted.name}”，本件申报时没有采集",
                en=f"The new process needs “{wanted.name}”, which was not asked when this case was filed",
            )


def _require_offers(case: Case, new: Graph, item: ItemDefinition, after: Situation) -> None:
    """Whoever has a task there finds an action that can be computed."""
    filed = list(case.filings.all())
    facts = processes.Facts(item, lambda: max(filed, key=lambda one: one.rev))
    for token in after.tokens:
        if isinstance(new.nodes[token.node], n.Task) and after.within(token.id) is None:
            try:
                offers(new, after, token.id, facts)
            except NotPossible as fault:
                raise Stays(fault.zh, fault.en) from fault


def _require_rest(case: Case, item: ItemDefinition) -> None:
    """Nothing of the old release is still on its way, or waited for by a rule that the new one does not have."""
    if Effect.objects.filter(
        done_at=None, refused_at=None, topic__startswith="case.", body__case=case.pk
    ).exists():
        raise Stays(
            zh="还有文书或自动办理尚未完成，请稍后再试",
            en="A paper or a work is still being made; try again later",
        )
    for waiting in Suspension.objects.filter(case=case, until=None):
        if item.limits.suspensions and item.limits.suspension(waiting.kind) is None:
            raise Stays(
                zh="本件正在中止计时，而新版没有这种中止事由",
                en="Its limits stand still for a reason that the new version has not",
            )


# --- the step ---------------------------------------------------------------------------------------------


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
