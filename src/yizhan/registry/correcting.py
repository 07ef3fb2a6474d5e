"""Putting a value right 更正."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Func, Value
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.registry import names, numbers
from yizhan.registry.changing import hold, save, vouch
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import PARTICULARS, fits, suits
from yizhan.registry.models import Correction, Identifier, Particulars, Person, Source
from yizhan.registry.particulars import change
from yizhan.registry.registration import dates_agree, is_a_sex

_OF_PERSON = ("name", "former_name", "sex", "born_on", "ethnic_group", "id_number", "phone", "died_on")
CORRECTABLE = (*_OF_PERSON, *PARTICULARS)
_DAYS = ("born_on", "died_on")


def correct(subject: str, column: str, value: Any, *, source: str, because: str, by: str) -> None:
    """Put a value right. The wrong one stays in the history, with the reason beside it.

    A corrected identity number is added to the person's numbers; the wrong one ends today and still leads
    to no match. ``None`` empties a date.

    Args:
        subject: ``person:<uuid>``.
        column: one of :data:`CORRECTABLE`.
        value: the right value.
        source: the code of the source that vouches for it.
        because: the reason, in words.
        by: the key of who corrects.

    Raises:
        NotHere: no such person in the present scope.
        Refused: the column cannot be corrected here, the value cannot be, is the present one, or no reason is
            given.
    """
    required_to_fit(column, value, because)
    with transaction.atomic():
        person = hold(subject)
        put_right = _person_put_right if column in _OF_PERSON else _particulars_put_right
        was, became = put_right(person, column, value)
        correction = Correction.objects.create(
            person=person, column=column, was=_written(was), became=_written(became),
            source=Source.objects.get(code=source), because=because.strip(), by=by,
        )  # fmt: skip
        vouch(person, column, source=source, record=f"correction:{correction.id}", as_of=clock.today())
        journal.write("person.corrected", subject=subject, actor=by, column=column, source=source)


def _person_put_right(person: Person, column: str, value: Any) -> tuple[Any, Any]:
    """What it was, and what it became."""
    was = getattr(person, column)
    changed = _set(person, column, value)
    if column in _DAYS:
        dates_agree(person.born_on, person.died_on)
    if getattr(person, column) == was:
        raise Refused(_("更正后的内容与现有内容相同，未作改动。"))
    save(person, changed, None)
    if column == "id_number":
        _renumber(person, str(was))
    return was, getattr(person, column)


def _particulars_put_right(person: Person, column: str, value: Any) -> tuple[Any, Any]:
    row, _made = Particulars.objects.get_or_create(person=person)
    was = getattr(row, column)
    if was == value:
        raise Refused(_("更正后的内容与现有内容相同，未作改动。"))
    change(row, {column: value}, None)
    return was, value


def required_to_fit(column: str, value: Any, because: str) -> None:
    """See that a value could be put into a column, with a reason; nothing is written.

    Raises:
        Refused: as with :func:`correct`.
    """
    if column not in CORRECTABLE:
        raise Refused(_("这一项不能在此更正。"))
    if not because.strip() or len(because) > 500:
        raise Refused(_("请用 500 字以内说明更正理由。"))
    if column in PARTICULARS:
        suits(column, value)
    elif column in _DAYS:
        if isinstance(value, str) or (value is None and column == "born_on"):
            raise Refused(_("请填写日期。"))
    elif not isinstance(value, str):
        raise Refused(_("请填写内容。"))
    else:
        fits(Person, column, value)
        if column == "sex":
            is_a_sex(value)
        if column == "name" and not value.strip():
            raise Refused(_("姓名为空，未作登记，请填写姓名。"))


def _set(person: Person, column: str, value: Any) -> list[str]:
    """Set a column and what is worked out from it; the names of all that were set."""
    if column == "name":
        return named(person, value, person.former_name)
    if column == "former_name":
        return named(person, person.name, value)
    if column == "id_number":
        checked = numbers.check(person.id_type, value)
        person.id_number, person.id_ok = checked.number, checked.ok
        return ["id_number", "id_ok"]
    setattr(person, column, value)
    return [column]


def named(person: Person, name: str, former: str) -> list[str]:
    """Give a person a name and a former name, with all that is worked out from them; the columns that were set."""
    person.name, person.former_name = name.strip(), former
    person.name_sort = names.sort_key(person.name)
    tokens = Func(Value(names.tokens(person.name, former)), function="array_to_tsvector")
    person.name_tokens = tokens  # an expression until it is saved
    return ["name", "former_name", "name_sort", "name_tokens"]


def _renumber(person: Person, was: str) -> None:
    """The right number leads to the person from now on, the wrong one no longer."""
    Identifier.objects.filter(person=person, type=person.id_type, value=was).update(until=clock.today())
    for row in numbers.rows([(person.id_type, person.id_number)]):
        known = Identifier.objects.filter(person=person, type=row["type"], value=row["value"])
        if not known.update(until=None):
            Identifier.objects.create(person=person, name_key=NameKey(Value(person.name)), **row)


class NameKey(Func):
    """The form in which names are compared, worked out where the look-up compares them."""

    function = "registry_name_key"


def _written(value: object) -> str:
    return "" if value is None else str(value)
