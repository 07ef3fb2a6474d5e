"""A change of name that is really committed, beside one row that is: history, provenance, event, news, log and search row.

Everybody has her own name again afterwards; that she had another is kept, as it always is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, transaction

from tests.benchmarks.rig.register.searching import Person
from tests.benchmarks.rig.register.timing import seconds_of
from yizhan import clock
from yizhan.cli.cluster import OWNER, Cluster
from yizhan.identity import scope
from yizhan.journal import access
from yizhan.registry import persons
from yizhan.registry.models import Source

_HOUSE = access.Viewer(account="house")


def measure(people: list[Person]) -> tuple[list[float], list[float]]:
    """Seconds of each change, and of each commit of a row right before it."""
    changes: list[float] = []
    rows: list[float] = []
    with scope.service():
        source = Source.objects.order_by("id").values_list("code", flat=True)[0]
    with _a_table() as commit:
        commit()
        for one in people:
            for number, name in enumerate((f"{one.name}一", one.name)):
                rows.append(seconds_of(commit))
                changes.append(seconds_of(lambda: _renamed(one, name, source, number)))  # noqa: B023 (at once)
    return changes, rows


def _renamed(one: Person, name: str, source: str, number: int) -> None:
    with scope.service(), access.watching(_HOUSE):
        persons.renamed(
            f"person:{one.key}", name, on=clock.today(), source=source,
            source_record=f"bench-{clock.now().timestamp()}-{one.key[-12:]}-{number}", by="bench",
        )  # fmt: skip


@contextmanager
def _a_table() -> Iterator[Callable[[], None]]:
    """A table of one row, and how the application changes it in a transaction of its own."""
    with psycopg.connect(Cluster().address(OWNER), autocommit=True) as owner:
        owner.execute("drop table if exists bench_row")
        owner.execute("create table bench_row (id int primary key, n int)")
        owner.execute("insert into bench_row values (1, 0)")

        def commit() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("update bench_row set n = n + 1 where id = 1")

        try:
            yield commit
        finally:
            connection.close()
            owner.execute("drop table bench_row")
