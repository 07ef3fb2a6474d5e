"""Asking back what was paid too much 追回: an order, then entries until nothing is left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from django.db.models import Sum
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases import sending
from yizhan.cases.step import Step
from yizhan.forms import parsing
from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.payments import ordering
from yizhan.payments.closing import require_payer
from yizhan.payments.models import Entitlement, Line, Order, Recovery, RecoveryEntry
from yizhan.payments.ordering import LONGEST, SHORTEST, Said
from yizhan.payments.refusals import Incomplete, Refused

MESSAGE = "payment_recovered"
_NOTHING = Decimal("0.00")
_LONGEST_TERM = timedelta(days=730)
_FEN = Decimal("0.01")
Kind = RecoveryEntry.Kind
State = Literal["open", "late", "done"]

sending.announce(MESSAGE, {*sending.GIVEN, "amount", "left"})


@dataclass(frozen=True)
class Entered:
    """What a form brings of an entry: its id, what happened, how much as it was typed, when, and the receipt or why."""

    key: uuid.UUID
    kind: str
    amount: str
    on: date | None
    words: str


@dataclass(frozen=True)
class AskedBack:
    """Something asked back and how it stands: ``open``, ``late`` after its last day, ``done`` where nothing is left."""

    recovery: Recovery
    left: Decimal
    state: State


def of(entitlement: Entitlement) -> list[AskedBack]:
    """What is and was asked back of somebody, the latest first."""
    rows = Recovery.objects.filter(entitlement=entitlement).select_related("order")
    return [told(row) for row in rows.prefetch_related("entries").order_by("-id")]


def told(recovery: Recovery) -> AskedBack:
    """How one stands."""
    rest = left(recovery)
    state: State = "done" if rest <= 0 else "late" if recovery.due_on < clock.today() else "open"
    return AskedBack(recovery, rest, state)


def recoverable(entitlement: Entitlement) -> Decimal:
    """Yuan that were paid in closed lists and are not asked back already."""
    paid = Line.objects.filter(entitlement=entitlement, state=Line.State.DUE, list__closure__isnull=False)
    asked = Recovery.objects.filter(entitlement=entitlement)
    undone = RecoveryEntry.objects.filter(recovery__in=asked, kind=Kind.CALLED_OFF)
    sums = [rows.aggregate(sum=Sum("amount"))["sum"] or _NOTHING for rows in (paid, asked, undone)]
    return sums[0] - sums[1] + sums[2]


def left(recovery: Recovery) -> Decimal:
    """Yuan that are still to be paid back."""
    return recovery.amount - sum((entry.amount for entry in recovery.entries.all()), _NOTHING)


def ask_back(entitlement: Entitlement, said: Said, *, amount: str, due_on: date | None, by: Actor) -> None:
    """Ask the payee to pay back so much until a day, and tell them.

    Raises:
        NotAllowed, Incomplete, Refused: see :func:`ordering.ordered`; no more than was paid and not asked back yet.
    """
    with scope.service():
        most, faults = recoverable(entitlement), []
        yuan = _yuan(amount)
        if yuan is None or yuan > most:
            faults.append(
                ("amount", _("请填写追回金额，大于 0，不超过已发放的 %(most)s 元") % {"most": most})
            )
        if due_on is None or not clock.today() < due_on <= clock.today() + _LONGEST_TERM:
            faults.append(("due_on", _("请填写退款截止日，应在今天之后、两年之内")))

        def allowed() -> None:
            if yuan is not None and yuan > recoverable(entitlement):
                raise Refused(_("这些金额已经在追回，没有重复发起。请刷新页面查看。"))

        order = ordering.ordered(
            entitlement,
            said,
            Order.Kind.RECOVERY,
            by=by,
            faults=faults,
            allowed=allowed,
            amount=str(yuan),
            due=due_on,
        )
        if order is not None and yuan is not None and due_on is not None:
            Recovery.objects.create(
                entitlement=entitlement, order=order, amount=yuan, due_on=due_on, at=clock.now()
            )


def enter(recovery: Recovery, entered: Entered, *, by: Actor) -> None:
    """Enter what became of a part of it; calling it off concerns all that is left. The payee is told.

    Raises:
        NotAllowed: not the payer of this benefit.
        Incomplete: something that was typed is missing or wrong.
        Refused: nothing is left to pay back.
    """
    with scope.service():
        require_payer(recovery.entitlement.benefit, by)

        def do(step: Step) -> None:
            rest = left(Recovery.objects.prefetch_related("entries").get(pk=recovery.pk))
            if rest <= 0:
                raise Refused(_("这笔追回已经办结，没有再次登记。请刷新页面查看。"))
            amount = rest if entered.kind == Kind.CALLED_OFF else _checked(entered, rest)
            RecoveryEntry.objects.create(
                id=entered.key,
                recovery=recovery,
                kind=entered.kind,
                amount=amount,
                on=entered.on or clock.today(),
                words=entered.words.strip(),
                by=by.key,
                by_name=step.who,
                at=clock.now(),
            )
            step.reason = entered.words.strip()
            step.note(order=str(recovery.order_id), kind=entered.kind, amount=str(amount))
            step.news("entitlement.recovered", entitlement=recovery.entitlement_id, entry=entered.kind)
            sending.message(step, MESSAGE, amount=str(amount), left=str(rest - amount))

        _require_words(entered)
        ordering.proved(recovery.entitlement, by=by, command=entered.key, kind="payment.recovered", do=do)


def _require_words(entered: Entered) -> None:
    faults = []
    if entered.kind not in Kind.values:
        faults.append(("kind", _("请选择追回进展")))
    if not SHORTEST <= len(entered.words.strip()) <= LONGEST:
        faults.append(
            ("words", _("请写明退款凭证或者理由，%(from)s 至 %(to)s 字") % {"from": SHORTEST, "to": LONGEST})
        )
    if entered.on is not None and entered.on > clock.today():
        faults.append(("on", _("日期不能晚于今天")))
    if faults:
        raise Incomplete(faults)


def _checked(entered: Entered, rest: Decimal) -> Decimal:
    amount = _yuan(entered.amount)
    if amount is None or amount > rest:
        raise Incomplete([("amount", _("请填写金额，大于 0，不超过尚未退回的 %(rest)s 元") % {"rest": rest})])
    return amount


def _yuan(typed: str) -> Decimal | None:
    """Yuan and fen as they were typed, if it is a positive number of fen."""
    try:
        found = Decimal(str(parsing.number(typed)))
    except InvalidOperation:
        return None
    if not found.is_finite() or found <= 0 or found >= Decimal(10) ** 10 or found != found.quantize(_FEN):
        return None
    return found.quantize(_FEN)
