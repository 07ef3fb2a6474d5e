"""Models from a plain statement 由语句得行: for the few statements that nearly every page sends.

Composing such a statement takes the ORM longer than answering it takes the database, so it is written out once, and
what comes back is made into the models that the ORM would have made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Model


class Part:
    """A model in a statement, under an alias; ``without`` names fields that are read only when asked for."""

    def __init__(self, model: type[Model], alias: str, *, without: Sequence[str] = ()) -> None:
        self._model, self._alias = model, alias
        self._fields = [field for field in model._meta.concrete_fields if field.name not in without]

    def __len__(self) -> int:
        """How many columns it takes."""
        return len(self._fields)

    @cached_property
    def columns(self) -> str:
        """For the select list, in the order that :meth:`made` reads."""
        return ", ".join(f'{self._alias}."{field.column}"' for field in self._fields)

    def made(self, values: Sequence[Any]) -> Any:
        """The model of these columns; None where an outer join found no row."""
        if all(value is None for value in values):
            return None
        read = list(values)
        for place, reader in self._readers:
            read[place] = reader(read[place], None, connection)
        return self._model.from_db("default", self._names, read)

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._fields]

    @cached_property
    def _readers(self) -> list[tuple[int, Callable[..., Any]]]:
        """Where a field reads its value in a way of its own, as JSON does."""
        return [
            (place, field.from_db_value)
            for place, field in enumerate(self._fields)
            if hasattr(field, "from_db_value")
        ]


def made(parts: Sequence[Part], row: Sequence[Any]) -> list[Any]:
    """The models of the parts whose columns begin a row, one after another."""
    found, at = [], 0
    for part in parts:
        found.append(part.made(row[at : at + len(part)]))
        at += len(part)
    return found
