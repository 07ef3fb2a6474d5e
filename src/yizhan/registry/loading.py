"""Many persons at once 批量登记: COPY into a staging table, then one INSERT … SELECT for each table.

COPY cannot write into tables under row-level security, and row by row it would take twenty times as long.
A record is known by its source and its own key: what is known already is left alone, so that a load can be
repeated. It takes a scope that may write everywhere the rows lie (a service's, or the area's).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from yizhan import clock, journal
from yizhan.registry import names, numbers
from yizhan.registry.catalogue import COLUMNS
from yizhan.registry.fitting import PARTICULARS
from yizhan.registry.models import Source
from yizhan.registry.models.person import subject_of
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration


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

    A caller with many rows hands over batches (5,000 take about a second) and commits between them, since a
    long transaction holds back the house's news.

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


def enter(rows: Iterable[Registration], *, source: str) -> Loaded:
    """The same without a word to the journal, for verbs that have their own."""
    values: dict[str, Any] = {"source": Source.objects.get(code=source).id, "now": clock.now()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STAGING)
        staged = _stage(cursor, rows)
        for statement in _APPLY:
            cursor.execute(statement, values)
        cursor.execute("select source_record, id from registry_staged")
        subjects = {record: subject_of(person) for record, person in cursor.fetchall()}
    return Loaded(subjects=subjects, known=staged - len(subjects))


_PLACE = ("division", "road", "door_plate", "building", "unit", "floor", "room", "full_text")
_STAGED = (
    "id uuid", "source_record text", "as_of date", "columns smallint[]",
    "name text", "name_sort text", "tokens text[]", "former_name text", "sex text", "born_on date",
    "ethnic_group text", "id_type text", "id_number text", "id_ok boolean", "phone text", "died_on date",
    "documents jsonb", "book_number text", "household_kind text", "relation text",
    *(f"registered_{part} text" for part in _PLACE), *(f"living_{part} text" for part in _PLACE),
    "since date", "registered_since date", "living_since date", "tenure text", "particulars jsonb",
)  # fmt: skip
_NAMES = ", ".join(column.split()[0] for column in _STAGED if column != "id uuid")
_STAGING = f"""
    create temporary table if not exists registry_staged ({", ".join(_STAGED)}) on commit drop;
    alter table registry_staged alter id set default uuidv7();
    truncate registry_staged
"""


def _stage(cursor: CursorWrapper, rows: Iterable[Registration]) -> int:
    """Copy the rows, a record that comes twice only once; how many came."""
    came = 0
    records: set[str] = set()
    with cursor.copy(f"copy registry_staged ({_NAMES}) from stdin") as copy:
        for row in rows:
            came += 1
            if row.source_record not in records:
                records.add(row.source_record)
                copy.write_row(_flat(row))
    cursor.execute("analyze registry_staged")
    return came


def _flat(row: Registration) -> tuple[Any, ...]:
    own = numbers.check(row.id_type, row.id_number)
    documents = Jsonb([*numbers.rows_of(row.id_type, own), *numbers.rows(row.other_numbers)])
    since = row.since or row.as_of
    return (
        row.source_record, row.as_of, _vouched_for(row),
        row.name.strip(), names.sort_key(row.name), names.tokens(row.name), row.former_name,
        row.sex, row.born_on, row.ethnic_group, row.id_type, own.number, own.ok, row.phone, row.died_on,
        documents, row.book_number, row.household_kind, row.relation,
        *_elements(row.registered), *_elements(row.living),
        since, row.registered_since or since, row.living_since or since, row.tenure,
        Jsonb(dict(row.particulars), dumps=_plain) if row.particulars else None,
    )  # fmt: skip


def _vouched_for(row: Registration) -> list[int]:
    """The columns about which this record says something; that nobody died is said without a date."""
    said: dict[str, object] = {
        "household": row.book_number,
        **{name: getattr(row, name) for name in _OF_THE_ROW},
        "died_on": True,
    }
    return [number for name, number in COLUMNS.items() if said.get(name) or name in row.particulars]


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


def _plain(values: object) -> str:
    """As JSON, days and yuan as text."""
    return json.dumps(values, default=str, ensure_ascii=False)


def _elements(place: Place | None) -> tuple[str | None, ...]:
    return tuple(getattr(place, part) if place else None for part in _PLACE)


_DROP_KNOWN = """
    delete from registry_staged staged using registry_provenance known
    where known.source_id = %(source)s and known.source_record = staged.source_record
"""

_PERSONS = """
    insert into registry_person (id, name, name_sort, name_tokens, former_name, sex, born_on, ethnic_group,
        id_type, id_number, id_ok, phone, died_on, register_division, living_division, since, recorded_at)
    select id, name, name_sort, array_to_tsvector(tokens), former_name, sex, born_on, ethnic_group,
        id_type, id_number, id_ok, phone, died_on, coalesce(registered_division, ''),
        coalesce(living_division, ''), since, %(now)s
    from registry_staged
"""
_PARTICULARS = f"""
    insert into registry_particulars ({", ".join(PARTICULARS)}, person_id, known_since, recorded_at)
    select {", ".join(f"coalesce(x.{name}, '')" if text else f"x.{name}" for name, text in PARTICULARS.items())},
        staged.id, %(now)s, %(now)s
    from registry_staged staged, jsonb_populate_record(null::registry_particulars, staged.particulars) x
    where staged.particulars is not null
"""  # noqa: S608 (names of columns of the model)
_IDENTIFIERS = """
    insert into registry_identifier (person_id, type, value, name_key, ok, alias)
    select id, d.type, d.value, registry_name_key(name), d.ok, d.alias
    from registry_staged, jsonb_to_recordset(documents) d(type text, value text, ok boolean, alias boolean)
    on conflict (person_id, type, value) do nothing
"""
_HOUSEHOLDS = """
    insert into registry_household (book_number, kind, address_id, division)
    select distinct on (book_number) book_number, household_kind, place.id, coalesce(registered_division, '')
    from registry_staged left join registry_address place
        on place.division = registered_division and place.full_text = registered_full_text
    where book_number <> '' order by book_number, relation <> '02'
    on conflict (book_number) do nothing
"""
_MEMBERSHIPS = """
    insert into registry_membership (person_id, household_id, relation, since, recorded_at)
    select staged.id, home.id, staged.relation, staged.registered_since, %(now)s
    from registry_staged staged join registry_household home using (book_number)
"""
_PROVENANCE = """
    insert into registry_provenance (person_id, source_id, source_record, as_of, columns)
    select id, %(source)s, source_record, as_of, columns from registry_staged
"""


def _addresses(kind: str) -> str:
    elements = ", ".join(f"{kind}_{part}" for part in _PLACE)
    return f"""
        insert into registry_address ({", ".join(_PLACE)})
        select distinct on ({kind}_division, {kind}_full_text) {elements}
        from registry_staged where {kind}_full_text is not null
        on conflict (division, full_text) do nothing
    """  # noqa: S608 (names of columns of this file)


def _residences(kind: str) -> str:
    tenure = "staged.tenure" if kind == "living" else "''"
    return f"""
        insert into registry_residence (person_id, address_id, kind, tenure, since, recorded_at)
        select staged.id, place.id, '{kind}', {tenure}, staged.{kind}_since, %(now)s
        from registry_staged staged join registry_address place
            on place.division = staged.{kind}_division and place.full_text = staged.{kind}_full_text
    """  # noqa: S608 (names of columns of this file)


_APPLY = (
    _DROP_KNOWN, _addresses("registered"), _addresses("living"), _PERSONS, _PARTICULARS, _IDENTIFIERS,
    _HOUSEHOLDS, _MEMBERSHIPS, _residences("registered"), _residences("living"), _PROVENANCE,
)  # fmt: skip
