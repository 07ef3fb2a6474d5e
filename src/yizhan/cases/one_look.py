"""All rows of one case in one look 一次读全: its parts are there afterwards, as if each had been asked for.

A page of a case needs a dozen of its tables. The reviewed function ``case_rows`` gives them in one statement
(``migrations/0007_clocks_that_stand_still.py``); they are put where ``prefetch_related`` and ``select_related`` put theirs,
so that whoever asks for ``case.tokens.all()`` or ``case.decision`` needs to know nothing of it.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, models

from yizhan.cases.models import (
    Acceptance,
    Card,
    CardAnnulment,
    Case,
    Clock,
    Closure,
    Decision,
    Event,
    Extension,
    ExtensionAnswer,
    Filing,
    Lapse,
    Passage,
    Queue,
    Reopening,
    Scope,
    Span,
    Supplement,
    Suspension,
    Task,
    Token,
)
from yizhan.database.rows import from_json

_PARTS: dict[str, type[models.Model]] = {
    "filings": Filing,
    "tokens": Token,
    "scopes": Scope,
    "passages": Passage,
    "clocks": Clock,
    "tasks": Task,
    "events": Event,
    "lapses": Lapse,
    "suspensions": Suspension,
    "spans": Span,
    "extensions": Extension,
    "extensionanswers": ExtensionAnswer,
    "cards": Card,
    "cardannulments": CardAnnulment,
    "supplements": Supplement,
    "reopenings": Reopening,
}
_MILESTONES: dict[str, type[models.Model]] = {
    "acceptance": Acceptance,
    "decision": Decision,
    "closure": Closure,
}


def take(case: Case) -> None:
    """Read the rows of a case that the scope shows; one statement. Of another one there are none.

    Whoever handles the case is admitted to the person it is about, for the rest of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("select case_admit(%s), case_rows(%s)", [case.pk, case.pk])
        told = cursor.fetchone()[1]
    rows: dict[str, list[dict[str, Any]]] = json.loads(told) if isinstance(told, str) else told or {}
    queues = {row["id"]: from_json(Queue, row) for row in rows.get("queue", ())}
    for name, model in _PARTS.items():
        found = [_of(case, from_json(model, row)) for row in rows.get(name.removesuffix("s"), ())]
        keep(case, name, found)
    for task in case.tasks.all():
        if task.queue_id is not None:
            task.queue = queues[task.queue_id]
    for name, model in _MILESTONES.items():
        made = [_of(case, from_json(model, row)) for row in rows.get(name, ())]
        case._state.fields_cache[name] = made[0] if made else None


def _of(case: Case, row: Any) -> Any:
    row.case = case
    return row


def keep(case: Case, name: str, found: list[Any]) -> None:
    """Put rows where ``prefetch_related`` puts them."""
    rows = getattr(case, name).get_queryset()
    rows._result_cache, rows._prefetch_done = found, True
    vars(case).setdefault("_prefetched_objects_cache", {})[name] = rows
