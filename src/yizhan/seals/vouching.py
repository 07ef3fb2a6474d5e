"""What our own authority vouches for 本区信任依据: its roots, its certificates, its present lists."""

from __future__ import annotations

from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals.trust import Trust


def trust(*families: Family) -> Trust:
    """All of it, for these families or for every one that was founded; nothing where none was."""
    wanted = families or tuple(authority.available())
    rows = Certificate.objects.filter(holder__in=("root", "issuing", "tsa"), family__in=wanted)
    roots: list[bytes] = []
    others: list[bytes] = []
    for one in rows.order_by("-not_before"):
        (roots if one.holder == "root" and one.revoked_at is None else others).append(bytes(one.der))
    lists = [
        authority.revocation_list(family, of=of) for family in _founded(wanted) for of in ("issuing", "root")
    ]
    return Trust(tuple(roots), tuple(others), tuple(lists))


def _founded(families: tuple[Family, ...]) -> list[Family]:
    return [family for family in families if authority.current("issuing", family) is not None]
