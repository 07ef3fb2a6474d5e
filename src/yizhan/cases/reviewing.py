"""How a joint approval stands 会办情况: who takes part, what each has said, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases import earlier, naming, processes
from yizhan.cases.joining import unit_of
from yizhan.cases.models import Case, Scope, Task, TaskKind, TaskState
from yizhan.ui.dates import day, moment
from yizhan.workflow.processes.nodes import Each, End

State = Literal["waiting", "held", "agreed", "refused", "silent", "left"]


@dataclass(frozen=True)
class Opinion:
    """One department's part.

    Attributes:
        index: which of those who take part.
        state: whether it has answered and how; ``held`` while it waits for a supplement or a colleague.
        action: what it chose, in words; empty while it has not.
        words: its opinion.
        at: when it answered.
        until: while it has not, its last day, or the hour where it has hours; nothing while its limit stands still.
    """

    index: int
    unit: str
    name: str
    state: State
    action: str
    words: str
    at: datetime | None
    until: str = ""


@dataclass(frozen=True)
class Review:
    """A node at which several act, by its present name; ``open`` while it is not finished."""

    node: str
    title: str
    open: bool
    opinions: list[Opinion]


def reviews(case: Case) -> list[Review]:
    """Every joint approval a case has come to, the latest first; one statement for the units' names."""
    found = [scope for scope in case.scopes.all() if scope.kind == "each"]
    codes = {unit_of(one) for scope in found for one in scope.expected}
    units = naming.units(codes)
    latest: dict[str, Scope] = {}
    for scope in sorted(found, key=lambda scope: scope.number):
        latest[earlier.of_scope(case, scope)] = scope
    graph = processes.graph(case.release_id, case.process)
    return [
        Review(
            node,
            naming.node(case, scope.node),
            scope.closed_at is None,
            [
                _opinion(case, scope, graph.each(node) if node in graph.nodes else None, index, units)
                for index in range(len(scope.expected))
            ],
        )
        for node, scope in reversed(latest.items())
    ]


def _opinion(case: Case, scope: Scope, each: Each | None, index: int, units: dict[str, str]) -> Opinion:
    unit = unit_of(scope.expected[index])
    said: dict[str, Any] | None = scope.data.get(str(index))
    task = _task(case, scope, index)
    chosen = str((said or {}).get("action") or (said or {}).get("outcome") or "")
    words = str((said or {}).get("reason") or "") or str(task.outcome.get("reason", "") if task else "")
    return Opinion(
        index=index,
        unit=unit,
        name=units.get(unit, unit),
        state=_state(scope, each, index, said, task),
        action=_chosen(case, scope, chosen) if chosen else "",
        words=words,
        at=task.done_at if task else None,
        until=_until(task.due_at) if task and task.state == TaskState.OPEN and task.due_at else "",
    )


def _until(due: datetime) -> str:
    """The last day of a limit that ends with a day; the moment, of one that does not."""
    local = due.astimezone(clock.ZONE)
    return moment(due) if local.time() != time() else day(local.date() - timedelta(days=1))


def _chosen(case: Case, scope: Scope, key: str) -> str:
    """What a department said, in words: an action, or the end of its own states at which it arrived."""
    graph = processes.graph(case.release_id, case.process)
    for node in graph.nodes.values():
        if isinstance(node, End) and node.outcome == key and node.within == earlier.of_scope(case, scope):
            return str(node.title)
    return naming.action(case, scope.node, key)


def _state(
    scope: Scope, each: Each | None, index: int, said: dict[str, Any] | None, task: Task | None
) -> State:
    if index in scope.gone:
        return "left"
    if said is None:
        if scope.closed_at is not None:
            return "left"
        return "held" if task and task.state == TaskState.HELD else "waiting"
    if said.get("silent"):
        return "silent"
    consents = each.policy.consents if each else frozenset()
    return "agreed" if not consents or {said.get("action"), said.get("outcome")} & consents else "refused"


def _task(case: Case, scope: Scope, index: int) -> Task | None:
    """The latest task of one of several, within its body too."""
    one = scope.expected[index]
    own = [
        task
        for task in case.tasks.all()
        if task.kind == TaskKind.STEP and task.audience == "staff" and _is(case, task, scope, one)
    ]
    return max(own, key=lambda task: task.id, default=None)


def _is(case: Case, task: Task, scope: Scope, one: Any) -> bool:
    """Whether a task is one department's: at the node itself, or at a state of its own within."""
    node, around = earlier.of_task(case, task), earlier.of_scope(case, scope)
    if node == around:
        return bool(task.one == one)
    graph = processes.graph(case.release_id, case.process)
    return node in graph.nodes and graph.holds(around, node) and task.unit == unit_of(one)


def told(state: State) -> str:
    """A state in a word."""
    return {
        "waiting": _("待审查"),
        "held": _("暂停，等待答复"),
        "agreed": _("已同意"),
        "refused": _("已表示不同意"),
        "silent": _("逾期视为同意"),
        "left": _("不再参与"),
    }[state]
