"""What a case went through under earlier versions of its process 旧版经历: found there, and called by its present one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yizhan.cases import processes
from yizhan.cases.models import Case, Scope, Task
from yizhan.workflow.processes.graph import Graph

MOVED = "case.moved"


@dataclass(frozen=True)
class _Move:
    """That the case was moved, with the revision of that step."""

    rev: int
    at: datetime
    told: dict[str, Any]


def where(case: Case, node: str) -> tuple[int, str] | None:
    """The release and process that know a node: the present one, or the latest earlier one."""
    if node in processes.graph(case.release_id, case.process).nodes:
        return case.release_id, case.process
    for move in reversed(_moves(case)):
        there = move.told["from"], move.told["process"]
        if node in processes.graph(*there).nodes:
            return there
    return None


def present(case: Case, node: str, *, rev: int | None = None, release: int | None = None) -> str:
    """What a node is called now that was entered at a revision, or under a release.

    Moves after it are followed; a node that is gone keeps its name.
    """
    for move in _moves(case):
        if (rev is not None and move.rev > rev) or (release is not None and move.told["from"] == release):
            node = move.told["nodes"].get(node, node)
            release = move.told["to"] if release is not None else None
    return node


def of_task(case: Case, task: Task) -> str:
    """What the node of a task is called now."""
    if task.release == case.release_id:
        return task.node
    return present(case, task.node, release=task.release)


def waits_since(case: Case, node: str, key: str) -> datetime:
    """Since when a time at a node is waited for: since the case came there, or since the move that brought the time.

    Args:
        case: the case, which has come there.
        node: where it stands, by its present name.
        key: which of the node's times.
    """
    came = max(
        (one for one in case.passages.all() if present(case, one.node, rev=one.rev) == node),
        key=lambda one: one.rev,
    )
    since, name = came.at, came.node
    for move in _moves(case):
        if move.rev > came.rev:
            there = processes.graph(move.told["from"], move.told["process"])
            since = since if key in there.boundaries(name) else move.at
            name = move.told["nodes"].get(name, name)
    return since


def graph_of(case: Case, task: Task) -> Graph:
    """The process by which a task was opened, and done if it was done before the case was moved."""
    for move in _moves(case) if task.release != case.release_id else ():
        if move.told["from"] == task.release:
            return processes.graph(task.release, move.told["process"])
    return processes.graph(case.release_id, case.process)


def of_scope(case: Case, scope: Scope) -> str:
    """What the node of a scope is called now: open ones bear the present name, closed ones that of their time."""
    node, closed = scope.node, scope.closed_at
    if closed is None or node in processes.graph(case.release_id, case.process).nodes:
        return node
    for move in _moves(case):
        if move.at >= closed:
            node = move.told["nodes"].get(node, node)
    return node


def _moves(case: Case) -> list[_Move]:
    found = [
        _Move(event.rev, event.at, event.delta["moved"]) for event in case.events.all() if event.kind == MOVED
    ]
    return sorted(found, key=lambda move: move.rev)
