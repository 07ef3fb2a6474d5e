"""Statements that are sent together 一并写出: rows that are added and changed, in one journey to the database.

A step writes a dozen rows of as many tables. One after the other they are a dozen journeys, each composed by the ORM
anew. Here each table's statement is composed once, and all travel in one pipeline; what fails is told as Django tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import AutoField, Field, Model

Statement: TypeAlias = tuple[str, list[list[Any]]]


class Letter:
    """What is to be written, in the order in which it was told."""

    def __init__(self) -> None:
        self._statements: list[Statement] = []

    def run(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Any statement whose answer nobody needs."""
        self._statements.append((statement, [list(values)]))

    def add(self, rows: Sequence[Model]) -> None:
        """New rows of one model. Keys that the database gives are not told back."""
        if not rows:
            return
        fields, statement = _insertion(type(rows[0]))
        self._statements.append((statement, [[_value(field, row) for field in fields] for row in rows]))

    def change(self, row: Model, names: Iterable[str], key: Mapping[str, Any]) -> None:
        """Some columns of a row, found by the columns of ``key``."""
        fields, statement = _change(type(row), tuple(sorted(names)), tuple(key))
        values = [_value(field, row) for field in fields]
        self._statements.append((statement, [[*values, *key.values()]]))

    def join(self, other: Letter) -> None:
        """All that another letter says, which then says nothing."""
        self._statements += other._statements
        other._statements.clear()

    def send(self) -> None:
        """Write all.

        Raises:
            DatabaseError: one of them was refused; none of them stays, since the transaction is broken.
        """
        if not self._statements:
            return
        connection.ensure_connection()
        with connection.wrap_database_errors, connection.connection.pipeline():
            cursor = connection.connection.cursor()
            for statement, rows in self._statements:
                if len(rows) == 1:
                    cursor.execute(statement, rows[0])
                else:
                    cursor.executemany(statement, rows)
        self._statements.clear()


def together(questions: Sequence[tuple[str, Sequence[Any]]]) -> list[list[tuple[Any, ...]]]:
    """The answers of several questions that travel together, in their order.

    Each sees what was committed when the one before it was answered: a row that the first one locks is read as it is.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        cursors = []
        for statement, values in questions:
            cursor = connection.connection.cursor()
            cursor.execute(statement, list(values))
            cursors.append(cursor)
        return [list(cursor.fetchall()) for cursor in cursors]


class Numbers:
    """Numbers of a sequence, fetched by the block: rows can name one another before they are written."""

    def __init__(self, sequence: str, block: int = 50) -> None:
        self._sequence, self._block = sequence, block
        self._left: list[int] = []
        self._lock = Lock()

    def next(self) -> int:
        """A number that nobody else gets; some are never used."""
        with self._lock:
            if not self._left:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "select nextval(%s) from generate_series(1, %s)", [self._sequence, self._block]
                    )
                    self._left = [number for (number,) in reversed(cursor.fetchall())]
            return self._left.pop()


@lru_cache(maxsize=256)
def _insertion(model: type[Model]) -> tuple[list[Field[Any, Any]], str]:
    """The fields that are told and the statement; a key that counts up, or that the database makes, is left to it."""
    fields = [field for field in model._meta.concrete_fields if not _left_to_database(field)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join("%s" for _ in fields)
    return fields, f'insert into "{model._meta.db_table}" ({columns}) values ({places})'  # noqa: S608


@lru_cache(maxsize=1024)
def _change(
    model: type[Model], names: tuple[str, ...], key: tuple[str, ...]
) -> tuple[list[Field[Any, Any]], str]:
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)  # type: ignore[union-attr]
    found = " and ".join(f'"{column}" = %s' for column in key)
    return fields, f'update "{model._meta.db_table}" set {columns} where {found}'  # type: ignore[return-value]  # noqa: S608


def _left_to_database(field: Field[Any, Any]) -> bool:
    return isinstance(field, AutoField) or (field.has_db_default() and field.name != "id")


def _value(field: Field[Any, Any], row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
