"""Timers by the hundred thousand: arming, claiming, firing 定时器."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import connection, transaction

from yizhan import clock
from yizhan.cases import timers
from yizhan.cases.models import Case
from yizhan.identity import scope

ARMED, CLAIMED = 100_000, 5_000
_BLOCK = 1_000
_ARM = """
    insert into cases_timer (case_id, kind, ref, due)
    select %s, 'bench', n::text, %s + n * interval '1 second' from generate_series(%s::int, %s::int) n
"""


def measure(case: int) -> dict[str, float]:
    """Arm timers that nobody fires, claim some of them as the worker does, take the rest away; seconds.

    With them there the soonest of all is found as fast as with few: the poll of a worker that finds none is told too.
    """
    with scope.service():
        Case.objects.get(pk=case)
    began = time.perf_counter()
    _armed(case, clock.now() - timedelta(days=90))
    armed = time.perf_counter() - began
    began, claimed = time.perf_counter(), 0
    while claimed < CLAIMED:
        with scope.service():
            claimed += len(timers.claim(timers.BATCH))
    took = time.perf_counter() - began
    _cleared()
    _armed(case, clock.now() + timedelta(days=90))
    began = time.perf_counter()
    with scope.service():
        assert not timers.claim(1), "a timer that is not due was claimed"
    empty = time.perf_counter() - began
    _cleared()
    return {"armed": armed, "claimed": claimed, "claiming": took, "empty poll": empty}


def _armed(case: int, first: datetime) -> None:
    for block in range(0, ARMED, _BLOCK):
        with scope.service(), connection.cursor() as cursor:
            cursor.execute(_ARM, [case, first, block, block + _BLOCK - 1])


def _cleared() -> None:
    with scope.service(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from cases_timer where kind = 'bench'")
