"""Who belongs to which household book, and what to its head 户内变动: joining, leaving, another head.

A person is in one household at a time; a family household has one living head. A relation that changes is a new row from
its day on, so that what was is still told. It takes a scope that may write the persons and their households.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock, codes, journal
from yizhan.registry import events
from yizhan.registry.changing import hold, vouch
from yizhan.registry.facts import person_id
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import Household, LifeEvent, Membership, Person, Residence
from yizhan.registry.models.household import HEAD
from yizhan.registry.models.person import subject_of
from yizhan.registry.registration import dates_agree

_ONESELF = "01"
_FAMILY = Household.Kind.FAMILY


@dataclass(frozen=True, kw_only=True)
class Told:
    """From which day it is so, on whose word, and who enters it."""

    on: date
    source: str
    record: str
    by: str


@dataclass(frozen=True)
class Standing:
    """Somebody in a household now; ``subject`` is None for whom the present scope does not see."""

    subject: str | None
    relation: str
    since: date
    dead: bool


def standing_in(household: Household) -> Sequence[Standing]:
    """Who stands in a household of one's areas, its head first; those who died stand there until they are taken out."""
    with connection.cursor() as cursor:
        cursor.execute("select person, relation, since, dead from registry_standing_in(%s)", [household.pk])
        rows = cursor.fetchall()
    return [Standing(subject_of(row[0]) if row[0] else None, *row[1:]) for row in rows]


def household_of(subject: str) -> Household | None:
    """The household in which somebody stands now."""
    known = Membership.objects.filter(person=person_id(subject), until=None)
    found = known.select_related("household").first()
    return found.household if found else None


def joined(subject: str, book_number: str, relation: str, told: Told) -> None:
    """Enter that somebody belongs to a household from a day on; the membership until then ends on that day.

    Of the household one is in, what one is to its head is entered anew.

    Raises:
        NotHere: no such person in the present scope.
        Refused: no such household in one's areas, a head beside another, no head, nothing different, one's own
            household left without a head, or the day cannot be.
    """
    with transaction.atomic():
        person, current = _begun(subject, told)
        household = _known(book_number)
        if current is not None and current.household_id == household.pk:
            if current.relation in {relation, HEAD}:
                raise Refused(_("此人已在该户，与户主关系也相同，未作改动。"))
            _restated(subject, relation, told)
            return
        _may_leave(current)
        _may_join(household, relation)
        _written(person, current, household, relation, told)


def founded(subject: str, book_number: str, told: Told) -> None:
    """Enter a household of its own for somebody, who is its head, at the registered address 立户.

    Raises:
        NotHere: no such person in the present scope.
        Refused: the number is taken, or as with :func:`joined`.
    """
    with transaction.atomic():
        person, current = _begun(subject, told)
        _may_leave(current)
        household = _new(person, book_number)
        _written(person, current, household, HEAD, told)


def left(subject: str, told: Told) -> None:
    """Enter that somebody is in no household from a day on.

    Raises:
        NotHere: no such person in the present scope.
        Refused: is in none, is a head whom others stay without, or the day cannot be.
    """
    with transaction.atomic():
        person, current = _begun(subject, told, dead_too=True)
        if current is None:
            raise Refused(_("登记簿中此人不在任何一户，未作改动。"))
        _may_leave(current)
        _ended(current, told.on)
        _vouched(person, told, LifeEvent.Kind.LEFT, was=current.household.book_number)


def headed(subject: str, relations: Mapping[str, str], told: Told) -> None:
    """Enter another head of a household, and what everybody else in it is to the new head; who died is taken out.

    Args:
        subject: the new head, who is in the household.
        relations: what the others are to the new head (GB/T 4761), by subjects.
        told: from which day, on whose word.

    Raises:
        NotHere: no such person in the present scope.
        Refused: is in no household, is its head, a member is not in the present scope, a relation is missing or cannot
            be, or the day cannot be.
    """
    with transaction.atomic():
        person, current = _begun(subject, told)
        if current is None or current.household.kind != _FAMILY:
            raise Refused(_("此人不在家庭户中，未作登记。"))
        if current.relation == HEAD:
            raise Refused(_("此人已是本户户主，未作改动。"))
        others = [one for one in standing_in(current.household) if one.subject != subject]
        if any(one.subject is None for one in others):
            raise Refused(_("本户有成员不在您的辖区内，请由上级单位登记户主，未作登记。"))
        _written(person, current, current.household, HEAD, told)
        for number, one in enumerate(others, start=1):
            assert one.subject is not None  # looked at above
            _restated(one.subject, relations.get(one.subject, ""), told, f":{number}")


def _begun(subject: str, told: Told, *, dead_too: bool = False) -> tuple[Person, Membership | None]:
    """The person and the present membership, held; nobody else changes the household meanwhile."""
    dates_agree(None, told.on)
    person = hold(subject)
    if person.died_on is not None and not dead_too:
        raise Refused(_("此人已登记死亡，未作登记，请核对。"))
    current = Membership.objects.filter(person=person, until=None).select_related("household").first()
    if current is not None:
        list(Household.objects.select_for_update().filter(pk=current.household_id))
    return person, current


def _known(book_number: str) -> Household:
    household = Household.objects.select_for_update().filter(book_number=book_number.strip()).first()
    if household is None:
        raise Refused(_("辖区内没有这个户号，未作登记，请核对户口簿；新立的户请选“新立一户”。"))
    return household


def _new(person: Person, book_number: str) -> Household:
    number = book_number.strip()
    fits(Household, "book_number", number)
    if not number:
        raise Refused(_("请填写户口簿上的户号。"))
    home = Residence.objects.filter(person=person, kind=Residence.Kind.REGISTERED, until=None).first()
    try:
        with transaction.atomic():
            return Household.objects.create(
                book_number=number, address=home.address if home else None, division=person.register_division
            )
    except IntegrityError:
        raise Refused(_("这个户号已有一户，未作登记，请核对户口簿。")) from None


def _may_join(household: Household, relation: str) -> None:
    """A family household has one living head, and nobody stands in it without one."""
    is_a_relation(relation)
    if household.kind != _FAMILY:
        return
    standing = standing_in(household)
    headed_by = [one for one in standing if one.relation == HEAD and not one.dead]
    if relation == HEAD and headed_by:
        raise Refused(_("该户已有户主，未作登记；要变更户主的，先入户再登记户主。"))
    if relation == HEAD and any(not one.dead for one in standing):
        raise Refused(_("该户还有其他成员，请先入户，再登记户主并写明各人与户主关系。"))
    if relation != HEAD and not headed_by:
        raise Refused(_("该户没有在世的户主，未作登记，请先登记户主。"))


def is_a_relation(code: str) -> None:
    """See that a code is a relation to the head of a household, or the head's own.

    Raises:
        Refused: it is not.
    """
    if code == _ONESELF or code not in {one.code for one in codes.entries("family_relation")}:
        raise Refused(_("请选择与户主关系。"))


def _may_leave(current: Membership | None) -> None:
    """A head does not leave those who stay without one."""
    if current is None or current.relation != HEAD or current.household.kind != _FAMILY:
        return
    others = [one for one in standing_in(current.household) if one.relation != HEAD and not one.dead]
    if others:
        raise Refused(_("此人是户主，本户还有其他成员，未作登记；请先为他们登记新的户主。"))


def _ended(current: Membership, on: date) -> None:
    if on < current.since:
        raise Refused(_("日期早于在现户的起始日期，未作登记，请核对。"))
    Membership.objects.filter(pk=current.pk).update(until=on, ended_at=clock.now())


def _written(
    person: Person, current: Membership | None, household: Household, relation: str, told: Told
) -> None:
    was, kind = "", LifeEvent.Kind.JOINED
    if current is not None:
        was = current.household.book_number
        kind = LifeEvent.Kind.HEADED if current.household_id == household.pk else kind
        _ended(current, told.on)
    Membership.objects.create(person=person, household=household, relation=relation, since=told.on)
    _vouched(person, told, kind, was=was, became=household.book_number, relation=relation)


def _restated(subject: str, relation: str, told: Told, part: str = "") -> None:
    """What one of the others is to the new head; who died leaves the book on the day of the death."""
    person = hold(subject)
    current = Membership.objects.get(person=person, until=None)
    if person.died_on is not None:
        _ended(current, max(current.since, min(person.died_on, told.on)))
        return
    is_a_relation(relation)
    if relation == HEAD:
        raise Refused(_("一户只有一个户主，未作登记，请核对各人与户主关系。"))
    if relation == current.relation:
        return
    _ended(current, told.on)
    Membership.objects.create(
        person=person, household_id=current.household_id, relation=relation, since=told.on
    )
    vouch(person, "household", source=told.source, record=told.record + part, as_of=told.on)
    _tell(subject, told, "restated")


def _vouched(person: Person, told: Told, kind: LifeEvent.Kind, **detail: Any) -> None:
    vouch(person, "household", source=told.source, record=told.record, as_of=told.on)
    events.note(person, kind, told.on, source=told.source, source_record=told.record, **detail)
    _tell(person.subject, told, kind.value)


def _tell(subject: str, told: Told, what: str) -> None:
    journal.write(
        "person.household_changed", subject=subject, actor=told.by, what=what, columns=["household"],
        source=told.source,
    )  # fmt: skip
