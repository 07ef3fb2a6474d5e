"""What every change of a person has in common: hold the row, write it, say who vouches for it."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.registry.catalogue import COLUMNS
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Person, Provenance, Source


def hold(subject: str) -> Person:
    """The person, until the end of the transaction nobody else's to change.

    Raises:
        NotHere: no such person in the present scope.
    """
    try:
        return Person.objects.select_for_update().get(id=person_id(subject))
    except Person.DoesNotExist:
        raise NotHere(subject) from None


def save(person: Person, changed: list[str]) -> None:
    """Write the changed columns; the trigger keeps the earlier state."""
    person.recorded_at = clock.now()
    person.save(update_fields=[*changed, "recorded_at"])


def vouch(person: Person, column: str, *, source: str, record: str, as_of: date) -> None:
    """From now on this source answers for the column, and no other.

    Raises:
        Refused: the source's record speaks of another person.
    """
    number = COLUMNS[column]
    Provenance.objects.filter(person=person, columns__contains=[number]).update(
        columns=Func(F("columns"), Value(number), function="array_remove")
    )
    row, made = Provenance.objects.get_or_create(
        source=Source.objects.get(code=source),
        source_record=record,
        defaults={"person": person, "as_of": as_of, "columns": [number]},
    )
    if row.person_id != person.id:
        raise Refused(_("来源记录 %(record)s 已用于另一人，未作登记，请核对。") % {"record": record})
    if not made:
        row.columns, row.as_of = [*row.columns, number], as_of
        row.save(update_fields=["columns", "as_of"])
