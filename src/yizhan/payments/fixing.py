"""Amounts that decisions fix 核定额: from which month on, by which case. A later decision adds one; none is changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from yizhan import clock
from yizhan.cases.models import Case
from yizhan.payments.models import Entitlement, FixedAmount


def fix(entitlement: Entitlement, case: Case, term: str, since: date) -> None:
    """From a month on it is as this case decided; the same decision again changes nothing."""
    known = of([entitlement]).get(entitlement.pk, [])
    amount = decided(case, term)
    if known and (known[0].case_number, known[0].amount) == (case.number, amount):
        return
    FixedAmount.objects.create(
        entitlement=entitlement, since=since, amount=amount, case_number=case.number, at=clock.now()
    )


def fall_back(entitlement: Entitlement, case: Case, since: date) -> None:
    """What a case had fixed last holds no more, and nothing new: from a month on it is again as it was before."""
    known = of([entitlement]).get(entitlement.pk, [])
    before = next((one for one in known if one.case_number != case.number), None)
    if before is not None and known[0] is not before:
        FixedAmount.objects.create(
            entitlement=entitlement,
            since=since,
            amount=before.amount,
            case_number=before.case_number,
            at=clock.now(),
        )


def decided(case: Case, term: str) -> Decimal | None:
    """Yuan a month as a decision fixed it; None where it says none."""
    decision = getattr(case, "decision", None)
    said = decision.terms.get(term) if decision is not None else None
    try:
        return None if said is None else Decimal(str(said)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def of(entitlements: Iterable[Entitlement]) -> dict[int, list[FixedAmount]]:
    """What was fixed for each, the latest word first; one statement."""
    found: dict[int, list[FixedAmount]] = {}
    rows = FixedAmount.objects.filter(entitlement__in=[one.pk for one in entitlements]).order_by("-id")
    for row in rows:
        found.setdefault(row.entitlement_id, []).append(row)
    return found
