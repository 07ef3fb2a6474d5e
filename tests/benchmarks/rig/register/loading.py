"""Twenty thousand people entered at once, beside PostgreSQL's own COPY of the same people from a file of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psycopg
from django.db import connection, transaction

from yizhan.cli.cluster import Cluster
from yizhan.cli.cluster_making import SUPERUSER
from yizhan.demo import peopling, personas
from yizhan.identity import scope
from yizhan.registry import loading, staging
from yizhan.registry.registration import Registration

MANY = 20_000
_PASSED_OVER = 2_000  # so that what is remembered of names is as in the middle of a load
_SET = 10_000


@dataclass(frozen=True)
class Loaded:
    """Seconds for all of them: copied by the server, copied by the house, entered with all that hangs on them."""

    by_the_server: float
    by_the_house: float
    entered: float


class _Undone(Exception):
    """Leaves nothing."""


def measure() -> Loaded:
    """Load people whom the district does not have, and undo it."""
    people = _strangers()
    entered = _entered(people)
    with scope.service(), transaction.atomic(), connection.cursor() as cursor:
        kept = staging.Staging()
        by_the_house = _seconds(lambda: kept.ready(loading.ready(people)))
        with cursor.copy("copy registry_ready to stdout (format csv)") as told:
            rows = b"".join(told)
    return Loaded(_by_the_server(rows), by_the_house, entered)


def _strangers() -> list[Registration]:
    people = list(islice(peopling.people(MANY + _PASSED_OVER), _PASSED_OVER, MANY + _PASSED_OVER))
    for number, one in enumerate(people):
        object.__setattr__(one, "source_record", f"bench-{number}")
        object.__setattr__(one, "book_number", f"B{one.book_number}" if one.book_number else "")
        object.__setattr__(one, "relatives", ())
    return people


def _entered(people: list[Registration]) -> float:
    """Until the last check of the transaction; its commit would keep them."""
    seconds = 0.0
    try:
        with scope.service(), transaction.atomic():
            for first in range(0, len(people), _SET):
                some = people[first : first + _SET]
                seconds += _seconds(lambda: loading.load(some, source=personas.SOURCE))  # noqa: B023 (at once)
                with connection.cursor() as cursor:
                    seconds += _seconds(lambda: cursor.execute("set constraints all immediate"))
            raise _Undone
    except _Undone:
        pass
    return seconds


def _by_the_server(rows: bytes) -> float:
    """COPY from a file in the server's own folder into a table without an index."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    with psycopg.connect(Cluster().address(SUPERUSER), autocommit=True) as server:
        (folder,) = server.execute("show data_directory").fetchone() or ("",)
        file = Path(folder) / "bench.csv"
        server.execute(f"create table if not exists bench_people ({columns})")
        try:
            with server.cursor().copy("copy bench_people from stdin (format csv)") as copy:
                copy.write(rows)
            server.execute(f"copy bench_people to '{file}' (format csv)")
            server.execute("truncate bench_people")
            return _seconds(lambda: server.execute(f"copy bench_people from '{file}' (format csv)"))
        finally:
            server.execute("drop table bench_people")
            file.unlink(missing_ok=True)


def _columns() -> dict[str, str]:
    """As the staging table has them."""
    kinds = {"columns": "smallint[]", "line": "bigint"}
    return {name: kinds.get(name, "text") for name in staging.READY}


_COLUMNS = _columns()


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
