"""Beginning 起发: a decision entitles a person, once; the list of the first month grows by a line."""

from __future__ import annotations

from datetime import date

from yizhan import clock, journal
from yizhan.calendar.deadlines import day_of
from yizhan.cases.models import Case, Filing
from yizhan.forms.paths import get
from yizhan.payments import amounts, ending, fixing, months, rolls
from yizhan.payments.definition import PaymentDefinition
from yizhan.payments.models import Benefit, Entitlement, EntitlementEnd
from yizhan.releases.models import definition, release


def begin(case: Case) -> list[Entitlement]:
    """Begin all that a decided case begins; what has begun already is left as it is.

    Raises:
        NobodyLooks: outside of a step that keeps an access log.
    """
    begun = []
    for key in release(case.release_id).keys("payment"):
        payment = definition(case.release_id, "payment", key, PaymentDefinition)
        if (payment.begins.item, payment.begins.outcome) == (case.item_id, case.outcome):
            begun.append(_begin(case, payment))
    return begun


def _begin(case: Case, payment: PaymentDefinition) -> Entitlement:
    benefit = Benefit.objects.get(key=payment.key)
    known = Entitlement.objects.filter(benefit=benefit, case_number=case.number).first()
    if known is not None:
        return known
    filing = Filing.objects.filter(case=case).order_by("-rev")[0]
    granted_on = day_of(case.decided_at or clock.now())
    twin = ending.running(benefit, case.subject)
    entitlement = Entitlement.objects.create(
        benefit=benefit,
        case_number=case.number,
        release_id=case.release_id,
        subject=case.subject,
        subject_name=case.subject_name,
        document=case.document,
        since=_since(benefit, payment, granted_on),
        holder=_answer(filing, payment.account.holder),
        bank=_answer(filing, payment.account.bank),
        account_number=_answer(filing, payment.account.number),
        overruled=_overruled(filing, payment),
        granted_on=granted_on,
        begun_at=clock.now(),
    )
    journal.write(
        "entitlement.begun",
        subject=f"case:{case.number}",
        benefit=benefit.key,
        entitlement=entitlement.pk,
        item=case.item_id,
        since=entitlement.since.isoformat(),
    )
    if payment.amount.term is not None:
        fixing.fix(entitlement, case, payment.amount.term, entitlement.since)
    if twin is not None:
        ending.enter(entitlement, EntitlementEnd.Kind.DUPLICATE, granted_on)
    else:
        rolls.place(entitlement)
    return entitlement


def _since(benefit: Benefit, payment: PaymentDefinition, granted_on: date) -> date:
    month = months.month_of(granted_on)
    first = months.following(month) if payment.begins.month == "next" else month
    return first if payment.arrears else rolls.first_open_month(benefit, first)


def _overruled(filing: Filing, payment: PaymentDefinition) -> list[str]:
    """Endings that the register spoke of when the application was filed: whoever decided knew them."""
    said = {kind: filing.facts.get(amounts.ENDS_BY[kind], {}).get("value") for kind in payment.ends}
    return sorted(kind for kind, value in said.items() if value is False)


def _answer(filing: Filing, path: str) -> str:
    return str(get(filing.data, path) or "")
