"""Starting and stopping the clocks of a case, and letting them stand still; every date is computed, none is edited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yizhan.cases import cards, ends, processes, silence
from yizhan.cases.ends import Course, reckon, reckoned
from yizhan.cases.item_limits import Limit
from yizhan.cases.models import Clock, ClockState, Span, Suspension
from yizhan.cases.step import Step
from yizhan.database.rows import new
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.walking import EXPIRY, SILENCE

__all__ = [
    "arm", "case_due", "end_suspensions", "go_on", "reckon", "reckoned", "settle", "stand_still", "start", "stop",
]  # fmt: skip

_OF_THE_LAW = ("promised", "statutory")


def start(step: Step, kind: str, limit: Limit, *, node: str = "", task: int | None = None) -> Clock:
    """Start a clock now; the day itself is not counted. While the case stands still, it stands from the beginning."""
    since = step.counted_from or step.at if kind in _OF_THE_LAW else step.at
    clock: Clock = new(
        Clock,
        case=step.case,
        kind=kind,
        node=node,
        task=task,
        unit=limit.unit,
        budget=limit.amount,
        hours=limit.hours.model_dump() if limit.hours else None,
        started_at=since,
        basis=limit.basis.model_dump(mode="json") if limit.basis else None,
    )
    if kind == "delivery":
        end_suspensions(step)  # what was waited for no longer is: the matter is decided
    end = ends.reckoned(clock, step.calendar, spans=())
    clock.due_at, clock.warn_at, clock.provisional = end.due_at, end.warn_at, end.provisional
    step.sheet.add(clock)
    step.delta.setdefault("clocks", []).append(
        {"started": kind, "due": end.due_at and end.due_at.isoformat()}
    )
    standing = [one for one in _open(step) if _stops(step, one, clock)]
    for suspension in standing:
        _span(step, suspension, clock)
    if standing:
        settle(step, clock)
    else:
        _armed(step, clock, fresh=True)
    return clock


def stop(step: Step, *kinds: str, task: int | None = None) -> None:
    """Stop running or suspended clocks of these kinds; what they would have brought about falls away."""
    running = [one for one in step.sheet.clocks if one.kind in kinds and task in {None, one.task}]
    ids = [one.id for one in running]
    for one in running:
        step.sheet.change(one, state=ClockState.STOPPED, stopped_at=step.at)
    if ids:
        step.sheet.end_spans(ids)
        cards.disarm(step, ids)
        silence.disarm(step, ids)


def stand_still(step: Step, suspension: Suspension, kinds: Iterable[str]) -> list[Clock]:
    """Let the clocks of these kinds stand still; those whose limit has passed stay late. Gives the clocks."""
    named = set(kinds)
    wanted = [one for one in step.sheet.clocks if one.kind in named and suspension.task in {None, one.task}]
    stopped = [one for one in wanted if one.due_at is None or one.due_at > step.at]
    for clock in stopped:
        _span(step, suspension, clock)
        settle(step, clock)
    return stopped


def go_on(step: Step, suspension: Suspension) -> list[Clock]:
    """Let the clocks of a suspension go on, those that nothing else keeps. Gives them."""
    spans = Span.objects.filter(case=step.case, suspension=suspension, until=None)
    ids = set(spans.values_list("clock", flat=True))
    spans.update(until=step.at)
    step.sheet.forget_suspensions()
    clocks = [one for one in step.sheet.clocks if one.id in ids]
    for clock in clocks:
        settle(step, clock)
    return clocks


def end_suspensions(step: Step) -> None:
    """All that the case waited for has ended with it; the clocks were stopped already."""
    step.sheet.end_suspensions(step.who)


def settle(step: Step, clock: Clock) -> Course:
    """Write down where a clock stands by its start, budget and spans, and set its timers accordingly."""
    end = ends.reckoned(clock, step.calendar)
    step.sheet.change(
        clock,
        state=ClockState.RUNNING if end.used is None else ClockState.SUSPENDED,
        due_at=end.due_at,
        warn_at=end.warn_at,
        provisional=end.provisional,
        used=end.used,
        extended=clock.extended,
    )
    _armed(step, clock)
    return end


def arm(step: Step, ref: str, limit: Limit) -> None:
    """Set the timer of a place whose limit brings something about by itself, unless its clock stands still."""
    key, _colon, token = ref.rpartition(":")
    here = [one for one in step.sheet.tasks if one.token == int(token)]
    graph = processes.graph(step.case.release_id, step.case.process)
    own = [one.id for one in here if goes_with_clock(graph, one.node) == key]
    clock = next((one for one in step.sheet.clocks if one.task in own), None)
    due = clock.due_at if clock else reckon(step.at, limit.budget(), step.calendar).due_at
    if due is not None:
        step.sheet.set_timer("limit", ref, due)


def goes_with_clock(graph: Graph, node: str) -> str | None:
    """The timer of a task that stands still when its clock does: its limit passes, or its silence counts."""
    task = graph.nodes.get(node)
    if not isinstance(task, n.Task) or task.limit is None:
        return None
    if task.each is not None:
        return SILENCE if task.each.policy.silence else None
    return EXPIRY if EXPIRY in task.boundaries else None


def case_due(step: Step) -> tuple[datetime | None, datetime | None]:
    """When the case as a whole is due, and when to warn."""
    running = [
        (one.due_at, one.warn_at)
        for one in step.sheet.clocks
        if one.task is None
        and one.state == ClockState.RUNNING
        and one.kind in {"acceptance", "promised"}
        and one.due_at is not None
    ]
    return min(running, key=lambda ends: ends[0], default=(None, None))


def _armed(step: Step, clock: Clock, *, fresh: bool = False) -> None:
    """The timers of a clock: cards, acceptance by silence, and the limit of its place."""
    cards.arm(step, clock, fresh=fresh)
    silence.arm(step, clock)
    if clock.task is None:
        return
    key = goes_with_clock(processes.graph(step.case.release_id, step.case.process), clock.node)
    if key is None:
        return
    task = step.sheet.task(clock.task)
    ref = f"{key}:{task.token if task else 0}"
    if clock.due_at is None:
        step.sheet.drop_timers("limit", [ref])
    else:
        step.sheet.set_timer("limit", ref, clock.due_at)


def _open(step: Step) -> list[Suspension]:
    return step.sheet.suspensions


def _stops(step: Step, suspension: Suspension, clock: Clock) -> bool:
    """Whether what the case waits for stops a clock of this kind, by its item."""
    rule = step.item.limits.suspension(suspension.kind)
    return rule is not None and clock.kind in rule.clocks


def _span(step: Step, suspension: Suspension, clock: Clock) -> None:
    Span.objects.create(
        case=step.case,
        clock=clock.id,
        suspension=suspension,
        since=step.at,
        restart=suspension.restart,
        reason=suspension.kind,
        words=suspension.words,
        basis=suspension.basis,
        document=suspension.document,
        by=suspension.by,
    )
