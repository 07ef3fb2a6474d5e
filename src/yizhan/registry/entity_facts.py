"""A company's row, read under the rule of the register 法人取数."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.registry.entity_catalogue import ENTITY, LICENCE
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
    if not subject.startswith(PREFIX):
        raise NotHere(subject)
    return subject.removeprefix(PREFIX)


def row(subject: str, on: date) -> Row:
    """What is registered of a company, and its licences in force on a day.

    Raises:
        NotHere: no such company, or not one that the present scope sees.
    """
    with connection.cursor() as cursor:
        cursor.execute("select registry_entity_facts(%s, %s)", [code_of(subject), on])
        (found,) = cursor.fetchone() or (None,)
    if found is None:
        raise NotHere(subject)
    read: dict[str, Any] = json.loads(found)
    for name in ("established_on", "as_of", "until"):
        read[name] = _day(read[name])
    licences = {kind: one | {n: _day(one[n]) for n in _DAYS} for kind, one in read["licences"].items()}
    return read | {"licences": licences, "on": on}


_DAYS = ("valid_from", "valid_to")


def origin(one: Entry, read: Row) -> tuple[Text | None, date | None]:
    """Who says so, and as of when: the company's register, or whoever issued the licence."""
    if one.column == ENTITY:
        return Text(zh=read["source_zh"], en=read["source_en"]), read["as_of"]
    licence = read["licences"].get(one.column.removeprefix(LICENCE))
    if licence is None:
        return None, None
    recorded = datetime.fromisoformat(licence["recorded_at"]).astimezone(clock.ZONE)
    return Text(zh=licence["issuer_zh"], en=licence["issuer_en"]), recorded.date()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
