"""Who is related to whom 亲属关系: each tie is written from either side, and read with the names one may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.registry import masking
from yizhan.registry.changing import hold
from yizhan.registry.facts import person_id
from yizhan.registry.faults import Refused
from yizhan.registry.models import Person, Relation, Source
from yizhan.registry.models.person import subject_of
from yizhan.registry.sight import Look

Kind = Relation.Kind

_OTHER_WAY = {
    Kind.SPOUSE: Kind.SPOUSE,
    Kind.PARENT: Kind.CHILD,
    Kind.CHILD: Kind.PARENT,
    Kind.GUARDIAN: Kind.WARD,
    Kind.WARD: Kind.GUARDIAN,
}
_DEEPEST = 12
"""Generations that are looked through for a circle; nobody has so many alive."""


@dataclass(frozen=True)
class Relative:
    """Somebody related 亲属: ``subject`` is None for whom the present scope does not see."""

    kind: Relation.Kind
    subject: str | None
    name: str
    masked: bool
    since: date | None


def relate(
    subject: str, kind: Relation.Kind, other: str, *, since: date | None, source: str, by: str
) -> bool:
    """Enter that ``other`` is the spouse, parent, child, guardian or ward of somebody; whether it was new.

    Raises:
        NotHere: one of them is not in the present scope.
        Refused: it cannot be: oneself, a parent who is not older, one's own ancestor, a second spouse.
    """
    with transaction.atomic():
        person, relative = hold(subject), hold(other)
        if Relation.objects.filter(person=person, other=relative, kind=kind, until=None).exists():
            return False
        _can_be(person, kind, relative, since)
        of = Source.objects.get(code=source)
        Relation.objects.bulk_create(
            [
                Relation(person=person, other=relative, kind=kind, since=since, source=of),
                Relation(person=relative, other=person, kind=_OTHER_WAY[kind], since=since, source=of),
            ]
        )
        journal.write(
            "person.related", subject=subject, actor=by, relation=kind.value, other=other, source=source
        )
    return True


def end(subject: str, kind: Relation.Kind, other: str, *, on: date, by: str) -> bool:
    """Enter that a tie ended; whether there was one."""
    one, two = person_id(subject), person_id(other)
    sides = Q(person=one, other=two, kind=kind) | Q(person=two, other=one, kind=_OTHER_WAY[kind])
    with transaction.atomic():
        ended = Relation.objects.filter(sides, until=None).update(until=on, ended_at=clock.now())
        if ended:
            journal.write("person.unrelated", subject=subject, actor=by, relation=kind.value, other=other)
    return bool(ended)


def resume(subject: str, kind: Kind, other: str, *, ended_on: date, by: str) -> bool:
    """Put right that a tie ended on a day, unless either has another of its kind since; whether it goes on."""
    one, two = person_id(subject), person_id(other)
    if Relation.objects.filter(person__in=(one, two), kind=kind, until=None).exists():
        return False
    sides = Q(person=one, other=two, kind=kind) | Q(person=two, other=one, kind=_OTHER_WAY[kind])
    with transaction.atomic():
        resumed = Relation.objects.filter(sides, until=ended_on).update(until=None, ended_at=None)
        if resumed:
            journal.write("person.related", subject=subject, actor=by, relation=kind.value, other=other)
    return bool(resumed)


def relatives_of(look: Look) -> list[Relative]:
    """The present relatives of a person; of those whom one may not see the surname only."""
    look.at(["household.relation"])
    opened = look.opens("household.relation")
    with connection.cursor() as cursor:
        cursor.execute("select kind, person, name, since from registry_relatives_of(%s)", [look.person])
        rows = cursor.fetchall()
    found = []
    for kind, person, name, since in rows:
        masked = person is None or not opened
        shown = masking.name(name) if masked and person is not None else name
        found.append(Relative(Kind(kind), subject_of(person) if person else None, shown, masked, since))
    if others := [one.subject for one in found if one.subject]:
        look.at(["person.name"], of=others)
    return found


def _can_be(person: Person, kind: Relation.Kind, other: Person, since: date | None) -> None:
    if person.id == other.id:
        raise Refused(_("本人不能登记为自己的亲属，未作登记。"))
    if since is not None and since > clock.today():
        raise Refused(_("日期晚于今天，未作登记，请核对。"))
    if (
        kind is Kind.SPOUSE
        and Relation.objects.filter(person__in=(person, other), kind=Kind.SPOUSE, until=None).exists()
    ):
        raise Refused(_("其中一方已登记有配偶，未作登记，请先核对婚姻状况。"))
    if kind in (Kind.PARENT, Kind.CHILD):
        child, parent = (person, other) if kind is Kind.PARENT else (other, person)
        if child.born_on and parent.born_on and parent.born_on >= child.born_on:
            raise Refused(_("父母的出生日期不早于子女，未作登记，请核对。"))
        if _descends(parent, child):
            raise Refused(_("登记后会成为自己的长辈，未作登记，请核对亲属关系。"))


def _descends(person: Person, ancestor: Person) -> bool:
    """Whether somebody is among the forebears of a person."""
    generation = {person.id}
    seen = set(generation)
    for _deep in range(_DEEPEST):
        parents = Relation.objects.filter(person__in=generation, kind=Kind.PARENT, until=None)
        generation = set(parents.values_list("other_id", flat=True)) - seen
        if ancestor.id in generation:
            return True
        if not generation:
            return False
        seen |= generation
    return False
