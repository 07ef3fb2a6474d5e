"""For tests of rooms above: the authority, and seals for every unit there is."""

from __future__ import annotations

from yizhan.identity.models import Unit
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.seals import holding
from yizhan.seals.models import Seal


def seal_every_unit() -> None:
    """Found the authority where there is none, and make the seals that are missing: of the unit, and for licences."""
    if authority.current("root", Family.CLASSIC) is None:
        authority.found(organisation="越秀区人民政府")
    for unit in Unit.objects.order_by("code"):
        for kind in ("official", "certificate"):
            if not Seal.objects.filter(unit=unit.code, kind=kind).exists():
                number = f"440199{Seal.objects.count() + 1:08d}"
                holding.make(unit, kind, number=number, by="test", why="测试")
