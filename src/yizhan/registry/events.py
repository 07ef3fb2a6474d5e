"""What happened to a person, by day 人口变动记录."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from yizhan import clock
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere
from yizhan.registry.fitting import ground
from yizhan.registry.models import LifeEvent, Person, Source
from yizhan.registry.models.person import subject_of
from yizhan.registry.sight import Look
from yizhan.releases.words import Text

_KIND = LifeEvent.Kind
CATEGORY: Mapping[LifeEvent.Kind, str] = MappingProxyType(
    {
        **dict.fromkeys((_KIND.BIRTH, _KIND.RENAMED), "identity"),
        **dict.fromkeys((_KIND.MARRIAGE, _KIND.DIVORCE), "marriage"),
        **dict.fromkeys((_KIND.DEATH, _KIND.JOINED, _KIND.LEFT, _KIND.HEADED), "household"),
        **dict.fromkeys((_KIND.MOVED, _KIND.MOVED_IN, _KIND.MOVED_OUT), "residence"),
    }
)
"""With which category of a person's file a kind is seen."""


@dataclass(frozen=True)
class Happened:
    """One thing that happened 变动.

    Attributes:
        other: the subject of whom it happened with, if the register knows.
        detail: places, numbers, by name.
    """

    kind: LifeEvent.Kind
    on: date
    other: str | None
    detail: Mapping[str, Any]
    source: Text


def note(
    person: Person, kind: LifeEvent.Kind, on: date, *, source: str, source_record: str,
    other: Person | None = None, **detail: Any,
) -> None:  # fmt: skip
    """Write down that something happened; a record that is known already is left alone. For verbs of this room."""
    with connection.cursor() as cursor:
        with_whom = other.id if other else None
        given: list[Any] = [person.id, kind, on, with_whom, Jsonb(detail), source_record, clock.now(), source]
        cursor.execute(_NOTED, given)
        if not cursor.rowcount:
            Source.objects.get(code=source)  # known already, or nobody declared the source


_NOTED = """
    insert into registry_lifeevent
        (person_id, kind, "on", other_id, detail, source_id, source_record, recorded_at, struck_because)
    select %s, %s, %s, %s, %s, id, %s, %s, '' from registry_source where code = %s
    on conflict (source_id, source_record, person_id) do nothing
"""


def of(look: Look) -> list[Happened]:
    """What happened to a person, the latest first; without what was struck, and what the roles in scope do not show."""
    look.at(["person.events"])
    rows = LifeEvent.objects.filter(person=look.person, struck_at=None).select_related("source")
    return [
        Happened(
            LifeEvent.Kind(row.kind),
            row.on,
            subject_of(row.other_id) if row.other_id else None,
            row.detail,
            row.source.title,
        )
        for row in rows.order_by("-on", "-id")
        if CATEGORY[LifeEvent.Kind(row.kind)] in look.shown
    ]


def strike_all(subject: str, kind: LifeEvent.Kind, *, because: str) -> None:
    """Mark all of a kind that stand as recorded in error; for verbs of this room, which have looked at the reason."""
    rows = LifeEvent.objects.filter(person=person_id(subject), kind=kind, struck_at=None)
    rows.update(struck_at=clock.now(), struck_because=because.strip())


def strike(subject: str, source: str, source_record: str, *, because: str) -> None:
    """Mark what was recorded in error 撤销记录; it stays, with the reason.

    Raises:
        NotHere: no such record of this person in the present scope.
        Refused: no reason is given.
    """
    said = ground(because)
    rows = LifeEvent.objects.filter(
        person=person_id(subject), source__code=source, source_record=source_record, struck_at=None
    )
    if not rows.update(struck_at=clock.now(), struck_because=said):
        raise NotHere(subject)
