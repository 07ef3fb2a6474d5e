"""What a resident gets 我的待遇: which months were paid, what comes next and when, into which account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from yizhan import calendar, clock
from yizhan.calendar.daytable import Table
from yizhan.identity.actor import Actor
from yizhan.payments import accounts, ending, held, months, reading, recovering
from yizhan.payments.accounts import Account
from yizhan.payments.models import (
    Benefit,
    Entitlement,
    EntitlementEnd,
    Hold,
    Line,
    MonthlyList,
    Order,
)
from yizhan.payments.recovering import AskedBack

SHOWN = 12  # months
Standing = Literal["paid", "coming", "held"]


@dataclass(frozen=True)
class Month:
    """One month of a benefit.

    Attributes:
        month: its first day.
        amount: yuan; None while it cannot be told.
        pay_on: the day on which the list it stands in is paid.
        standing: ``paid`` once that day has come and the list was closed, ``held`` while there is no amount.
        because: why it is that much, or why it is held; a list of ``{zh, en}``.
    """

    month: date
    amount: Decimal | None
    pay_on: date
    standing: Standing
    in_arrears: bool
    because: Sequence[dict[str, str]]


@dataclass(frozen=True)
class Mine:
    """One benefit of a person, with the account masked.

    Attributes:
        next_on: the next pay day; None after the last one.
        next_amount: what comes then, yuan; None where the list is not made yet.
        end: why and after which month it ends, if it does; with the order, where the office decided so.
        pause: the office's order that nothing is paid for now.
        waits: whether nothing is paid for now, for whatever reason.
        recoveries: what the office asks back, the latest first.
    """

    title: str
    case_number: str
    since: date
    bank: str
    account: str
    months: list[Month]
    next_on: date | None
    next_amount: Decimal | None
    end: EntitlementEnd | None
    pause: Order | None
    waits: bool
    recoveries: list[AskedBack]


def of(actor: Actor) -> list[Mine]:
    """What somebody is entitled to, the latest first; what never ran, since the same was paid already, left out."""
    found, table = reading.mine(actor), calendar.table()
    ends, holds, paid_to = ending.live(found), held.live(found), accounts.of(found)
    return [
        _told(one, ends.get(one.pk), holds.get(one.pk), paid_to[one.pk], table)
        for one in found
        if not _never_ran(one, ends.get(one.pk))
    ]


def months_of(one: Entitlement, table: Table) -> list[Month]:
    """The latest months of a benefit, the latest first."""
    wanted = one.lines.exclude(state=Line.State.WITHDRAWN).select_related("list__closure", "list__benefit")
    return [_month(line, table) for line in wanted.order_by("-month", "-list__month")[:SHOWN]]


def _never_ran(one: Entitlement, end: EntitlementEnd | None) -> bool:
    return end is not None and end.kind == EntitlementEnd.Kind.DUPLICATE and end.last_month < one.since


def _told(
    one: Entitlement, end: EntitlementEnd | None, hold: Hold | None, paid_to: Account, table: Table
) -> Mine:
    shown = months_of(one, table)
    coming = [each for each in shown if each.standing == "coming"]
    next_on = min((each.pay_on for each in coming), default=None)
    if next_on is None and end is None and hold is None:
        next_on = _expected(
            one.benefit, max([one.since, *(months.following(each.month) for each in shown)]), table
        )
    sums = [each.amount for each in coming if each.pay_on == next_on and each.amount is not None]
    return Mine(
        title=str(one.benefit),
        case_number=one.case_number,
        since=one.since,
        bank=paid_to.bank,
        account=paid_to.masked,
        months=shown,
        next_on=next_on,
        next_amount=sum(sums, Decimal()) if sums else None,
        end=end,
        pause=hold.order if hold else None,
        waits=hold is not None and end is None,
        recoveries=recovering.of(one),
    )


def _month(line: Line, table: Table) -> Month:
    pay_on = reading.pay_day(line.list, table)
    return Month(line.month, line.amount, pay_on, _standing(line, pay_on), line.in_arrears, line.because)


def _standing(line: Line, pay_on: date) -> Standing:
    if line.state == Line.State.HELD:
        return "held"
    return "paid" if hasattr(line.list, "closure") and pay_on <= clock.today() else "coming"


def _expected(benefit: Benefit, month: date, table: Table) -> date:
    """The pay day of a month whose list is not made yet."""
    return reading.pay_day(MonthlyList(benefit=benefit, month=month, release_id=benefit.release_id), table)
