"""What becomes so in a person's life 信息变更: marriage, work, insurance, assistance, a new phone number.

Not a correction: the earlier value was right until the day. It stays in the history with that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.registry.changing import hold, save, vouch
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import PARTICULARS, fits, suits
from yizhan.registry.models import Particulars, Person

OF_PERSON = ("former_name", "phone", "ethnic_group")
"""Columns of the person's own row that change as life goes on; name, number, birth and sex are put right or renamed."""


def record(
    subject: str, values: Mapping[str, Any], *, on: date, source: str, source_record: str, by: str
) -> list[str]:
    """Enter what is so from a day on; the columns that changed, none when all was known already.

    Args:
        subject: ``person:<uuid>``.
        values: by column: text ("" for no longer known), a date, a number or None.
        on: the day from which it is so.
        source: the code of the source that vouches for it.
        source_record: the key of its record.
        by: the key of who enters it.

    Raises:
        NotHere: no such person in the present scope.
        Refused: no such column, a value that it cannot hold, a day in the future, or a record that speaks of
            another person.
    """
    if on > clock.today():
        raise Refused(_("日期晚于今天，未作登记，请核对。"))
    for column, value in values.items():
        if column in OF_PERSON:
            fits(Person, column, value)
        else:
            suits(column, value)
    with transaction.atomic():
        person = hold(subject)
        changed = [*_own(person, values, on), *_beside(person, values, on)]
        if changed:
            vouch(person, *changed, source=source, record=source_record, as_of=on)
            journal.write("person.changed", subject=subject, actor=by, columns=changed, source=source)
    return changed


def _own(person: Person, values: Mapping[str, Any], on: date) -> list[str]:
    changed = [name for name in OF_PERSON if name in values and getattr(person, name) != values[name]]
    for name in changed:
        setattr(person, name, values[name])
    if changed:
        save(person, changed, on)
    return changed


def _beside(person: Person, values: Mapping[str, Any], on: date) -> list[str]:
    wanted = {name: value for name, value in values.items() if name in PARTICULARS}
    if not wanted:
        return []
    row = Particulars.objects.filter(person=person).first()
    if row is None:
        row = Particulars(person=person, **wanted)
        changed = [name for name, value in wanted.items() if value not in (None, "")]
        if changed:
            row.save(force_insert=True)
        return changed
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    return change(row, {name: wanted[name] for name in changed}, on)


def change(row: Particulars, values: Mapping[str, Any], on: date | None) -> list[str]:
    """Write values into a row of particulars, from a day on or, with None, as if always so; their columns."""
    if values:
        for name, value in values.items():
            setattr(row, name, value)
        row.effective_on, row.recorded_at = on, clock.now()
        row.save(update_fields=[*values, "effective_on", "recorded_at"])
    return list(values)
