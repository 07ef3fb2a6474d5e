"""What a person is due for a month 核定: the register's facts through the pack's decision table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases import processes
from yizhan.feel import Value
from yizhan.payments import fixing, months
from yizhan.payments.definition import PaymentDefinition
from yizhan.payments.kinds import MONTH
from yizhan.payments.models import Entitlement, FixedAmount
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import Reason
from yizhan.releases.models import definition
from yizhan.ui import dates
from yizhan.workflow.tables.decision import Decision

Words = dict[str, str]

ALIVE, REGISTERED_HERE = "person.alive", "household.registered_in_district"
ENDS_BY = {"died": ALIVE, "moved_away": REGISTERED_HERE}
_NOT_HERE = {
    "zh": "人口库查不到本人，需要核实",
    "en": "The register does not know the person; this must be verified",
}
_NO_AMOUNT = {"zh": "核定金额不是正数，需要核实", "en": "The amount is not positive; this must be verified"}


@dataclass(frozen=True)
class Reckoned:
    """What a month comes to.

    Attributes:
        amount: yuan; None while it cannot be told.
        because: the band that holds, or why there is no amount.
        ended: endings of which the register speaks; whether they count is for :mod:`ending` to say.
    """

    amount: Decimal | None
    because: list[Words]
    ended: frozenset[str]


def rules(release_id: int, benefit: str) -> PaymentDefinition:
    """The definition of a benefit in a release."""
    return definition(release_id, "payment", benefit, PaymentDefinition)


def reckon(
    entitlement: Entitlement, month: date, release_id: int, fixed: Sequence[FixedAmount] | None = None
) -> Reckoned:
    """What a month comes to, by a release's table or as a decision fixed it; one look at the register.

    Args:
        fixed: what decisions fixed for this entitlement, the latest first; asked for where it is left out.

    Raises:
        NobodyLooks: outside of a step that keeps an access log.
    """
    payment = rules(release_id, entitlement.benefit_id)
    asked = {one.name: one.fact for one in payment.amount.inputs}
    ends = {kind: ENDS_BY[kind] for kind in payment.ends if kind not in entitlement.overruled}
    day = month if payment.amount.on == "first_day" else months.last_day(month)
    purpose = Reason(_("编制%(month)s发放名册") % {"month": dates.month(month)})
    try:
        known = facts(entitlement.subject, [*asked.values(), *ends.values()], purpose=purpose, on=day)
    except NotHere:
        return Reckoned(None, [_NOT_HERE], frozenset())
    if payment.amount.term is not None:
        amount, because = _as_fixed(
            fixing.of([entitlement]).get(entitlement.pk, []) if fixed is None else fixed, month
        )
    else:
        given: dict[str, Any] = {name: known[fact].value for name, fact in asked.items()}
        amount, because = _decide(payment, release_id, {**given, MONTH: month})
    return Reckoned(amount, because, frozenset(k for k, fact in ends.items() if known[fact].value is False))


def _as_fixed(fixed: Sequence[FixedAmount], month: date) -> tuple[Decimal | None, list[Words]]:
    """The latest that holds for a month."""
    holds = next((one for one in fixed if one.since <= month), None)
    if holds is None or holds.amount is None or holds.amount <= 0:
        return None, [_NO_AMOUNT]
    number = holds.case_number
    return holds.amount, [{"zh": f"按 {number} 的决定核定", "en": f"As fixed by the decision in {number}"}]


def _decide(
    payment: PaymentDefinition, release_id: int, given: dict[str, Any]
) -> tuple[Decimal | None, list[Words]]:
    table, output = str(payment.amount.table), str(payment.amount.output)
    decision = processes.table(release_id, table).decide(given)
    if not decision.decided:
        return None, [_undecided(decision)]
    amount = _yuan(decision.outputs[output])
    if amount is None:
        return None, [_NO_AMOUNT]
    return amount, [{"zh": hit.because.zh, "en": hit.because.en} for hit in decision.hits]


def _undecided(decision: Decision) -> Words:
    """Why there is no amount, with what the register says now: enough for a payer to look into it."""
    because = {
        "zh": "；".join(why.zh for why in decision.reasons),
        "en": "; ".join(why.en for why in decision.reasons),
    }
    seen = [one for one in decision.inputs if one.value is not None]
    zh = "，".join(f"{one.label.zh} {one.value}" for one in seen)
    en = ", ".join(f"{one.label.en} {one.value}" for one in seen)
    return {
        "zh": f"按发放标准核定不出金额，需要核实：{because['zh']}" + (f"（{zh}）" if zh else ""),
        "en": f"The rates give no amount; this must be verified: {because['en']}"
        + (f" ({en})" if en else ""),
    }


def _yuan(value: Value) -> Decimal | None:
    """Yuan and fen, if the table gave a positive number."""
    if not isinstance(value, Decimal) or value <= 0:
        return None
    return value.quantize(Decimal("0.01"))
