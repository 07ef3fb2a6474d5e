"""What a re-check decides 复核结果: payment goes on as now decided from the next month, or ends with this one.

A re-check belongs to the case that granted: what it decides touches what that case entitles to, and nothing that was
granted later. Where its own decision is set aside, what followed from it waits, until it is decided anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases import follow_ups
from yizhan.cases.models import Case
from yizhan.payments import ending, fixing, holding, months, rolls
from yizhan.payments.amounts import rules
from yizhan.payments.definition import PaymentDefinition
from yizhan.payments.models import Benefit, Entitlement, EntitlementEnd
from yizhan.releases.models import release


def decided(case: Case) -> None:
    """A case was decided; where it is a re-check of what somebody gets, that is followed. Repeatable."""
    if case.decided_at is None:  # set aside before this was heard
        return
    for payment, entitlement in _looked_at(case):
        waited = holding.released(entitlement, case)
        end = ending.live([entitlement]).get(entitlement.pk)
        if case.outcome != payment.begins.outcome:
            if end is None:
                _end(entitlement, case, waited)
        elif end is None or _ended_by(end, case):
            _go_on(entitlement, case, payment, end, waited)
        rolls.place(entitlement)


def reopened(case: Case) -> None:
    """A re-check that had ended what is paid is looked into again: that waits from the month after the end."""
    if case.closed_at is not None:  # it has ended anew before this was heard
        return
    for _payment, entitlement in _looked_at(case):
        end = ending.live([entitlement]).get(entitlement.pk)
        if end is None or not _ended_by(end, case):
            continue
        ending.take_back(entitlement, end)
        if ending.yield_to_later(entitlement) is None:
            holding.wait(entitlement, case, months.following(end.last_month))
        rolls.place(entitlement)


def closed(case: Case) -> None:
    """A re-check has ended without a decision: what was paid before it is paid again."""
    if case.closed_at is None or case.decided_at is not None:
        return
    for payment, entitlement in _looked_at(case):
        waited = holding.released(entitlement, case)
        end = ending.live([entitlement]).get(entitlement.pk)
        if end is not None and not _ended_by(end, case):
            continue
        if end is not None:
            ending.take_back(entitlement, end)
            ending.yield_to_later(entitlement)
        if payment.amount.term is not None:
            fixing.fall_back(
                entitlement, case, waited or rolls.first_open_month(entitlement.benefit, entitlement.since)
            )
        rolls.place(entitlement)


def _looked_at(case: Case) -> Iterator[tuple[PaymentDefinition, Entitlement]]:
    """What the case looks at again; of one that was not opened after another, what the person gets now."""
    for key in release(case.release_id).keys("payment"):
        payment = rules(case.release_id, key)
        if payment.rechecked_by != case.item_id:
            continue
        benefit, origin = Benefit.objects.get(key=key), follow_ups.origin_of(case)
        if origin is not None:
            of_it = Entitlement.objects.select_related("benefit")
            entitlement = of_it.filter(benefit=benefit, case_number=origin.number).first()
        else:
            entitlement = _ended_by_it(benefit, case) or ending.running(benefit, case.subject)
        if entitlement is not None:
            yield payment, entitlement


def _ended_by_it(benefit: Benefit, case: Case) -> Entitlement | None:
    ends = EntitlementEnd.objects.filter(entitlement__benefit=benefit, case_number=case.number)
    end = ends.select_related("entitlement__benefit").order_by("id").last()
    return end.entitlement if end else None


def _ended_by(end: EntitlementEnd, case: Case) -> bool:
    return end.kind == EntitlementEnd.Kind.RECHECKED and end.case_number in {case.number, ""}


def _end(entitlement: Entitlement, case: Case, waited: date | None) -> None:
    """It ends with the month of the decision; what waited meanwhile is not paid any more."""
    last = months.before(waited) if waited else None
    on, number = day_of(case.decided_at or clock.now()), case.number
    ending.enter(entitlement, EntitlementEnd.Kind.RECHECKED, on, last_month=last, case_number=number)


def _go_on(
    entitlement: Entitlement,
    case: Case,
    payment: PaymentDefinition,
    end: EntitlementEnd | None,
    waited: date | None,
) -> None:
    """It goes on as now decided: from the month that waited, else from the next one on."""
    following = months.following(months.month_of(day_of(case.decided_at or clock.now())))
    if end is not None:
        waited = months.following(end.last_month)
        ending.take_back(entitlement, end)
        ending.yield_to_later(entitlement)
    if payment.amount.term is not None:
        first = rolls.first_open_month(entitlement.benefit, max(following, entitlement.since))
        fixing.fix(entitlement, case, payment.amount.term, waited or first)
