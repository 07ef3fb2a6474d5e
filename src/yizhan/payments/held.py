"""Which entitlements wait 暂缓查询: nothing is paid while their case is looked into again."""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.payments.models import Entitlement, Hold


def live(entitlements: Iterable[Entitlement]) -> dict[int, Hold]:
    """The holds in force, by entitlement; one statement."""
    found = Hold.objects.filter(entitlement__in=[one.pk for one in entitlements], released_at=None)
    return {hold.entitlement_id: hold for hold in found}
