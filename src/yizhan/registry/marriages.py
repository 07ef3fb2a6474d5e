"""Marriage and divorce 婚姻登记: one record of the marriage register, two persons, one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan.registry import events, relations
from yizhan.registry.changing import hold
from yizhan.registry.correcting import correct
from yizhan.registry.facts import person_id
from yizhan.registry.faults import Refused
from yizhan.registry.models import LifeEvent, Particulars, Person, Relation
from yizhan.registry.models.person import subject_of
from yizhan.registry.particulars import record
from yizhan.registry.relations import Kind

_MARRIED, _WIDOWED, _DIVORCED = "20", "30", "40"


@dataclass(frozen=True)
class Registered:
    """A record of the marriage register 婚姻登记记录: its key, the day, the certificate and the office."""

    source: str
    source_record: str
    on: date
    certificate: str = ""
    authority: str = ""


def married(one: str, two: str, registered: Registered, *, by: str) -> None:
    """Enter a marriage of two persons. The same record twice changes nothing.

    Raises:
        NotHere: one of them is not in the present scope.
        Refused: one of them is dead or has a spouse.
    """
    with transaction.atomic():
        couple = hold(one), hold(two)
        if _is_entered(couple[0], registered):
            return
        for person in couple:
            _may_marry(person, registered.on)
        relations.relate(one, Kind.SPOUSE, two, since=registered.on, source=registered.source, by=by)
        _enter(couple, registered, LifeEvent.Kind.MARRIAGE, by)


def divorced(one: str, two: str, registered: Registered, *, by: str) -> None:
    """Enter a divorce. The same record twice changes nothing.

    Raises:
        NotHere: one of them is not in the present scope.
        Refused: the register knows of no marriage of the two.
    """
    with transaction.atomic():
        couple = hold(one), hold(two)
        if _is_entered(couple[0], registered):
            return
        if not relations.end(one, Kind.SPOUSE, two, on=registered.on, by=by):
            raise Refused(_("登记簿中没有双方的婚姻关系，未作登记，请核对。"))
        _enter(couple, registered, LifeEvent.Kind.DIVORCE, by)


def widowed(dead: str, registered: Registered, *, by: str) -> None:
    """Enter that whoever was married to somebody who died is widowed 丧偶, by the record of the death."""
    tie = Relation.objects.filter(person=person_id(dead), kind=Kind.SPOUSE, until=None).first()
    if tie is not None:
        spouse = subject_of(tie.other_id)
        relations.end(dead, Kind.SPOUSE, spouse, on=registered.on, by=by)
        record(
            spouse, {"marital_status": _WIDOWED}, on=registered.on, source=registered.source,
            source_record=f"{registered.source_record}:spouse", by=by,
        )  # fmt: skip


def widowed_not(dead: str, on: date, *, source: str, because: str, by: str) -> None:
    """Put right that somebody was widowed on a day by a death that never was; who has married since stays so."""
    ended = (
        Relation.objects.filter(person=person_id(dead), kind=Kind.SPOUSE, until=on)
        .order_by("-ended_at")
        .first()
    )
    if ended is None:
        return
    spouse = hold(subject_of(ended.other_id))
    if not relations.resume(dead, Kind.SPOUSE, spouse.subject, ended_on=on, by=by):
        return
    row = Particulars.objects.filter(person=spouse, marital_status=_WIDOWED).first()
    if row is not None:
        correct(spouse.subject, "marital_status", _MARRIED, source=source, because=because, by=by)


def _is_entered(person: Person, registered: Registered) -> bool:
    """Whether this record was entered earlier."""
    return LifeEvent.objects.filter(
        person=person, source__code=registered.source, source_record=registered.source_record
    ).exists()


def _enter(couple: tuple[Person, Person], registered: Registered, kind: LifeEvent.Kind, by: str) -> None:
    for place, (person, spouse) in enumerate((couple, couple[::-1]), start=1):
        events.note(
            person, kind, registered.on, source=registered.source, source_record=registered.source_record,
            other=spouse, certificate=registered.certificate, authority=registered.authority,
        )  # fmt: skip
        record(
            person.subject, _state(kind, spouse, registered), on=registered.on, source=registered.source,
            source_record=f"{registered.source_record}:{place}", by=by,
        )  # fmt: skip


def _state(kind: LifeEvent.Kind, spouse: Person, registered: Registered) -> dict[str, Any]:
    wed = kind is LifeEvent.Kind.MARRIAGE
    return {
        "marital_status": _MARRIED if wed else _DIVORCED,
        "spouse_name": spouse.name if wed else "",
        "spouse_number": spouse.id_number if wed else "",
        "married_on": registered.on if wed else None,
        "marriage_certificate": registered.certificate,
        "marriage_authority": registered.authority,
    }


def _may_marry(person: Person, on: date) -> None:
    if person.died_on is not None and person.died_on <= on:
        raise Refused(_("其中一方已登记死亡，未作登记，请核对。"))
