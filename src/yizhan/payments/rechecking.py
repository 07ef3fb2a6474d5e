"""What a re-check decides 复核结果: payment goes on as now decided from the next month, or ends with this one."""

from __future__ import annotations

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases.models import Case
from yizhan.payments import ending, fixing, months, rolls
from yizhan.payments.amounts import rules
from yizhan.payments.models import Benefit, EntitlementEnd
from yizhan.releases.models import release


def decided(case: Case) -> None:
    """A case was decided; where it is a re-check of what somebody gets, that is followed. Repeatable."""
    for key in release(case.release_id).keys("payment"):
        payment = rules(case.release_id, key)
        if payment.rechecked_by != case.item_id:
            continue
        benefit = Benefit.objects.get(key=key)
        entitlement = ending.running(benefit, case.subject)
        if entitlement is None:
            continue
        on = day_of(case.decided_at or clock.now())
        if case.outcome != payment.begins.outcome:
            ending.enter(entitlement, EntitlementEnd.Kind.RECHECKED, on)
        elif payment.amount.term is not None:
            following = months.following(months.month_of(on))
            first = rolls.first_open_month(benefit, max(following, entitlement.since))
            fixing.fix(entitlement, case, payment.amount.term, first)
        rolls.place(entitlement)
