"""Certificates and lists kept up 证书续期: every hour somebody of the worker looks, by the house's clock.

A list of revoked certificates is published every day, and a certificate is renewed two months before its end; from then
on papers are sealed with the new one, and the old one proves what it sealed. A seal that is no more has none renewed; the
signature stamp of somebody who has left her post is destroyed. Papers that waited for keys or time stamps are tried again
as soon as these work.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from yizhan import clock, journal
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.journal import outbox, work
from yizhan.keys import authority, health
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals import ending, holding, retiring, signatories
from yizhan.seals.faults import CannotSeal, NoSeal
from yizhan.seals.models import KeepingTurn, Seal, Spell

TURN_EVERY = timedelta(hours=1)
_LIVING = frozenset({Spell.State.ACTIVE, Spell.State.SUSPENDED})


@work.round("certificates")
def keep_up() -> int:
    """Take a turn if one is due; how many lists were published, certificates renewed, stamps destroyed.

    What fails (a key that cannot be opened, a device that is away) is logged and tried again in an hour.
    """
    if not _turn():
        return 0
    return _by_itself(_kept_up) + _by_itself(retiring.retire)


def _by_itself(part: Callable[[], int]) -> int:
    """A part of the turn, which stops no other."""
    try:
        with work.one_transaction():
            return part()
    except Exception:
        work.log.exception("certificates and revocation lists were not kept up; tried again in an hour")
        return 0


def _kept_up() -> int:
    lists, renewed, anew = authority.keep_up(wanted=_is_wanted)
    for one in anew:
        journal.write(
            "certificate.issued", subject=ending.subject_of(one), actor=HOUSE.key, serial=one.serial
        )
    for one in renewed:
        assert one.replaces is not None
        journal.write(
            "certificate.renewed",
            subject=ending.subject_of(one),
            actor=HOUSE.key,
            serial=one.serial,
            replaces=one.replaces.serial,
            until=one.not_after.isoformat(),
        )
    if renewed:
        outbox.hasten(NoSeal.__name__)
    if not health.hindrance(map(Family, settings.SEAL_FAMILIES)):
        outbox.hasten(CannotSeal.__name__)
    return lists + len(renewed) + len(anew)


def _is_wanted(certificate: Certificate) -> bool:
    """Whether there still is what it is for: a seal in use or suspended (of a person in her post), an open unit."""
    kind, _colon, whose = certificate.holder.partition(":")
    if kind in {"seal", "staff"}:
        seal = Seal.held_by(certificate.holder)
        if seal is None or (seal.appointment_id is not None and not signatories.holds(seal.appointment_id)):
            return False
        return holding.state_of(seal) in _LIVING
    return Unit.objects.open().filter(code=whose).exists()


def _turn() -> bool:
    """Whether it is time; a turn in the future was taken before somebody set the clock back."""
    now = clock.now()
    with work.one_transaction():
        KeepingTurn.objects.get_or_create(id=1, defaults={"at": now - TURN_EVERY})
        due = Q(at__lte=now - TURN_EVERY) | Q(at__gt=now)
        mine = KeepingTurn.objects.select_for_update(skip_locked=True).filter(due, id=1).first()
        if mine is None:
            return False
        mine.at = now
        mine.save(update_fields=["at"])
        return True
