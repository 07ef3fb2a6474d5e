"""Twenty thousand people entered at once, beside PostgreSQL's own COPY of the same people from a file of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psycopg
from django.db import connection, transaction

from tests.benchmarks.rig.register.timing import seconds_of
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
    """Seconds for all of them.

    Attributes:
        by_the_server: the server's own COPY of one wide row a person, from a file, into a table without an index.
        sent: the house's COPY of the same rows, once they are written.
        written: making them of what a source says.
        entered: all of it, with everything that hangs on a person, until the last check.
        its_tables: the server's own COPY of the rows that this left in the register, into tables with the same indexes.
    """

    by_the_server: float
    sent: float
    written: float
    entered: float
    its_tables: float


class _Undone(Exception):
    """Leaves nothing."""


def measure() -> Loaded:
    """Load people whom the district does not have, and undo it."""
    people = _strangers()
    with _server() as server:
        entered, its_tables = _entered(people, server)
        began = time.perf_counter()
        pages = list(staging.pages(loading.ready(people)))
        written = time.perf_counter() - began
        with scope.service(), transaction.atomic():
            kept = staging.Staging()
            sent = seconds_of(lambda: kept.send_ready(pages))
            with (
                connection.cursor() as cursor,
                cursor.copy("copy registry_ready to stdout (format csv)") as told,
            ):
                rows = b"".join(told)
        columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
        by_the_server = server.copied("bench_people", f"({columns})", rows)
    return Loaded(by_the_server, sent, written, entered, its_tables)


def _strangers() -> list[Registration]:
    people = list(islice(peopling.people(MANY + _PASSED_OVER), _PASSED_OVER, MANY + _PASSED_OVER))
    for number, one in enumerate(people):
        object.__setattr__(one, "source_record", f"bench-{number}")
        object.__setattr__(one, "book_number", f"B{one.book_number}" if one.book_number else "")
        object.__setattr__(one, "relatives", ())
    return people


def _entered(people: list[Registration], server: _Server) -> tuple[float, float]:
    """Until the last check of the transaction, whose commit would keep them; and what the server takes for their rows."""
    seconds, copied = 0.0, 0.0
    try:
        with scope.service(), transaction.atomic(), connection.cursor() as cursor:
            for first in range(0, len(people), _SET):
                some = people[first : first + _SET]
                seconds += seconds_of(lambda: loading.load(some, source=personas.SOURCE))  # noqa: B023 (at once)
                seconds += seconds_of(lambda: cursor.execute("set constraints all immediate"))
            for table, whose in _ROWS.items():
                cursor.execute(_WRITTEN, [table])
                ((columns,),) = cursor.fetchall()
                of_ours = f"select {columns} from {table} where {whose} in ({_OURS})"
                with cursor.copy(f"copy ({of_ours}) to stdout (format csv)") as told:
                    rows = b"".join(told)
                copied += server.copied(f"bench_{table}", f"(like {table} including all)", rows, columns)
            raise _Undone
    except _Undone:
        pass
    return seconds, copied


class _Server:
    """A superuser's connection, and a file of the server's own."""

    def __init__(self, database: psycopg.Connection) -> None:
        self._database = database
        (folder,) = database.execute("show data_directory").fetchone() or ("",)
        self._file = Path(folder) / "bench.csv"

    def copied(self, table: str, form: str, rows: bytes, columns: str = "") -> float:
        """Seconds of COPY from the file into a new table, which is dropped."""
        into = f"{table} ({columns})" if columns else table
        self._database.execute(f"create table {table} {form}")
        try:
            with self._database.cursor().copy(f"copy {into} from stdin (format csv)") as copy:
                copy.write(rows)
            self._database.execute(f"copy {into} to '{self._file}' (format csv)")
            self._database.execute(f"truncate {table}")
            return seconds_of(lambda: self._database.execute(f"copy {into} from '{self._file}' (format csv)"))
        finally:
            self._database.execute(f"drop table {table}")
            self._file.unlink(missing_ok=True)


@contextmanager
def _server() -> Iterator[_Server]:
    with psycopg.connect(Cluster().address(SUPERUSER), autocommit=True) as database:
        yield _Server(database)


_OURS = "select person_id from registry_provenance where source_record like 'bench-%'"
# What is worked out from other columns is not copied.
_WRITTEN = """
    select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''
"""
_ROWS = {
    "registry_person": "id",
    **dict.fromkeys(
        (
            "registry_particulars",
            "registry_identifier",
            "registry_membership",
            "registry_residence",
            "registry_provenance",
            "registry_lifeevent",
        ),
        "person_id",
    ),
}


def _columns() -> dict[str, str]:
    """As the staging table has them."""
    kinds = {"columns": "smallint[]", "line": "bigint"}
    return {name: kinds.get(name, "text") for name in staging.READY}


_COLUMNS = _columns()
