"""A seal's life 印章管理: made, suspended, lost, replaced, destroyed; each a row with a reason.

A seal that was lost, replaced or destroyed never comes back, and its certificates are revoked: what it sealed before
stays valid, what anybody seals with it afterwards is not. A suspended one may come back, so its certificates stay, and
the register of uses tells that it was not to be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Subquery
from django.utils import translation

from yizhan import clock, journal
from yizhan.identity.models import Appointment, Unit
from yizhan.journal import outbox
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.keys.revoking import Reason
from yizhan.records import fonts
from yizhan.seals import ending, locking, signatories
from yizhan.seals.faults import NoPost, NoSeal, NumberTaken, OfNobody, SealExists, WrongState
from yizhan.seals.models import Seal, Spell

State = Spell.State
_BECOMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        State.ACTIVE: frozenset({State.SUSPENDED, State.LOST, State.REPLACED, State.DESTROYED}),
        State.SUSPENDED: frozenset({State.ACTIVE, State.LOST, State.REPLACED, State.DESTROYED}),
        State.LOST: frozenset({State.REPLACED, State.DESTROYED}),
        State.REPLACED: frozenset({State.DESTROYED}),
        State.DESTROYED: frozenset(),
    }
)
_FOR_GOOD = {
    State.LOST: Reason.KEY_COMPROMISE,
    State.REPLACED: Reason.SUPERSEDED,
    State.DESTROYED: Reason.CESSATION_OF_OPERATION,
}
_SPECIAL = frozenset({Seal.Kind.APPROVAL, Seal.Kind.NOTICE, Seal.Kind.CERTIFICATE})
_FACE = "xiaobiaosong"  # the boldest of the faces that official papers are set in; seals are cut in it


def make(unit: Unit, kind: str, *, number: str, by: str, why: str, name: str = "") -> Seal:
    """Make a seal of a unit, with its certificates, in use from now on.

    Args:
        unit: whose it is.
        kind: of :class:`Seal.Kind`.
        number: as it was filed with public security, unlike that of any other seal.
        by: who has it made; ``why`` on what grounds.
        name: what stands on the arc, where that is not the unit's name.

    Raises:
        OfNobody: a signature stamp is a person's, see :func:`make_stamp`.
        SealExists: it has one of this kind.
        NumberTaken: another seal bears this number.
        yizhan.seals.glyphs.NoGlyph, yizhan.seals.drawing.NameTooLong: it cannot be drawn.
        yizhan.records.fonts.FontsMissing: there is no face to cut it in.
    """
    with transaction.atomic():
        locking.alone(unit.code)
        if known := _holding(unit.code, kind, {State.ACTIVE, State.SUSPENDED}):
            raise SealExists(known)
        return _made(
            unit, kind, number=number, by=by, why=why, name=name or _official_name(unit), replaces=None
        )


def make_stamp(appointment: Appointment, *, number: str, by: str, why: str) -> Seal:
    """Make the signature stamp of a person in her post, with a certificate of her own, in use from now on.

    Args:
        appointment: whose it is; it ends with it.
        number: by which it is registered, unlike that of any other seal.
        by: who has it made; ``why`` on what grounds.

    Raises:
        NoPost: she does not hold the post.
        SealExists: she has one for this post.
        NumberTaken: another seal bears this number.
        yizhan.seals.glyphs.NoGlyph: it cannot be drawn.
        yizhan.records.fonts.FontsMissing: there is no face to cut it in.
    """
    unit, kind = appointment.post.unit, Seal.Kind.SIGNATURE
    with transaction.atomic():
        locking.alone(unit.code)
        if not signatories.holds(appointment.pk):
            raise NoPost
        if known := _holding(unit.code, kind, {State.ACTIVE, State.SUSPENDED}, appointment.pk):
            raise SealExists(known)
        return _made(
            unit, kind, number=number, by=by, why=why, name=appointment.account.name, replaces=None,
            appointment=appointment,
        )  # fmt: skip


def change(seal: Seal, state: str, *, by: str, why: str, reason: Reason | None = None) -> Spell:
    """A seal is suspended, used again, lost or destroyed; ``reason`` is what lists tell where that is not the usual.

    Raises:
        WrongState: it cannot become that.
    """
    with transaction.atomic():
        locking.alone(seal.unit)
        now = state_of(seal)
        if state not in _BECOMES[State(now)]:
            raise WrongState(seal, now, state)
        spell = Spell.objects.create(seal=seal, state=state, by=by, why=why[:400])
        if for_good := _FOR_GOOD.get(State(state)):
            for one in Certificate.objects.unrevoked().filter(holder=seal.holder):
                ending.revoke(one, by=by, because=why, reason=reason or for_good)
        journal.write(f"seal.{state}", subject=seal.key, actor=by, unit=seal.unit)
    if state == State.ACTIVE:
        outbox.hasten(NoSeal.__name__)
    return spell


def replace(seal: Seal, *, number: str, by: str, why: str) -> Seal:
    """Another seal in its place, with another number and another key.

    Raises:
        WrongState: this one was replaced or destroyed before.
        NoPost: it is a signature stamp, and its person holds the post no more.
        OfNobody: it is a signature stamp that was made for a unit.
        NumberTaken: another seal bears this number.
    """
    with transaction.atomic():
        if seal.appointment_id is not None and not signatories.holds(seal.appointment_id):
            raise NoPost
        change(seal, State.REPLACED, by=by, why=why)
        unit = Unit.objects.get(code=seal.unit)
        return _made(
            unit, seal.kind, number=number, by=by, why=why, name=seal.name, replaces=seal,
            appointment=seal.appointment,
        )  # fmt: skip


def becomes(state: str) -> frozenset[str]:
    """What a seal in a state may become."""
    return _BECOMES[State(state)]


def state_of(seal: Seal) -> str:
    """The present state."""
    return str(Spell.objects.filter(seal=seal).order_by("-since", "-id").values_list("state", flat=True)[0])


def in_use(unit: str, kind: str, appointment: int | None = None) -> Seal:
    """The seal of a unit that may be used now, or the signature stamp of an appointment that has not ended.

    Raises:
        NoSeal: there is none.
    """
    found = _holding(unit, kind, {State.ACTIVE}, appointment)
    if found is None or (appointment is not None and not signatories.holds(appointment)):
        raise NoSeal(unit, kind, appointment)
    return found


def certificate_of(seal: Seal, family: Family) -> Certificate:
    """The seal's certificate of a family; issued where it has none that could be renewed.

    It never had one where the district seals with more families than before; and one whose issuer was revoked ends
    with it, by no fault of the seal's, and is issued anew by the next issuer.

    Raises:
        NoSeal: its certificate was revoked, or has ended and was not renewed yet.
        yizhan.keys.faults.NoAuthority: nobody is there who could issue it.
        yizhan.keys.faults.Unavailable: no SM2 on this machine, or the token does not answer.
    """
    if found := authority.current(seal.holder, family):
        return found
    latest = latest_of(seal, family)
    if latest is not None and (latest.revoked_at is not None or not latest.is_revoked()):
        raise NoSeal(seal.unit, seal.kind, seal.appointment_id)
    return _certified(seal, Unit.objects.get(code=seal.unit), family)


def latest_of(seal: Seal, family: Family) -> Certificate | None:
    """The last certificate that a seal was given, whatever became of it."""
    given = Certificate.objects.filter(holder=seal.holder, family=family).select_related("issuer__issuer")
    return given.order_by("-not_before", "-not_after").first()


def _certified(seal: Seal, unit: Unit, family: Family) -> Certificate:
    """With the first seal of all the district's authority is founded, in the name of the topmost unit.

    What was there and was revoked is founded anew only by whoever runs the house: it needs more than a new certificate.
    """
    if family in (missing := authority.never_founded()):
        top = Unit.objects.get(code=unit.path.partition("/")[0])
        authority.found(organisation=_official_name(top), families=missing)
    return authority.issue(seal.holder, name=str(seal), unit=_official_name(unit), family=family)


def _holding(unit: str, kind: str, states: set[Spell.State], appointment: int | None = None) -> Seal | None:
    latest = Spell.of_each().values("state")[:1]
    there = Seal.objects.filter(unit=unit, kind=kind, appointment=appointment).alias(now=Subquery(latest))
    return there.filter(Q(now__in=states)).order_by("-made_at").first()


def _made(
    unit: Unit,
    kind: str,
    *,
    number: str,
    by: str,
    why: str,
    name: str,
    replaces: Seal | None,
    appointment: Appointment | None = None,
) -> Seal:
    from yizhan.seals import drawing  # noqa: PLC0415 (fontTools is loaded where a seal is made)

    if kind == Seal.Kind.SIGNATURE and appointment is None:
        raise OfNobody
    locking.alone(f"number {number}")
    if Seal.objects.filter(number=number).exists():
        raise NumberTaken(number)
    inscription = _inscription(Seal.Kind(kind))
    faces = fonts.files()[_FACE]
    shape = (
        drawing.signature(name, faces=faces)
        if kind == Seal.Kind.SIGNATURE
        else drawing.round_seal(name, inscription=inscription, number=number, faces=faces)
    )
    seal = Seal.objects.create(
        unit=unit.code, kind=kind, name=name, inscription=inscription, number=number,
        drawing=shape, made_by=by, replaces=replaces, appointment=appointment,
    )  # fmt: skip
    Spell.objects.create(seal=seal, state=State.ACTIVE, since=clock.now(), by=by, why=why[:400])
    for family in map(Family, settings.SEAL_FAMILIES):
        _certified(seal, unit, family)
    journal.write("seal.made", subject=seal.key, actor=by, unit=unit.code, seal_kind=kind)
    outbox.hasten(NoSeal.__name__)
    return seal


def _official_name(unit: Unit) -> str:
    """Seals and their certificates are Chinese in every language."""
    with translation.override("zh-hans"):
        return unit.full_name


def _inscription(kind: Seal.Kind) -> str:
    """What a special seal says it is for."""
    with translation.override("zh-hans"):
        return str(kind.label) if kind in _SPECIAL else ""
