"""Papers that wait for a seal 待用印文书: whoever runs the house is told, and whoever could have one made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.identity import reaching
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Unit
from yizhan.journal.models import Effect
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals import holding
from yizhan.seals.faults import NoSeal
from yizhan.seals.models import Approval, Seal
from yizhan.seals.register import KEEPER

_MOST = 1000


@dataclass(frozen=True)
class Waiting:
    """So many papers wait for one seal of a unit."""

    papers: int
    unit: str
    kind: str

    def __str__(self) -> str:
        """In a sentence."""
        told = {"n": self.papers, "unit": self.unit, "kind": self.kind}
        return _("%(n)s 份文书待用印：%(unit)s没有在用的%(kind)s") % told


def waiting(actor: Actor = HOUSE) -> list[Waiting]:
    """For which seals papers wait, those with the most papers first. Of more than a thousand papers the first count.

    An effect that seals a paper names it as ``paper``; it waits when its last try found no seal.

    Args:
        actor: only seals that they keep; the house keeps all.
    """
    stuck = Effect.objects.filter(
        done_at=None, refused_at=None, fault__startswith=f"{NoSeal.__name__}:", body__has_key="paper"
    )
    documents = [
        f"paper:{paper}" for paper in stuck.order_by("id").values_list("body__paper", flat=True)[:_MOST]
    ]
    wanted = Approval.objects.filter(
        document__in=documents,
        withdrawal=None,
        use=None,
        unit__in=reaching.units(actor, KEEPER).values("code"),
    )
    counted = Counter(wanted.values_list("unit", "kind"))
    names = {
        unit.code: unit.full_name
        for unit in Unit.objects.filter(code__in={unit for unit, _kind in counted}).select_related("parent")
    }
    return [
        Waiting(many, names.get(unit, unit), str(Seal.Kind(kind).label))
        for (unit, kind), many in counted.most_common()
        if not _is_there(unit, kind)
    ]


def fault() -> str:
    """The same in one line for the doctor; empty when none waits."""
    return "；".join(str(one) for one in waiting())


def _is_there(unit: str, kind: str) -> bool:
    """Whether there is a seal meanwhile: then its papers are on their way."""
    try:
        seal = holding.in_use(unit, kind)
    except NoSeal:
        return False
    return not any(_has_ended(seal, family) for family in map(Family, settings.SEAL_FAMILIES))


def _has_ended(seal: Seal, family: Family) -> bool:
    """Whether there was a certificate and is none; one that never was is issued when it is wanted."""
    known = Certificate.objects.filter(holder=seal.key, family=family).exists()
    return known and authority.current(seal.key, family) is None
