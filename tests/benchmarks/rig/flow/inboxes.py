"""One person's thousand open tasks among a million 待办列表: a page of them beside one row read by its key."""

from __future__ import annotations

import time
from dataclasses import fields
from statistics import median

from django.db import connection

from tests.benchmarks.rig.flow.own import UNIT, Own
from yizhan.cases import holdings, inbox
from yizhan.cases.inbox import Line, Wanted
from yizhan.cases.models import Task
from yizhan.identity import rights

_TIMES = 300
_COLUMNS = ", ".join({"task_id": "id"}.get(one.name, one.name) for one in fields(Line))
_KEY_READ = f"select {_COLUMNS} from cases_task where case_id = %s and id = %s"


def whose(own: Own) -> dict[str, int | str]:
    """Whose tasks are listed: their account, a queue that they may take from, and its unit."""
    worker = own.workers[UNIT]
    with own.acting(worker):
        queue = holdings.of(worker.actor).queues[0]
        return {"account": worker.actor.account_id or 0, "queue": queue, "unit": UNIT}


def measure(own: Own) -> dict[str, float]:
    """Seconds of the page that everybody opens first, of what is in hand alone, and of a key read."""
    worker = own.workers[UNIT]
    took: dict[str, list[float]] = {"page": [], "in hand": [], "key": []}
    with own.acting(worker):
        key = Task.objects.filter(number__startswith="INBOX-", assignee=worker.actor.account_id).first()
        assert key is not None
        for _ in range(_TIMES):
            actor = rights.actor_in(worker.account, None)  # one lives as long as a request
            for name, wanted in (("page", Wanted()), ("in hand", Wanted(tab="mine"))):
                began = time.perf_counter()
                found = inbox.tasks(actor, wanted)
                took[name].append(time.perf_counter() - began)
                assert len(found.lines) == inbox.PAGE
                assert found.more
            began = time.perf_counter()
            _read(key.case_id, key.id)
            took["key"].append(time.perf_counter() - began)
    return {name: median(seconds) for name, seconds in took.items()}


def _read(case: int, task: int) -> Line:
    with connection.cursor() as cursor:
        cursor.execute(_KEY_READ, [case, task])
        return Line(*cursor.fetchone())
