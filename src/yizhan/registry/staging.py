"""The tables of this session into which many persons are copied before they are entered 暂存表.

The owner makes them and the application only fills them (``migrations/0012_many_at_once``). They are empty again at the
end of the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from yizhan.registry import numbers
from yizhan.registry.deriving import found_by
from yizhan.registry.fitting import PARTICULARS
from yizhan.registry.places import Place

PLACE = ("division", "full_text", "road", "door_plate", "building", "unit", "floor", "room")
READY = (
    "line", "record", "as_of", "columns", "name", "former_name", "sex", "born_on", "ethnic_group", "id_type", "phone",
    "died_on", "book_number", "household_kind", "relation", "registered_division", "registered_text",
    "registered_since", "living_division", "living_text", "living_since", "tenure", "since", *PARTICULARS,
)  # fmt: skip
DERIVED = ("line", "name_sort", "tokens", "id_number", "id_ok", "documents")


class Staging:
    """The staging tables, empty, until the end of the transaction."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select registry_open_staging()")

    def ready(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Copy rows with the columns of :data:`READY`."""
        self._copy("registry_ready", READY, rows)

    def derived(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Copy what is worked out from rows, with the columns of :data:`DERIVED`."""
        self._copy("registry_derived", DERIVED, rows)

    def places(self, places: Iterable[Place]) -> None:
        """Copy addresses that may be new."""
        self._copy("registry_places", PLACE, (tuple(getattr(one, part) for part in PLACE) for one in places))

    def ties(self, rows: Iterable[tuple[str, str, str, date | None]]) -> None:
        """Copy who is related to whom: two records, what the second is to the first, and since when."""
        self._copy("registry_ties", ("record", "other", "kind", "since"), rows)

    def happened(self, rows: Iterable[tuple[str, str, date, str | None, Mapping[str, Any]]]) -> None:
        """Copy what happened: record, kind, day, the record of whom it happened with, and details."""
        columns = ("record", "kind", "on_day", "other", "detail")
        self._copy("registry_happened", columns, ((*row[:4], Jsonb(dict(row[4]))) for row in rows))

    def apply(
        self, source: int, now: datetime, *, updating: bool, matching: bool, file: int | None
    ) -> list[Any]:
        """Enter what was copied; for each record its key, the person and whether it is new."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select record, person, fresh from registry_apply(%s::smallint, %s, %s, %s, %s)",
                [source, now, updating, matching, file],
            )
            return list(cursor.fetchall())

    @staticmethod
    def _copy(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor, _copying(cursor, table, columns) as copy:
            for row in rows:
                copy.write_row(row)


def derived(
    line: int,
    named: tuple[str, str],
    id_type: str,
    id_number: str,
    others: Iterable[tuple[str, str]] = (),
) -> tuple[Any, ...]:
    """A row of :data:`DERIVED`: how somebody of this name and former name is sorted and found; the numbers, checked."""
    own = numbers.check(id_type, id_number)
    documents = [*numbers.rows_of(id_type, own), *numbers.rows(others)]
    return (line, *found_by(*named), own.number, own.ok, Jsonb(documents))


def _copying(cursor: CursorWrapper, table: str, columns: tuple[str, ...]) -> Any:
    return cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin")
