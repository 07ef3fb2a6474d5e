"""What a step reads first 步骤起始读取: its case, locked, and where it stands; in one journey to the database.

The reviewed function ``case_taken`` (``migrations/0034_papers_with_their_step.py``) answers for cases that the scope
shows. Whoever has taken a case works on it for the rest of the transaction.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yizhan.cases.models import Case, Clock, Command, Queue, Scope, Suspension, Task, Token
from yizhan.database.rows import from_json
from yizhan.database.savepoints import only_reads

_TAKEN = only_reads("select case_taken(%s, %s, %s)::text")


@dataclass(frozen=True)
class Taken:
    """A case that nobody else changes until the transaction ends.

    Attributes:
        known: the command, if it was carried out before.
        previous: the hash of the last event; empty if there is none.
        tokens, scopes: where it stands.
        waited_for: what the case as a whole waits for.
        clocks: those that run or stand still.
        tasks: those that are open or held, if they are few; and the one that was asked for, if the case has it.
        all_tasks: whether none that is open or held is missing.
        calendar: the last publication of working days.
        supervision: the release of the site's own rules of supervision, if there are any.
        papers: the release of the district's standard papers, if it has published them.
        rights: the present mark of rights, under which units are remembered.
    """

    case: Case
    known: Command | None
    previous: str
    tokens: list[Token]
    scopes: list[Scope]
    waited_for: list[Suspension]
    clocks: list[Clock]
    tasks: list[Task]
    all_tasks: bool
    calendar: int | None
    supervision: int | None
    papers: int | None
    rights: str | None


def taken(case_id: int, command: uuid.UUID, task: int | None = None) -> Taken | None:
    """Lock a case and read where it stands; None if the scope does not show it."""
    told = _told(case_id, command, task)
    if told is None:
        return None
    return _read(from_json(Case, told["case"]), told)


def opened(case: Case, command: uuid.UUID) -> Taken:
    """The same of a case that was just opened."""
    told = _told(case.pk, command, None)
    assert told is not None, "whoever opens a case sees it"
    return _read(case, told)


def _told(case_id: int, command: uuid.UUID, task: int | None) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [case_id, command, task])
        (told,) = cursor.fetchone()
    return None if told is None else json.loads(told)


def _read(case: Case, told: dict[str, Any]) -> Taken:
    return Taken(
        case,
        told["command"] and from_json(Command, told["command"]),
        told["hash"] or "",
        [from_json(Token, row) for row in told["tokens"] or ()],
        [from_json(Scope, row) for row in told["scopes"] or ()],
        [from_json(Suspension, row) for row in told["suspensions"] or ()],
        [from_json(Clock, row) for row in told["clocks"] or ()],
        _tasks(told),
        told["all_tasks"],
        told["calendar"],
        told["supervision"],
        told["papers"],
        told["rights"],
    )


def _tasks(told: dict[str, Any]) -> list[Task]:
    queues = {row["id"]: from_json(Queue, row) for row in told["queues"] or ()}
    tasks = [from_json(Task, row) for row in told["tasks"] or ()]
    for task in tasks:
        task.queue = queues.get(task.queue_id)
    return tasks
