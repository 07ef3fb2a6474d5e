"""Which entitlements wait 暂缓查询: while their case is looked into again, or since the office decided so."""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.payments.models import Entitlement, Hold


def live(entitlements: Iterable[Entitlement]) -> dict[int, Hold]:
    """The holds in force, by entitlement, of several the one that begins first; one statement."""
    found = Hold.objects.filter(entitlement__in=[one.pk for one in entitlements], released_at=None)
    rows = found.select_related("order").order_by("-month", "-id")
    return {hold.entitlement_id: hold for hold in rows}


def by_hand(entitlement: Entitlement) -> Hold | None:
    """The pause that the office decided, if one is in force."""
    return Hold.objects.filter(entitlement=entitlement, case_number="", released_at=None).first()
