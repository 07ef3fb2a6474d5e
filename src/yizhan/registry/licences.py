"""Licences as facts of the register 持有证照: recorded when they are granted, ended when they are taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from yizhan import clock, journal
from yizhan.journal import access
from yizhan.registry.faults import NotHere, UnknownKey
from yizhan.registry.licence_kinds import KINDS
from yizhan.registry.models import Licence
from yizhan.registry.purposes import Purpose
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Issued:
    """What a licence says.

    Attributes:
        kind: of ``licence_kinds``.
        number: as it is printed.
        issuer: the code of the unit that issued it; ``issued_by`` its name.
        valid_from: the first day.
        valid_to: the last day; None for as long as nobody revokes it.
        case: the number of the case it came of; empty for one from elsewhere.
        title: what it is called, where that is not the name of its kind.
    """

    kind: str
    number: str
    issuer: str
    issued_by: Text
    valid_from: date
    valid_to: date | None = None
    case: str = ""
    title: Text | None = None


def record(subject: str, issued: Issued, *, by: str) -> Licence:
    """Enter a licence that somebody holds from now on; the earlier one of its kind is replaced.

    The same case enters a kind once: told again, the register gives what it has.

    Args:
        subject: ``entity:<code>`` or ``person:<id>``.
        issued: what the licence says.
        by: who enters it, as the journal names them.

    Raises:
        UnknownKey: the register keeps no licences of this kind.
        ValueError: the days are reversed.
    """
    if issued.kind not in KINDS:
        raise UnknownKey(f"the register keeps no licences of the kind {issued.kind!r}")
    if issued.valid_to is not None and issued.valid_to < issued.valid_from:
        raise ValueError("a licence ends before it begins")
    title = issued.title or KINDS[issued.kind]
    with transaction.atomic():
        known = Licence.objects.filter(case=issued.case, kind=issued.kind).first() if issued.case else None
        if known is not None:
            return known
        earlier = Licence.objects.filter(subject=subject, kind=issued.kind, state=Licence.State.IN_FORCE)
        earlier.update(state=Licence.State.REPLACED, ended_at=clock.now(), ended_by=by)
        licence = Licence.objects.create(
            subject=subject,
            kind=issued.kind,
            title_zh=title.zh,
            title_en=title.en,
            number=issued.number,
            issuer=issued.issuer,
            issuer_zh=issued.issued_by.zh,
            issuer_en=issued.issued_by.en,
            valid_from=issued.valid_from,
            valid_to=issued.valid_to,
            case=issued.case,
            recorded_at=clock.now(),
            recorded_by=by,
        )
        journal.write(
            f"{_kind_of(subject)}.licence_recorded",
            subject=subject,
            actor=by,
            licence=str(licence.id),
            licence_kind=licence.kind,
        )
    return licence


def revoke(licence: Licence, *, because: str, by: str) -> Licence:
    """End a licence 撤销、注销: it stays in the register with the reason, and is no longer in force.

    Raises:
        NotHere: it has ended already.
    """
    with transaction.atomic():
        ended = Licence.objects.filter(id=licence.id, state=Licence.State.IN_FORCE).update(
            state=Licence.State.REVOKED, ended_at=clock.now(), ended_by=by, ended_because=because
        )
        if not ended:
            raise NotHere(str(licence.id))
        journal.write(
            f"{_kind_of(licence.subject)}.licence_revoked",
            subject=licence.subject,
            actor=by,
            licence=str(licence.id),
            licence_kind=licence.kind,
        )
    licence.refresh_from_db()
    return licence


def held(subject: str, *, purpose: Purpose) -> list[Licence]:
    """All licences of somebody that the scope shows, those in force first, then the latest."""
    access.saw([subject], ["licences"], purpose=str(purpose))
    found = Licence.objects.filter(_CONCERNED, subject=subject).order_by("-recorded_at", "-id")
    return sorted(found, key=lambda one: one.state != Licence.State.IN_FORCE)


# The rule of the table (0007) once more, so that a page shows no other's licence where the policy should fail.
_CONCERNED = RawSQL(
    """(select scope_all()) or issuer = any ((select scope_units())::text[])
        or subject = any ((select scope_subjects())::text[])
        or subject = any (array(select 'person:' || own from unnest((select registry_own_persons())) own))
        or subject = any (array(select 'entity:' || own from unnest((select registry_own_entities())) own))""",
    (),
    output_field=BooleanField(),
)


def _kind_of(subject: str) -> str:
    return subject.partition(":")[0]
