"""What our own authority vouches for 本区信任依据: its roots, its certificates, its present lists.

Two statements, asked for each paper: that a certificate was revoked is seen by the next one. Nothing of it is kept but
what was read of the same bytes before (:mod:`yizhan.seals.trust`).
"""

from __future__ import annotations

from django.db.models import F

from yizhan import clock
from yizhan.keys import authority, revoking
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals.trust import Trust


def trust(*families: Family) -> Trust:
    """All of it, for these families or for every one that was founded; nothing where none was."""
    wanted = families or tuple(authority.available())
    rows = Certificate.objects.filter(holder__in=("root", "issuing", "tsa"), family__in=wanted)
    present_first = F("revoked_at").desc(nulls_first=True)
    newest = list(rows.order_by(present_first, "-not_before", "-not_after"))
    roots: list[bytes] = []
    others: list[bytes] = []
    for one in newest:
        (roots if one.holder == "root" and one.revoked_at is None else others).append(bytes(one.der))
    return Trust(tuple(roots), tuple(others), tuple(_lists(newest, wanted)))


def _lists(newest: list[Certificate], wanted: tuple[Family, ...]) -> list[bytes]:
    """The lists of every founded family, published anew where they are due; those that tell of a revoked issuer too."""
    now = clock.now()
    founded = [
        family
        for family in wanted
        if any(one.holder == "issuing" and one.family == family and one.not_after > now for one in newest)
    ]
    publish = [(family, of) for family in founded for of in ("issuing", "root")]
    issuers = [
        next((one for one in newest if (one.family, one.holder) == each and one.not_after > now), None)
        for each in publish
    ]
    known = revoking.fresh_lists(one for one in issuers if one is not None)
    if known is not None and len(known) == len(publish):
        return known
    return [authority.revocation_list(family, of=of) for family, of in publish]
