"""A company's row, read under the rule of the register 法人取数."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.registry.entity_catalogue import ENTITY_COLUMN, ENTITY_COLUMNS, LICENCE
from yizhan.registry.entries import Entry
from yizhan.registry.faults import NotHere
from yizhan.registry.reading import Row
from yizhan.releases.words import Text

PREFIX = "entity:"


def code_of(subject: str) -> str:
    """The credit code in a subject.

    Raises:
        NotHere: it names no company.
    """
    if not subject.startswith(PREFIX) or not subject.isprintable():
        raise NotHere(subject)
    return subject.removeprefix(PREFIX)


def row(subject: str, on: date, known_at: datetime | None = None) -> Row:
    """What is registered of a company, and its licences in force on a day.

    Raises:
        NotHere: no such company, not one that the present scope sees, or not known yet at that moment.
    """
    with connection.cursor() as cursor:
        cursor.execute("select registry_entity_facts(%s, %s, %s)", [code_of(subject), on, known_at])
        (found,) = cursor.fetchone() or (None,)
    if found is None:
        raise NotHere(subject)
    read: dict[str, Any] = json.loads(found)
    if known_at is not None and datetime.fromisoformat(read["known_from"]) > known_at:
        raise NotHere("the register did not know the company then")
    for name in _ITS_DAYS:
        read[name] = _day(read[name])
    licences = {kind: one | {n: _day(one[n]) for n in _DAYS} for kind, one in read["licences"].items()}
    more = {"licences": licences, "on": on, "replaced": frozenset(read["undone"])}
    return defaultdict(lambda: None, read | more)


_ITS_DAYS = ("established_on", "as_of", "until", "term_from", "term_until")
_DAYS = ("valid_from", "valid_to")


def origin(one: Entry, read: Row) -> tuple[Text | None, date | None]:
    """Who says so, and as of when: a source of the company's, or whoever issued the licence."""
    if one.column.startswith(ENTITY_COLUMN):
        return _vouched_for(one.column.removeprefix(ENTITY_COLUMN), read)
    licence = read["licences"].get(one.column.removeprefix(LICENCE))
    if licence is None:
        return None, None
    recorded = datetime.fromisoformat(licence["recorded_at"]).astimezone(clock.ZONE)
    return Text(zh=licence["issuer_zh"], en=licence["issuer_en"]), recorded.date()


def _vouched_for(column: str, read: Row) -> tuple[Text | None, date | None]:
    """The source of a column; where none was named, the register that the company was taken from."""
    if column in read["replaced"]:
        return None, None
    number = ENTITY_COLUMNS.get(column)
    for columns, as_of, zh, en in read["provenance"] or ():
        if number in columns:
            return Text(zh=zh, en=en), date.fromisoformat(as_of)
    return Text(zh=read["source_zh"], en=read["source_en"]), read["as_of"]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Past:
    """Values of a company that were replaced, by columns; ``until`` is None where they were put right."""

    values: dict[str, Any]
    until: date | None
    replaced_at: datetime


def past(subject: str) -> list[Past]:
    """What was replaced, the latest first; without the contact for whoever sees the company by its division only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select was::text, valid_until, replaced_at from registry_entity_past(%s)", [code_of(subject)]
        )
        return [Past(json.loads(was), until, at) for was, until, at in cursor.fetchall()]
