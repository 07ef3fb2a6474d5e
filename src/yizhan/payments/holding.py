"""While a decision is being looked into again nothing is paid 暂缓发放: held from the first month still open."""

from __future__ import annotations

from datetime import date

from yizhan import clock, journal
from yizhan.cases.models import Case
from yizhan.payments import ending, fixing, months, rolls
from yizhan.payments.amounts import rules
from yizhan.payments.definition import PaymentDefinition
from yizhan.payments.models import Entitlement, EntitlementEnd, Hold


def hold(case: Case) -> None:
    """A case goes on after its end: what it entitles to waits. The same again changes nothing."""
    for entitlement in _of(case):
        if case.closed_at is None and not ending.live(
            [entitlement]
        ):  # else it has ended before this was heard
            wait(entitlement, case, rolls.first_open_month(entitlement.benefit, entitlement.since))
            rolls.place(entitlement)


def wait(entitlement: Entitlement, case: Case, month: date) -> None:
    """From a month on nothing is paid while a case is looked into; the same again changes nothing."""
    known = Hold.objects.filter(entitlement=entitlement, case_number=case.number, released_at=None)
    if not known.exists():
        Hold.objects.create(entitlement=entitlement, case_number=case.number, month=month, at=clock.now())
        _tell("entitlement.held", entitlement)


def settle(case: Case) -> None:
    """It was decided anew, or ended without: what waited is paid as it is now granted, or ends before it.

    Right also where the reopening was heard too late to hold anything; what was said before changes nothing.
    """
    for entitlement in _of(case):
        payment = rules(case.release_id, entitlement.benefit_id)
        granted = case.outcome == payment.begins.outcome
        if not granted and case.closed_at is None:
            continue  # it may yet be decided otherwise
        first = released(entitlement, case) or rolls.first_open_month(entitlement.benefit, entitlement.since)
        if granted:
            _goes_on(entitlement, payment, case, first)
        elif not ending.live([entitlement]):
            last = months.before(first)
            ending.enter(entitlement, EntitlementEnd.Kind.REVOKED, clock.today(), last_month=last)
            rolls.place(entitlement)


def released(entitlement: Entitlement, case: Case) -> date | None:
    """Nothing waits for a case any more; the month from which it did."""
    known = Hold.objects.filter(entitlement=entitlement, case_number=case.number, released_at=None)
    waits = known.first()
    if waits is None:
        return None
    waits.released_at = clock.now()
    waits.save(update_fields=["released_at"])
    _tell("entitlement.released", entitlement)
    return waits.month


def _goes_on(entitlement: Entitlement, payment: PaymentDefinition, case: Case, first: date) -> None:
    end = ending.live([entitlement]).get(entitlement.pk)
    if end is not None and end.kind == EntitlementEnd.Kind.REVOKED:
        ending.take_back(entitlement, end)
        ending.yield_to_later(entitlement)
    if payment.amount.term is not None:
        fixing.fix(entitlement, case, payment.amount.term, first)
    rolls.place(entitlement)


def _of(case: Case) -> list[Entitlement]:
    return list(Entitlement.objects.filter(case_number=case.number).select_related("benefit").order_by("id"))


def _tell(kind: str, entitlement: Entitlement) -> None:
    subject = f"case:{entitlement.case_number}"
    journal.write(kind, subject=subject, benefit=entitlement.benefit_id, entitlement=entitlement.pk)
