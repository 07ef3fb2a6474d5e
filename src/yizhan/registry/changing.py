"""What every change of a person has in common: hold the row, write it, say who vouches for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.registry.catalogue import COLUMNS
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Person, Source


def hold(subject: str) -> Person:
    """The person, until the end of the transaction nobody else's to change.

    Raises:
        NotHere: no such person in the present scope.
    """
    try:
        return Person.objects.select_for_update().get(id=person_id(subject))
    except Person.DoesNotExist:
        raise NotHere(subject) from None


def save(person: Person, changed: Iterable[str], on: date | None) -> None:
    """Write the changed columns, which hold from a day on, or always did; the trigger keeps the earlier values."""
    person.recorded_at, person.effective_on = clock.now(), on
    person.save(update_fields=[*changed, "recorded_at", "effective_on"])


def vouch(person: Person, *columns: str, source: str, record: str, as_of: date) -> None:
    """From now on this source answers for these columns, and no other.

    Raises:
        Refused: the source's record speaks of another person.
    """
    numbers = [COLUMNS[column] for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(_VOUCHED, [person.id, numbers, record, as_of, source])
        if cursor.fetchone() is None:
            Source.objects.get(code=source)
            raise Refused(_("来源记录 %(record)s 已用于另一人，未作登记，请核对。") % {"record": record})


_VOUCHED = """
    with said as (select %s::uuid as person, %s::smallint[] as columns, id as source, %s::text as record, %s::date as day
        from registry_source where code = %s),
    no_more as (
        update registry_provenance had set columns = registry_without(had.columns, said.columns)::smallint[] from said
        where had.person_id = said.person and had.columns && said.columns
          and (had.source_id, had.source_record) is distinct from (said.source, said.record))
    insert into registry_provenance as had (person_id, source_id, source_record, as_of, columns)
    select person, source, record, day, columns from said
    on conflict (source_id, source_record) do update
        set columns = registry_without(had.columns, excluded.columns)::smallint[] || excluded.columns,
            as_of = excluded.as_of
        where had.person_id = excluded.person_id
    returning had.id
"""
