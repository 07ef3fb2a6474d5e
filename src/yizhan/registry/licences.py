"""Licences as facts of the register 持有证照: versions, and how each stands. Only the room ``licences`` writes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from yizhan import clock, journal
from yizhan.journal import access
from yizhan.registry import licence_kinds
from yizhan.registry.faults import NotHere, UnknownKey
from yizhan.registry.models import Licence, LicenceStep
from yizhan.registry.purposes import Purpose
from yizhan.releases.words import Text

State: TypeAlias = Licence.State
Verb: TypeAlias = LicenceStep.Verb
STANDING = (State.IN_FORCE, State.SUSPENDED)
"""Of these the register has one of a kind for each holder."""


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
        identifier: the national identifier; empty where nobody told one.
        holder: the holder's name, as it is printed.
        data: what else it says.
        line: of which licence it is a version; a licence of its own if left out.
        version: 1 for the first.
    """

    kind: str
    number: str
    issuer: str
    issued_by: Text
    valid_from: date
    valid_to: date | None = None
    case: str = ""
    title: Text | None = None
    identifier: str = ""
    holder: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    line: uuid.UUID | None = None
    version: int = 1


@dataclass(frozen=True)
class Word:
    """On whose word something is written: who, why, by which case, and the command that asked for it."""

    by: str
    because: str = ""
    case: str = ""
    command: uuid.UUID | None = None


def record(subject: str, issued: Issued, *, word: Word, verb: Verb = Verb.ISSUED) -> Licence:
    """Enter a licence, or a version, that somebody holds from now on; the earlier one of its kind is replaced.

    The same case enters a kind once: told again, the register gives what it has, while that stands.

    Args:
        subject: ``entity:<code>`` or ``person:<id>``.
        issued: what the licence says.
        word: who enters it, and why.
        verb: what it is a step of.

    Raises:
        UnknownKey: no pack brings licences of this kind.
        ValueError: the days are reversed.
    """
    title = issued.title or licence_kinds.title(issued.kind)
    if title is None:
        raise UnknownKey(f"the register keeps no licences of the kind {issued.kind!r}")
    if issued.valid_to is not None and issued.valid_to < issued.valid_from:
        raise ValueError("a licence ends before it begins")
    with transaction.atomic():
        known = of_case(issued.case, issued.kind) if issued.case and verb == Verb.ISSUED else None
        if known is not None:
            return known
        _replace(subject, issued.kind, word)
        licence = _row(subject, issued, title, word.by)
        _noted(licence, verb, "", word)
    return licence


def move(licence: Licence, to: State, verb: Verb, *, word: Word) -> Licence:
    """Let a licence stand otherwise from now on; it stays in the register, with every step.

    Raises:
        NotHere: it does not stand any more as the caller has read it, or the scope may not change it.
    """
    ended = {} if to in STANDING else _ended(word)
    with transaction.atomic():
        moved = Licence.objects.filter(id=licence.id, state=licence.state).update(state=to, **ended)
        if not moved:
            raise NotHere(str(licence.id))
        was = licence.state
        licence.refresh_from_db()
        _noted(licence, verb, was, word)
    return licence


def shown_by(licence: Licence, paper: uuid.UUID | None) -> None:
    """Note which paper shows the licence; none when it was withdrawn."""
    Licence.objects.filter(id=licence.id).update(paper=paper)
    licence.paper = paper


def answered(command: uuid.UUID) -> Licence | None:
    """What a command that was carried out came to."""
    step = LicenceStep.objects.filter(command=command).select_related("licence").first()
    return step.licence if step else None


def of_case(case: str, kind: str) -> Licence | None:
    """What a case brought of a kind and is in force or rests."""
    return Licence.objects.filter(case=case, kind=kind, state__in=STANDING).first()


def line_of_case(case: str, kind: str) -> Licence | None:
    """The last version of the licence that a case brought, however it stands: its number is the case's."""
    brought = Licence.objects.filter(case=case, kind=kind).order_by("-recorded_at", "-version").first()
    return Licence.objects.filter(line=brought.line).latest("version") if brought else None


def standing(subject: str, kind: str) -> Licence | None:
    """What somebody has of a kind that is in force or rests; plainly, for the room that writes."""
    return Licence.objects.filter(subject=subject, kind=kind, state__in=STANDING).first()


def hold(licence: Licence) -> Licence:
    """The row as it stands, held until the transaction ends.

    Raises:
        NotHere: the scope may not change it.
    """
    found = Licence.objects.select_for_update().filter(id=licence.id).first()
    if found is None:
        raise NotHere(str(licence.id))
    return found


def past_their_day(most: int) -> list[Licence]:
    """Some that stand although their last day has passed, the oldest first."""
    past = Licence.objects.filter(state__in=STANDING, valid_to__lt=clock.today())
    return list(past.order_by("valid_to", "id")[:most])


def held(subject: str, *, purpose: Purpose) -> list[Licence]:
    """All licences of somebody that the scope shows, those in force first, then the latest."""
    access.saw([subject], ["licences"], purpose=str(purpose))
    found = Licence.objects.filter(_CONCERNED, subject=subject).order_by("-recorded_at", "-id")
    return sorted(found, key=lambda one: one.state != State.IN_FORCE)


def in_force(subject: str, kind: str) -> Licence | None:
    """What somebody holds of a kind that is valid today, where the scope shows it."""
    found = Licence.objects.filter(subject=subject, kind=kind, state=State.IN_FORCE).first()
    return found if found is not None and found.in_force else None


def seen(licence: Licence, *, purpose: Purpose) -> None:
    """Tell the access log that a licence was looked at."""
    seen_all([licence], purpose=purpose)


def seen_all(rows: Iterable[Licence], *, purpose: Purpose) -> None:
    """Tell the access log that licences were looked at; nothing where there are none."""
    if subjects := list(dict.fromkeys(row.subject for row in rows)):
        access.saw(subjects, ["licences"], purpose=str(purpose))


def latest(subject: str, kind: str) -> Licence | None:
    """What somebody had last of a kind, however it stands, where the scope shows it."""
    return Licence.objects.filter(subject=subject, kind=kind).order_by("-recorded_at", "-version").first()


def one(key: uuid.UUID) -> Licence | None:
    """One version, where it concerns whoever is in scope; whoever tells of it says so to the access log."""
    return Licence.objects.filter(_CONCERNED, id=key).first()


def life(licence: Licence) -> list[LicenceStep]:
    """Every step of a licence and of its other versions, the latest first."""
    steps = LicenceStep.objects.filter(licence__line=licence.line).select_related("licence")
    return list(steps.order_by("-id"))


# The rule of the table (0007) once more, so that a page shows no other's licence where the policy should fail.
_CONCERNED = RawSQL(
    """(select scope_all()) or issuer = any ((select scope_units())::text[])
        or subject = any ((select scope_subjects())::text[])
        or subject = any (array(select 'person:' || own from unnest((select registry_own_persons())) own))
        or subject = any (array(select 'entity:' || own from unnest((select registry_own_entities())) own))""",
    (),
    output_field=BooleanField(),
)


def _replace(subject: str, kind: str, word: Word) -> None:
    """End what stands of the kind; the reason is that another was recorded, so it needs no other."""
    for earlier in Licence.objects.filter(subject=subject, kind=kind, state__in=STANDING):
        replacing = Word(word.by, word.because, word.case)
        move(earlier, State.REPLACED, Verb.REPLACED, word=replacing)


def _row(subject: str, issued: Issued, title: Text, by: str) -> Licence:
    return Licence.objects.create(
        line=issued.line or uuid.uuid4(),
        version=issued.version,
        identifier=issued.identifier,
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
        holder=issued.holder,
        data=dict(issued.data),
        case=issued.case,
        recorded_at=clock.now(),
        recorded_by=by,
    )


def _noted(licence: Licence, verb: Verb, was: str, word: Word) -> None:
    LicenceStep.objects.create(
        licence=licence,
        verb=verb,
        was=was,
        now=licence.state,
        at=clock.now(),
        by=word.by,
        because=word.because,
        case=word.case,
        command=word.command,
    )
    journal.write(
        f"{licence.subject.partition(':')[0]}.licence_{_NEWS[verb]}",
        subject=licence.subject,
        actor=word.by,
        licence=str(licence.id),
        licence_kind=licence.kind,
    )


_NEWS = {**{verb: verb.value for verb in Verb}, Verb.ISSUED: "recorded"}


def _ended(word: Word) -> dict[str, Any]:
    return {"ended_at": clock.now(), "ended_by": word.by, "ended_because": word.because}
