"""Papers that wait for a seal 待用印文书: what hinders each, and who has to act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from yizhan.identity import reaching
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Appointment, Unit
from yizhan.journal.models import Effect
from yizhan.keys import authority, health
from yizhan.keys.algorithms import Family
from yizhan.seals import holding, signatories
from yizhan.seals.faults import CannotSeal, NoSeal
from yizhan.seals.models import Approval, Seal, Spell
from yizhan.seals.register import KEEPER

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_MOST = 1000
_ABOUT_NOW = timedelta(minutes=10)
"""So long a worker may take; what was due earlier is not being tried at all, and is told."""
_FAULTS = (NoSeal.__name__, CannotSeal.__name__)
_STATES: Mapping[str, StrPromise] = MappingProxyType(
    {
        Spell.State.SUSPENDED: lazy("%(whose)s的%(kind)s停用中，请印章管理员恢复使用"),
        Spell.State.LOST: lazy("%(whose)s的%(kind)s已挂失，请印章管理员更换印章"),
        Spell.State.REPLACED: lazy("%(whose)s没有在用的%(kind)s，请印章管理员制发"),
        Spell.State.DESTROYED: lazy("%(whose)s的%(kind)s已销毁，请印章管理员制发新印章"),
    }
)


@dataclass(frozen=True)
class Waiting:
    """So many papers wait for one seal; ``why`` says what hinders and who has to act."""

    papers: int
    why: str

    def __str__(self) -> str:
        """In a sentence."""
        words = ngettext("%(n)s 份文书待用印：%(why)s", "%(n)s 份文书待用印：%(why)s", self.papers)
        return words % {"n": self.papers, "why": self.why}


@dataclass(frozen=True)
class _Stuck:
    """A paper whose last try failed: with which words, and whether it is tried again about now."""

    fault: str
    tried_at_once: bool


def waiting(actor: Actor = HOUSE) -> list[Waiting]:
    """For what papers wait, the most papers first. Of more than a thousand papers the first count.

    An effect that seals a paper names it as ``paper``; it waits when its last try found no seal, or no key that signs.
    Where seal and certificate are in order, what that try was told is told: no key is asked here, which may lie in a
    device that is away.

    Args:
        actor: only seals that they keep; the house keeps all.
    """
    stuck = _stuck()
    wanted = Approval.objects.filter(
        document__in=stuck,
        withdrawal=None,
        use=None,
        unit__in=reaching.units(actor, KEEPER).values("code"),
    )
    of_seals = list(wanted.values_list("document", "unit", "kind", "appointment"))
    counted = Counter((unit, kind, whose) for _document, unit, kind, whose in of_seals)
    told = {of: why for of in counted if (why := _of_seal(*of))}
    explained = {document for document, *of in of_seals if tuple(of) in told}
    others = Counter(
        stuck[document].fault
        for document in {document for document, *_of in of_seals} - explained
        if not stuck[document].tried_at_once
    )
    found = [Waiting(counted[of], why) for of, why in told.items()]
    found += [Waiting(many, _last_try(fault)) for fault, many in others.items()]
    return sorted(found, key=lambda one: -one.papers)


def hindrance(unit: str, kind: str) -> str:
    """Why a unit's seal cannot be used now, and who has to act, in a sentence; empty where it can.

    Keys are asked to sign, and one in a device may let wait: this is for commands, not for pages.
    """
    return _of_seal(unit, kind) or _asleep()


def without_certificate(seal: Seal) -> str:
    """Why a seal in use has nothing to seal with now, and who has to act; empty where it has."""
    for family in map(Family, settings.SEAL_FAMILIES):
        latest = holding.latest_of(seal, family)
        # One that never was, and one whose issuer was revoked, is issued when it is wanted.
        if latest is None or authority.current(seal.holder, family) is not None:
            continue
        if latest.revoked_at is None and latest.is_revoked():
            continue
        words = (
            lazy("%(whose)s的%(kind)s签章证书已撤销，请印章管理员更换印章")
            if latest.revoked_at is not None
            else lazy(
                "%(whose)s的%(kind)s签章证书已过期，系统每小时自动续期；仍未续期的，请系统管理员检查密钥"
            )
        )
        return _said(words, seal.unit, seal.kind, seal.appointment_id)
    return ""


def fault() -> str:
    """What waits in one line for the doctor; empty when nothing does."""
    return _("；").join(str(one) for one in waiting())


def _stuck() -> dict[str, _Stuck]:
    """By the keys of the papers."""
    failed = Q()
    for name in _FAULTS:
        failed |= Q(fault__startswith=f"{name}:")
    waits = Effect.objects.filter(failed, done_at=None, refused_at=None, body__has_key="paper")
    due = Q(next_try_at__lte=Now(), next_try_at__gt=Now() - _ABOUT_NOW)
    at_once = ExpressionWrapper(due, output_field=BooleanField())
    rows = waits.order_by("id").values_list("body__paper", "fault", at_once)[:_MOST]
    return {
        f"paper:{paper}": _Stuck(fault.partition(":")[2].strip(), tried_at_once=now)
        for paper, fault, now in rows
    }


def _last_try(fault: str) -> str:
    return _("上次用印未成功（%(fault)s），请系统管理员处理，恢复后自动用印") % {"fault": fault.rstrip("。")}


def _asleep() -> str:
    """What is wrong with the keys of the house."""
    why = health.hindrance(map(Family, settings.SEAL_FAMILIES))
    return _("%(why)s请系统管理员处理，恢复后自动用印") % {"why": why} if why else ""


def _of_seal(unit: str, kind: str, whose: int | None = None) -> str:
    if whose is not None and not signatories.holds(whose):
        return _said(lazy("%(whose)s已不任原岗位，须撤回文书，由现任人员重新签发"), unit, kind, whose)
    seals = Seal.objects.filter(unit=unit, kind=kind, appointment=whose).defer("drawing").order_by("-made_at")
    states = {seal: holding.state_of(seal) for seal in seals}
    if not states:
        return _said(lazy("%(whose)s没有%(kind)s，请印章管理员制发"), unit, kind, whose)
    seal = next((one for one, state in states.items() if state == Spell.State.ACTIVE), None)
    if seal is None:
        return _said(_STATES[next(iter(states.values()))], unit, kind, whose)
    return without_certificate(seal)


def _said(words: StrPromise, unit: str, kind: str, whose: int | None) -> str:
    named = Unit.objects.filter(code=unit).select_related("parent").first()
    owner = named.full_name if named else unit
    person = Appointment.objects.filter(pk=whose or 0).select_related("account", "post").first()
    if person is not None:
        told = {"unit": owner, "name": person.account.name, "post": person.post}
        owner = _("%(unit)s%(name)s（%(post)s）") % told
    return str(words) % {"whose": owner, "kind": Seal.Kind(kind).label}
