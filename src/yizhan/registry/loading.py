"""Many persons at once 批量登记: copied into staging tables, then entered by one statement for each table.

A record is known by its source and its own key: what is known already is left alone, so that a load can be
repeated. It takes a scope that may write everywhere the rows lie (a service's, or the area's).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from yizhan import clock, journal
from yizhan.registry import deriving
from yizhan.registry.catalogue import COLUMNS
from yizhan.registry.fitting import PARTICULARS
from yizhan.registry.models import Source
from yizhan.registry.models.person import subject_of
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration
from yizhan.registry.staging import Staging, array, derived


@dataclass(frozen=True)
class Loaded:
    """What a load did.

    Attributes:
        subjects: the persons entered, by the key of their record.
        known: how many records were entered earlier.
    """

    subjects: dict[str, str]
    known: int


def load(rows: Iterable[Registration], *, source: str, by: str = "") -> Loaded:
    """Enter persons with their numbers, households and residences, in one transaction.

    A caller with many rows hands over batches and commits between them, since a long transaction holds back the
    house's news.

    Args:
        rows: what a source says, one record a person.
        source: the code of the :class:`Source`.
        by: the key of who enters them; empty for the house itself.

    Raises:
        Source.DoesNotExist: nobody declared the source.
    """
    with transaction.atomic():
        loaded = enter(rows, source=source)
        if loaded.subjects:
            journal.write(
                "register.loaded", subject=f"source:{source}", actor=by, persons=len(loaded.subjects)
            )
    return loaded


def enter(
    rows: Iterable[Registration],
    *,
    source: str,
    at: datetime | None = None,
    updating: bool = False,
    matching: bool = False,
    file: int | None = None,
) -> Loaded:
    """The same without a word to the journal, for verbs that have their own.

    Args:
        rows: what a source says, one record a person.
        source: the code of the :class:`Source`.
        at: the moment that all changes bear; now if left out.
        updating: bring who is known up to date, instead of leaving them alone.
        matching: a record new to the source is that of the one person who bears its number and name.
        file: the :class:`Import` that the rows come of.
    """
    vouching = Source.objects.get(code=source).id
    came = list(rows)
    with transaction.atomic():
        staging = Staging()
        staging.ready(ready(came))
        staging.derived(
            derived(line, (row.name.strip(), row.former_name), row.id_type, row.id_number, row.other_numbers)
            for line, row in enumerate(came)
        )
        staging.ties(
            (row.source_record, other, kind, since) for row in came for other, kind, since in row.relatives
        )
        staging.happened((row.source_record, *event) for row in came for event in row.happened)
        staging.places({place: None for row in came for place in (row.registered, row.living) if place})
        done = staging.apply(vouching, at or clock.now(), updating=updating, matching=matching, file=file)
        if updating:  # a former name of which the file says nothing is found as before
            deriving.of_persons([person for _record, person, fresh in done if not fresh])
    subjects = {record: subject_of(person) for record, person, fresh in done if fresh}
    return Loaded(subjects=subjects, known=len(came) - len(subjects))


def ready(rows: Iterable[Registration]) -> Iterator[tuple[Any, ...]]:
    """Rows as the first staging table has them, in this order."""
    return (_ready(line, row) for line, row in enumerate(rows))


def _ready(line: int, row: Registration) -> tuple[Any, ...]:
    since = row.since or row.as_of
    home, living = row.registered, row.living
    return (
        line, row.source_record, row.as_of, array(_vouched_for(row)),
        row.name.strip(), row.former_name, row.sex, row.born_on, row.ethnic_group, row.id_type, row.phone, row.died_on,
        row.book_number, row.household_kind, row.relation,
        *_where(home, row.known_in), row.registered_since or since,
        *_where(living), row.living_since or since, row.tenure, since,
        *(row.particulars.get(name, empty) for name, empty in _EMPTY.items()),
    )  # fmt: skip


_EMPTY = {name: "" if text else None for name, text in PARTICULARS.items()}
_OF_THE_ROW = (
    "name",
    "former_name",
    "sex",
    "born_on",
    "ethnic_group",
    "id_number",
    "phone",
    "registered",
    "living",
)


def _vouched_for(row: Registration) -> list[int]:
    """The columns about which this record says something; that nobody died is said without a date."""
    said: dict[str, object] = {
        "household": row.book_number,
        **{name: getattr(row, name) for name in _OF_THE_ROW},
        "died_on": True,
    }
    return [
        number
        for name, number in COLUMNS.items()
        if (said.get(name) or name in row.particulars) and (row.vouches is None or name in row.vouches)
    ]


def _where(place: Place | None, known_in: str = "") -> tuple[str, str | None]:
    return (place.division, place.full_text) if place else (known_in, None)
