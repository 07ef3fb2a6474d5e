"""How a person wants to be reached 本人联系方式: named by the person, proved by a code, kept with its past.

The phone also becomes the one of the population register, on the person's own word; the worker enters it, since residents
write nothing in the register themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.calendar.deadlines import day_of
from yizhan.identity import phone as numbers
from yizhan.journal.reading import Fact, reads
from yizhan.registry import masking, particulars, sources
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import OwnContact
from yizhan.registry.sight import Look

SELF = "self"
"""The source of what persons say of themselves; no office answers for it."""
Kind = OwnContact.Kind
WAITS = timedelta(hours=1)
"""How long something named waits for its proof."""
_SHORTEST_ADDRESS = 6
_MASKS = {Kind.PHONE: masking.phone, Kind.MAIL: masking.hidden, Kind.ADDRESS: masking.address}


@dataclass(frozen=True)
class Contact:
    """One way to reach somebody, in force or before; masked as the purpose says."""

    kind: OwnContact.Kind
    value: str
    since: datetime
    until: datetime | None
    masked: bool


def name(subject: str, kind: OwnContact.Kind, value: str, *, by: str, logs_in: bool = False) -> OwnContact:
    """Name a way to be reached; it counts once it is proved. What was named before and not proved is given up.

    Args:
        subject: the person of whoever names it.
        kind: phone, mail or address.
        value: as typed.
        by: the key of the account.
        logs_in: of a phone: the account logs in by it too.

    Raises:
        Refused: it cannot be, or is the present one.
        identity.faults.Refused: no such phone can exist.
    """
    plain = numbers.normal(value) if kind == Kind.PHONE else value.strip()
    fits(OwnContact, "value", plain)
    if kind == Kind.ADDRESS and len(plain) < _SHORTEST_ADDRESS:
        raise Refused(_("请填写完整的地址，写到门牌号、房号。"))
    person = person_id(subject)
    known = OwnContact.objects.filter(person=person, kind=kind, ended_at=None)
    if not logs_in and known.filter(value=plain, proved_at__isnull=False).exists():
        raise Refused(_("与目前的内容相同，没有改动。"))
    known.filter(proved_at=None).update(ended_at=clock.now())
    return OwnContact.objects.create(person_id=person, kind=kind, value=plain, by=by, logs_in=logs_in)


def waiting(subject: str, entry: int) -> OwnContact:
    """What a person has named and not proved yet.

    Raises:
        NotHere: no such entry of theirs, or it waited too long.
    """
    found = OwnContact.objects.filter(
        id=entry, person=person_id(subject), proved_at=None, ended_at=None, said_at__gt=clock.now() - WAITS
    ).first()
    if found is None:
        raise NotHere(f"contact {entry}")
    return found


def proved(entry: OwnContact) -> None:
    """Let it count from now on; the caller has seen the proof. The earlier one of its kind ends."""
    now = clock.now()
    with transaction.atomic():
        same = OwnContact.objects.filter(person=entry.person_id, kind=entry.kind, ended_at=None)
        same.exclude(id=entry.id).update(ended_at=now)
        OwnContact.objects.filter(id=entry.id, proved_at=None).update(proved_at=now)
        subject = f"person:{entry.person_id}"
        journal.write(
            "person.contact_named", subject=subject, actor=entry.by, contact=entry.kind, entry=entry.id
        )


def given_up(subject: str, kind: OwnContact.Kind) -> None:
    """End what is in force of a kind, without another in its place."""
    OwnContact.objects.filter(person=person_id(subject), kind=kind, ended_at=None).update(
        ended_at=clock.now()
    )


def of(look: Look) -> list[Contact]:
    """What was proved, in force first, then the latest; masked unless the look opens the residence."""
    look.at(["person.contacts"])
    shown = look.opens("person.phone")
    rows = OwnContact.objects.filter(person=look.person, proved_at__isnull=False).order_by("-proved_at")
    found = [
        Contact(
            Kind(row.kind),
            row.value if shown else _MASKS[Kind(row.kind)](row.value),
            row.proved_at or row.said_at,
            row.ended_at,
            not shown,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.until is not None)


def present(contacts: list[Contact]) -> Mapping[str, Contact]:
    """By kind, those that are in force."""
    return {one.kind.value: one for one in contacts if one.until is None}


@reads("person.contact_named", reader="contacts")
def enter(fact: Fact) -> None:
    """Enter a phone in the population register on the person's own word; once, however often it is heard."""
    row = OwnContact.objects.filter(id=fact.data["entry"], kind=Kind.PHONE).first()
    if row is None or row.proved_at is None:
        return
    sources.declare(SELF, zh="本人申报", en="Said by the person", unit="")
    particulars.record(
        fact.subject, {"phone": row.value}, on=day_of(row.proved_at), source=SELF,
        source_record=f"contact:{row.id}", by=row.by,
    )  # fmt: skip
