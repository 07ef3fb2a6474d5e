"""Licences of one's unit at the desk 证照管理: found, looked at, and moved by whoever keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Q
from django.utils.translation import gettext as _

from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit
from yizhan.licences import life, using
from yizhan.licences.using import Used
from yizhan.registry import licences
from yizhan.registry.faults import NotHere
from yizhan.registry.licences import Verb, Word
from yizhan.registry.models import Licence, LicenceStep
from yizhan.registry.purposes import Reason

KEEPER = "platform.licence_keeper"
MOST = 100
_LONGEST_REASON = 300

ACTS: Mapping[Verb, Callable[..., Licence]] = MappingProxyType(
    {
        Verb.SUSPENDED: life.suspend,
        Verb.RESUMED: life.resume,
        Verb.REVOKED: life.revoke,
        Verb.REISSUED: life.reissue,
    }
)
"""What a keeper does by hand; a change comes of a case, and expiry by itself."""


@dataclass(frozen=True)
class Kept:
    """A licence as its keeper sees it, and what may be done with it now."""

    licence: Licence
    steps: tuple[LicenceStep, ...]
    uses: tuple[Used, ...]
    acts: tuple[Verb, ...]


def page(by: Actor, *, words: str = "", state: str = "") -> list[Licence]:
    """Licences that units issued for which the actor keeps them, the latest first, at most ``MOST``.

    Args:
        by: who looks.
        words: a part of the number or of the holder's name, or the beginning of a company's code.
        state: how they stand; all if empty.
    """
    found = Licence.objects.filter(issuer__in=_units(by))
    if words:
        found = found.filter(
            Q(number__icontains=words) | Q(holder__icontains=words) | Q(subject__startswith=f"entity:{words}")
        )
    if state:
        found = found.filter(state=state)
    rows = list(found.order_by("-recorded_at", "-id")[:MOST])
    licences.seen_all(rows, purpose=_why())
    return rows


def show(key: uuid.UUID, *, by: Actor) -> Kept:
    """One licence with its life and uses.

    Raises:
        NotHere: no unit issued it for which the actor keeps licences.
    """
    licence = _kept(key, by)
    licences.seen(licence, purpose=_why())
    possible = life.possible(licence)
    acts = tuple(verb for verb in ACTS if verb in possible)
    return Kept(licence, tuple(licences.life(licence)), tuple(using.of(licence)), acts)


def act(key: uuid.UUID, verb: str, *, by: Actor, because: str, command: uuid.UUID) -> Licence:
    """Suspend, resume, revoke or reissue; the licence as it stands then, or its new version.

    Raises:
        NotHere: it is not the actor's, or there is no such act.
        Refused: it may not be done from where the licence stands, or no reason is given.
    """
    licence = _kept(key, by)
    if verb not in ACTS:
        raise NotHere(verb)
    word = Word(by.key, because.strip()[:_LONGEST_REASON], command=command)
    return ACTS[Verb(verb)](licence, word=word)


def _why() -> Reason:
    return Reason(_("管理本单位核发的证照"))


def _kept(key: uuid.UUID, by: Actor) -> Licence:
    licence = licences.one(key)
    if licence is None or licence.issuer not in _units(by):
        raise NotHere(str(key))
    return licence


def _units(by: Actor) -> list[str]:
    """The units whose licences the actor keeps."""
    return [code for code, path in Unit.objects.open().values_list("code", "path") if by.may(KEEPER, path)]
