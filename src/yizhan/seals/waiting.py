"""Papers that wait for a seal 待用印文书: what hinders each, and who has to act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from yizhan.identity import reaching
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Unit
from yizhan.journal.models import Effect
from yizhan.keys import authority, health
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals import holding, signatories
from yizhan.seals.faults import CannotSeal, NoSeal
from yizhan.seals.models import Approval, Seal, Spell
from yizhan.seals.register import KEEPER

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_MOST = 1000
_FAULTS = (NoSeal.__name__, CannotSeal.__name__)
_STATES: Mapping[str, StrPromise] = MappingProxyType(
    {
        Spell.State.SUSPENDED: lazy("%(unit)s的%(kind)s停用中，请印章管理员恢复使用"),
        Spell.State.LOST: lazy("%(unit)s的%(kind)s已挂失，请印章管理员更换印章"),
        Spell.State.REPLACED: lazy("%(unit)s没有在用的%(kind)s，请印章管理员制发"),
        Spell.State.DESTROYED: lazy("%(unit)s的%(kind)s已销毁，请印章管理员制发新印章"),
    }
)


@dataclass(frozen=True)
class Waiting:
    """So many papers wait for one seal of a unit; ``why`` says what hinders and who has to act."""

    papers: int
    why: str

    def __str__(self) -> str:
        """In a sentence."""
        words = ngettext("%(n)s 份文书待用印：%(why)s", "%(n)s 份文书待用印：%(why)s", self.papers)
        return words % {"n": self.papers, "why": self.why}


def waiting(actor: Actor = HOUSE) -> list[Waiting]:
    """For which seals papers wait, those with the most papers first. Of more than a thousand papers the first count.

    An effect that seals a paper names it as ``paper``; it waits when its last try found no seal, or no key that signs.

    Args:
        actor: only seals that they keep; the house keeps all.
    """
    failed = Q()
    for name in _FAULTS:
        failed |= Q(fault__startswith=f"{name}:")
    stuck = Effect.objects.filter(failed, done_at=None, refused_at=None, body__has_key="paper")
    documents = [
        f"paper:{paper}" for paper in stuck.order_by("id").values_list("body__paper", flat=True)[:_MOST]
    ]
    wanted = Approval.objects.filter(
        document__in=documents,
        withdrawal=None,
        use=None,
        unit__in=reaching.units(actor, KEEPER).values("code"),
    )
    counted = Counter(wanted.values_list("unit", "kind", "appointment")).most_common()
    asleep = cache(_asleep)  # a device is asked once for all of them
    found = [(many, _of_seal(unit, kind, whose) or asleep()) for (unit, kind, whose), many in counted]
    return [Waiting(many, why) for many, why in found if why]


def hindrance(unit: str, kind: str) -> str:
    """Why a unit's seal cannot be used now, and who has to act, in a sentence; empty where it can."""
    return _of_seal(unit, kind) or _asleep()


def without_certificate(seal: Seal) -> str:
    """Why a seal in use has nothing to seal with now, and who has to act; empty where it has."""
    for family in map(Family, settings.SEAL_FAMILIES):
        latest = Certificate.objects.filter(holder=seal.holder, family=family).order_by("-not_before").first()
        # One that never was is issued when it is wanted.
        if latest is None or authority.current(seal.holder, family) is not None:
            continue
        words = (
            lazy("%(unit)s的%(kind)s签章证书已撤销，请印章管理员更换印章")
            if latest.revoked_at is not None
            else lazy(
                "%(unit)s的%(kind)s签章证书已过期，系统每小时自动续期；仍未续期的，请系统管理员检查密钥"
            )
        )
        return _said(words, seal.unit, seal.kind)
    return ""


def fault() -> str:
    """What waits in one line for the doctor; empty when nothing does."""
    return "；".join(str(one) for one in waiting())


def _of_seal(unit: str, kind: str, whose: int | None = None) -> str:
    if whose is not None and not signatories.holds(whose):
        return _said(lazy("%(unit)s的签发人已不任原岗位，须撤回文书，由现任人员重新签发"), unit, kind)
    seals = Seal.objects.filter(unit=unit, kind=kind, appointment=whose).defer("drawing").order_by("-made_at")
    states = {seal: holding.state_of(seal) for seal in seals}
    if not states:
        return _said(lazy("%(unit)s没有%(kind)s，请印章管理员制发"), unit, kind)
    seal = next((one for one, state in states.items() if state == Spell.State.ACTIVE), None)
    if seal is None:
        return _said(_STATES[next(iter(states.values()))], unit, kind)
    return without_certificate(seal)


def _said(words: StrPromise, unit: str, kind: str) -> str:
    named = Unit.objects.filter(code=unit).select_related("parent").first()
    return str(words) % {"unit": named.full_name if named else unit, "kind": Seal.Kind(kind).label}


def _asleep() -> str:
    """What is wrong with the keys of the house."""
    why = health.hindrance(map(Family, settings.SEAL_FAMILIES))
    return _("%(why)s请系统管理员处理，恢复后自动用印") % {"why": why} if why else ""
