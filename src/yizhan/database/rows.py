"""Models from a plain statement 由语句得行: for the few statements that nearly every page sends.

Composing such a statement takes the ORM longer than answering it takes the database, so it is written out once, and
what comes back is made into the models that the ORM would have made.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import AutoField, Field, Model
from django.db.models.base import ModelState


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
        return as_read(self._model, self._names, read)

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


def from_json(model: type[Model], row: Mapping[str, Any]) -> Any:
    """A model from its row as the database writes rows in JSON: every column by its name."""
    names, readers = _reading(model)
    values = [row[column] if read is None else _read(read, row[column]) for column, read in readers]
    return as_read(model, names, values)


def as_read(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """A model as if the ORM had read it: its own maker asks each value who it is, which takes longer than reading it.

    Attributes that are not named are read when somebody asks for them. Our models hear no signals of being made.
    """
    one = model.__new__(model)
    vars(one).update(zip(names, values, strict=True))
    state = one._state = ModelState()
    state.adding, state.db = False, "default"
    return one


def new(model: type[Model], **values: Any) -> Any:
    """A row that is still to be written, as quick as :func:`as_read`: by its attributes (``case_id``), or rows it refers to.

    Raises:
        TypeError: the model has no such attribute.
    """
    known = _attributes(model)
    if not values.keys() <= known.names:
        raise TypeError(f"a {model.__name__} has no {', '.join(values.keys() - known.names)}")
    one = model.__new__(model)
    state = one._state = ModelState()
    own = vars(one)
    own.update(known.fixed)
    for name in values.keys() & known.relations.keys():
        row = values.pop(name)
        state.fields_cache[name], values[known.relations[name]] = row, row and row.pk
    own.update(values)
    for name, make in known.made.items():
        if name not in values:
            own[name] = make()
    return one


class _Attributes(NamedTuple):
    """What a model's rows begin with: values that are always the same, those made for each, keys of rows referred to."""

    fixed: dict[str, Any]
    made: dict[str, Callable[[], Any]]
    relations: dict[str, str]
    names: frozenset[str]


@cache
def _attributes(model: type[Model]) -> _Attributes:
    fields = model._meta.concrete_fields
    made = {
        field.attname: field.get_default
        for field in fields
        if callable(field.default) or field.has_db_default()
    }
    fixed = {field.attname: field.get_default() for field in fields if field.attname not in made}
    relations = {field.name: field.attname for field in fields if field.is_relation}
    return _Attributes(fixed, made, relations, frozenset({*made, *fixed, *relations}))


def _read(read: Callable[[str], Any], value: Any) -> Any:
    return None if value is None else read(value)


@cache
def _reading(model: type[Model]) -> tuple[list[str], list[tuple[str, Callable[[str], Any] | None]]]:
    """The attributes of a model, and of which column each is made, and how."""
    fields = model._meta.concrete_fields
    how: dict[str, Callable[[str], Any]] = {
        "DateTimeField": datetime.fromisoformat,
        "DateField": date.fromisoformat,
        "UUIDField": uuid.UUID,
    }
    names = [field.attname for field in fields]
    return names, [(str(field.column), how.get(field.get_internal_type())) for field in fields]


def to_json(row: Model) -> dict[str, Any]:
    """A new row by its columns, for a statement that makes rows of JSON; what the database gives is left to it."""
    values = vars(row)
    return {column: values[name] for name, column in _told(type(row))}


@cache
def _told(model: type[Model]) -> list[tuple[str, str]]:
    return [(field.attname, str(field.column)) for field in model._meta.concrete_fields if not _given(field)]


def _given(field: Field[Any, Any]) -> bool:
    """A key that counts up, or a value that the database makes; numbers that were fetched before are told."""
    return isinstance(field, AutoField) or (field.has_db_default() and field.name != "id")


def entered(row: Model, *, once: str = "") -> bool:
    """Write a new row, in one statement; false, and nothing written, if there is one like it.

    Args:
        row: a key that counts up is left to the database, and not read back.
        once: columns that no two rows share, separated by commas; whatever is unique where it is left out.

    Raises:
        IntegrityError: another rule forbids it.
    """
    values = to_json(row)
    fields = {field.column: field for field in row._meta.concrete_fields}
    given = [fields[column].get_db_prep_save(value, connection) for column, value in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(_entering(type(row), once), given)
        return bool(cursor.rowcount)


@cache
def _entering(model: type[Model], once: str) -> str:
    columns = [column for _name, column in _told(model)]
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    conflict = f"({once}) " if once else ""
    return f"insert into {model._meta.db_table} ({names}) values ({places}) on conflict {conflict}do nothing"  # noqa: S608 (names of our models)


def json_of(value: Any) -> str:
    """JSON of what rows hold: times, days and identifiers besides plain values.

    Raises:
        TypeError: a value that no column of ours holds.
    """
    return _encoder.encode(value)


def _written(value: Any) -> str:
    if isinstance(value, date):  # also a time
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"no column holds {type(value).__name__}")


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_written)
