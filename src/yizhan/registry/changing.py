"""What every change of a person has in common: hold the row, write it, say who vouches for it."""

from __future__ import annotations

from collections.abc import Iterable
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
    Provenance.objects.filter(person=person, columns__overlap=numbers).update(
        columns=Func(F("columns"), Value(numbers), function="registry_without")
    )
    row, made = Provenance.objects.get_or_create(
        source=Source.objects.get(code=source),
        source_record=record,
        defaults={"person": person, "as_of": as_of, "columns": numbers},
    )
    if row.person_id != person.id:
        raise Refused(_("来源记录 %(record)s 已用于另一人，未作登记，请核对。") % {"record": record})
    if not made:
        row.columns, row.as_of = [*row.columns, *numbers], as_of
        row.save(update_fields=["columns", "as_of"])
