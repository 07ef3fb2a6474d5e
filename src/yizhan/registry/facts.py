"""The one way to the data of a person or a company 取数.

One statement reads the person, household, residences and provenance, or the company with its licences, under the
rule of the database; the access log gets its line in the same transaction. What the purpose does not open stays masked.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.journal import access
from yizhan.registry import entity_facts
from yizhan.registry.catalogue import CATEGORY_OF, COLUMNS, Entry, entry
from yizhan.registry.faults import NotHere, UnknownKey
from yizhan.registry.purposes import ForCase, Own, Purpose
from yizhan.registry.reading import Row
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Fact:
    """A value of the register 事实, with its origin.

    Attributes:
        value: plain and serialisable; None when the register does not know it.
        source: which department's register says so; None when that is not recorded.
        as_of: the day for which the source says so.
        masked: whether ``value`` is only the masked form, as text.
    """

    value: Any
    source: Text | None
    as_of: date | None
    masked: bool


def facts(
    subject: str,
    keys: Iterable[str],
    *,
    purpose: Purpose,
    on: date | None = None,
    known_at: datetime | None = None,
) -> dict[str, Fact]:
    """What the register says about a person or a company, for a purpose that the access log keeps.

    A key of a category that the roles of staff do not show is as good as unknown, but for a case to whose subject they
    were admitted. Values are masked unless the database says that the look opens them (``registry_sight``): the person
    is the actor's own, or the company one that the actor acts for, or the purpose is a case to whose subject the actor
    was admitted, or a service of the house works on a case, or their category was unmasked (:mod:`acts`) in this
    transaction.

    Args:
        subject: ``person:<uuid>`` or ``entity:<code>``.
        keys: of the catalogue, such as ``person.born``, all of the same kind of subject.
        purpose: :class:`Own`, :class:`ForCase` or :class:`Reason`.
        on: the day for which is asked what was so; today if left out.
        known_at: what the register said at that moment; now if left out.

    Raises:
        NotHere: no such subject, or not one that the present scope sees, or the purpose is ``Own`` and it is not.
        UnknownKey: a key that the catalogue does not know, or does not know of such a subject.
        NobodyLooks: outside of a request or a worker's step that keeps an access log.
    """
    wanted = [entry(key) for key in dict.fromkeys(keys)]
    access.saw([subject], [one.key for one in wanted], purpose=str(purpose))
    of, day = subject.partition(":")[0], on or clock.today()
    if of in {"person", "entity"} and (foreign := [one.key for one in wanted if one.of != of]):
        raise UnknownKey(f"{foreign[0]} is not known of {subject}")
    if of == "entity":
        row = entity_facts.row(subject, day, known_at)
        admitted = isinstance(purpose, ForCase) and (row["admitted"] or row["service"])
        row = defaultdict(lambda: None, {**row, "opens": ("*",) if row["own"] or admitted else ()})
    else:
        row = _row(person_id(subject), day, known_at, for_case=isinstance(purpose, ForCase))
        if row["marks"]:
            access.saw([subject], (), purpose=str(purpose), marks=row["marks"])
    if isinstance(purpose, Own) and not row["own"]:
        raise NotHere(subject)
    hidden = {one.key for one in wanted if not _shows(row["shows"], one.key)}
    return {
        one.key: _UNKNOWN if one.key in hidden else _fact(one, row, opened=opens(row["opens"], one.key))
        for one in wanted
    }


_UNKNOWN = Fact(value=None, source=None, as_of=None, masked=False)


def _shows(shown: Collection[str] | None, key: str) -> bool:
    """Whether the roles in scope show a key; what belongs to no category they always do."""
    return shown is None or CATEGORY_OF.get(key) in {None, *shown}


def opens(opened: Collection[str], key: str) -> bool:
    """Whether what the database opened (``registry_sight``: categories, or ``*``) holds a key."""
    return "*" in opened or CATEGORY_OF.get(key, "*") in opened


def person_id(subject: str) -> uuid.UUID:
    """The key of the person in a subject.

    Raises:
        NotHere: it names no person.
    """
    kind, _colon, key = subject.partition(":")
    try:
        if kind == "person":
            return uuid.UUID(key)
    except ValueError:
        pass
    raise NotHere(subject)


def _row(person: uuid.UUID, on: date, known_at: datetime | None, *, for_case: bool) -> Row:
    with connection.cursor() as cursor:
        cursor.execute(
            "select registry_facts(%s, %s, %s), registry_sight(%s, %s)",
            [person, on, known_at, person, for_case],
        )
        found, sight = cursor.fetchone() or (None, "{}")
    if found is None:
        raise NotHere(f"person:{person}")
    row: dict[str, Any] = json.loads(found) | json.loads(sight)
    if known_at is not None and _known_from(row) > known_at:
        raise NotHere("the register did not know the person then")
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS}
    return defaultdict(lambda: None, row | days | {"on": on, "replaced": frozenset(row["undone"])})


def _known_from(row: Row) -> datetime:
    """When the register first knew the person: what its first state was recorded at."""
    return datetime.fromisoformat(row["known_from"] or row["recorded_at"])


_DAYS = ("born_on", "died_on", "registered_since", "living_since")


def _fact(one: Entry, row: Row, *, opened: bool) -> Fact:
    value = one.read(row)
    source, as_of = entity_facts.origin(one, row) if one.of == "entity" else _origin(one, row)
    masked = not opened and one.mask is not None and value is not None
    if masked and one.mask is not None:
        value = one.mask(value)
    return Fact(value=value, source=source, as_of=as_of, masked=masked)


def _origin(one: Entry, row: Row) -> tuple[Text | None, date | None]:
    """Who says so. The register keeps the origin of present values only."""
    if one.column in row["replaced"]:
        return None, None
    number = COLUMNS[one.column]
    for columns, as_of, zh, en in row["provenance"] or ():
        if number in columns:
            return Text(zh=zh, en=en), date.fromisoformat(as_of)
    return None, None
