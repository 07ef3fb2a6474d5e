"""One payment whole 待遇情况: how it stands and what the office decided of it, for whoever pays it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from yizhan import calendar
from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.payments import accounts, by_hand, ending, held, mine, recovering
from yizhan.payments.accounts import Account
from yizhan.payments.closing import benefits_of
from yizhan.payments.mine import Month
from yizhan.payments.models import Entitlement, EntitlementEnd, Hold, Line, Order, Recovery
from yizhan.payments.recovering import AskedBack
from yizhan.ui.masks import mask_name

PAGE = 50


@dataclass(frozen=True)
class Payment:
    """A payment with everything that an order needs to know; name and account masked.

    Attributes:
        waits: what it waits for now: a case that is looked into, or a pause of the office.
        pause_from: from which month on it would be paused.
        stop_months: from which months on it can be stopped.
        can_resume: whether the office itself paused or stopped it.
        overpaid: yuan paid for months after the end and not asked back yet.
        recoverable: yuan that can be asked back at most.
    """

    entitlement: Entitlement
    name: str
    account: Account
    end: EntitlementEnd | None
    waits: Hold | None
    months: Sequence[Month]
    orders: Sequence[Order]
    recoveries: Sequence[AskedBack]
    pause_from: date
    stop_months: Sequence[date]
    can_resume: bool
    overpaid: Decimal
    recoverable: Decimal


def one(actor: Actor, benefit: str, number: str) -> Payment | None:
    """What a case entitles to, where somebody pays that benefit. The look is written into the access log."""
    found = _paid_by(actor).filter(benefit=benefit, case_number=number).first()
    if found is None:
        return None
    access.saw([found.subject], ["name", "amount", "account_bank"], purpose=f"case:{number}")
    end, waits = ending.live([found]).get(found.pk), held.live([found]).get(found.pk)
    return Payment(
        found,
        mask_name(found.subject_name),
        accounts.of([found])[found.pk],
        end,
        waits,
        mine.months_of(found, calendar.table()),
        list(found.orders.order_by("-at", "-id")),
        recovering.of(found),
        by_hand.first_unpaid(found),
        [] if end else by_hand.stop_months(found),
        held.by_hand(found) is not None or by_hand.stopped_by_hand(found) is not None,
        _overpaid(found, end),
        recovering.recoverable(found),
    )


def of_number(actor: Actor, number: str) -> Entitlement | None:
    """What a case entitles to, by its number as somebody types it."""
    return _paid_by(actor).filter(case_number=number.strip().upper()[:40]).order_by("id").first()


def recoveries(actor: Actor) -> list[tuple[AskedBack, str]]:
    """What is asked back by somebody's office, open ones with the earliest last day first; names masked."""
    rows = Recovery.objects.filter(entitlement__in=_paid_by(actor)).select_related(
        "order", "entitlement__benefit"
    )
    told = [recovering.told(row) for row in rows.prefetch_related("entries").order_by("due_on", "id")]
    told.sort(key=lambda each: each.state == "done")
    shown = told[:PAGE]
    if shown:
        subjects = [each.recovery.entitlement.subject for each in shown]
        access.saw(subjects, ["name", "amount"], purpose="reason:payment recoveries")
    return [(each, mask_name(each.recovery.entitlement.subject_name)) for each in shown]


def recovery(actor: Actor, benefit: str, case: str, number: int) -> Recovery | None:
    """One thing asked back by somebody's office."""
    own = Recovery.objects.filter(entitlement__in=_paid_by(actor)).select_related("entitlement__benefit")
    return own.filter(id=number, entitlement__benefit=benefit, entitlement__case_number=case).first()


def _paid_by(actor: Actor) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(benefit__in=benefits_of(actor)).select_related("benefit")


def _overpaid(found: Entitlement, end: EntitlementEnd | None) -> Decimal:
    """Paid after the last month due, less what is asked back."""
    if end is None:
        return Decimal()
    after = Line.objects.filter(entitlement=found, state=Line.State.DUE, list__closure__isnull=False)
    paid = sum((line.amount or Decimal() for line in after.filter(month__gt=end.last_month)), Decimal())
    asked = sum((each.recovery.amount for each in recovering.of(found)), Decimal())
    return max(paid - asked, Decimal())
