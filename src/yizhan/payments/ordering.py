"""Orders of the office 经办处理: a reason, a basis, one step of the case that proves it, and the payee is told.

The id of a form is the command: the same form again changes nothing. The step also keeps two orders apart, since it
locks the case.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases import sending
from yizhan.cases.models import Case
from yizhan.cases.refusals import Refusal
from yizhan.cases.step import Step, take
from yizhan.identity.actor import Actor
from yizhan.payments import orders
from yizhan.payments.closing import require_payer
from yizhan.payments.models import Entitlement, Order
from yizhan.payments.refusals import Incomplete, Refused

SHORTEST, LONGEST = 4, 500
_TOLD = {
    Order.Kind.ACCOUNT: {"bank", "tail"},
    Order.Kind.RECOVERY: {"amount", "due"},
}
for _kind in Order.Kind:
    sending.announce(f"payment_{_kind.value}", {*sending.GIVEN, *_TOLD.get(_kind, set())})


@dataclass(frozen=True)
class Said:
    """What a form brings with every order: its id, why, and on what legal basis."""

    key: uuid.UUID
    reason: str
    basis: str

    def faults(self) -> list[tuple[str, str]]:
        """What is missing or too long, each at its place."""
        wanted = (
            ("reason", self.reason, _("请写明理由，不少于 %(n)s 个字")),
            ("basis", self.basis, _("请写明依据的法规、文件和条款，不少于 %(n)s 个字")),
        )
        found = [
            (place, words % {"n": SHORTEST})
            for place, typed, words in wanted
            if len(typed.strip()) < SHORTEST
        ]
        too_long = [place for place, typed, _words in wanted if len(typed.strip()) > LONGEST]
        return [*found, *((place, _("请控制在 %(n)s 字以内") % {"n": LONGEST}) for place in too_long)]


def ordered(
    entitlement: Entitlement,
    said: Said,
    kind: Order.Kind,
    *,
    by: Actor,
    allowed: Callable[[], None],
    month: date | None = None,
    faults: list[tuple[str, str]] | None = None,
    **told: Any,
) -> Order | None:
    """Write an order down, within the caller's transaction and the house's scope.

    Args:
        allowed: says, with the case locked, whether it is possible now; raises :class:`Refused` where not.
        month: the first month that it is about.
        faults: what else is wrong with what was typed.
        told: for the message to the payee, beside what every message of a case may use.

    Returns:
        The order; None where this very form was carried out before.

    Raises:
        NotAllowed: not the payer of this benefit.
        Incomplete: no reason, no basis, or something else that was typed is wrong.
        Refused: it is not possible as things stand.
    """
    require_payer(entitlement.benefit, by)
    amiss = [*(faults or []), *said.faults()]
    if amiss:
        raise Incomplete(amiss)
    made: list[Order] = []

    def do(step: Step) -> None:
        allowed()
        order = Order.objects.create(
            id=said.key,
            entitlement=entitlement,
            kind=kind,
            month=month,
            reason=said.reason.strip(),
            basis=said.basis.strip(),
            by=by.key,
            by_name=step.who,
            at=clock.now(),
        )
        made.append(order)
        step.reason = order.reason
        step.note(order=str(order.id), kind=kind.value, reasons=[orders.words(order).model_dump()])
        step.news("entitlement.ordered", entitlement=entitlement.pk, order=kind.value)
        sending.message(step, f"payment_{kind.value}", **told)

    proved(entitlement, by=by, command=said.key, kind=f"payment.{kind.value}", do=do)
    return made[0] if made else None


def proved(
    entitlement: Entitlement, *, by: Actor, command: uuid.UUID, kind: str, do: Callable[[Step], None]
) -> None:
    """A step of the case that entitles, so that what the office does is part of its proof; once for a command.

    Raises:
        Refused: the form belongs to something else that was done.
    """
    case = Case.objects.only("id").get(number=entitlement.case_number)
    try:
        take(case.pk, by=by, command=command, kind=kind, do=do)
    except Refusal as refusal:
        raise Refused(refusal.message) from refusal
