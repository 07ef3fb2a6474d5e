"""What desks and doors show 查询: lists, their lines page by page, and a person's own entitlements.

No whole account number is read here; the last four digits come from the database as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from yizhan import calendar
from yizhan.calendar.daytable import ONE_DAY, Table
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.journal import access
from yizhan.payments import accounts, amounts
from yizhan.payments.closing import benefits_of
from yizhan.payments.models import Benefit, Entitlement, EntitlementEnd, Line, ListClosure, MonthlyList
from yizhan.payments.totals import Totals, of_lists
from yizhan.ui.masks import mask_name

PAGE = 50
MONTHS_SHOWN = 24


@dataclass(frozen=True)
class Roll:
    """A list with its figures; ``closure`` is None while it is open."""

    list: MonthlyList
    figures: Totals
    closure: ListClosure | None
    pay_on: date


@dataclass(frozen=True)
class Row:
    """One line as screens show it: names and account numbers masked."""

    case_number: str
    name: str
    bank: str
    account: str
    month: date
    state: str
    amount: Decimal | None
    because: Sequence[dict[str, str]]
    in_arrears: bool


@dataclass(frozen=True)
class Page:
    """A page of rows; whether another one follows is known."""

    rows: list[Row]
    number: int
    more: bool


@dataclass(frozen=True)
class Overpaid:
    """What was paid for a month after the last one due 多发待追回."""

    case_number: str
    name: str
    month: date
    amount: Decimal | None
    why: str


def lists(actor: Actor) -> list[Roll]:
    """The lists that somebody answers for, the latest first, so many as two years have.

    Five statements, however many lists: benefits, units, lists, the figures of the open ones, the calendar.
    """
    known = benefits_of(actor)
    return _with_figures(list(_lists(known)[: MONTHS_SHOWN * len(known)]))


def one(actor: Actor, benefit: str, month: date) -> Roll | None:
    """A list with its figures; None where there is none that somebody answers for."""
    known = [each for each in benefits_of(actor) if each.key == benefit]
    found = _lists(known).filter(month=month)
    return next(iter(_with_figures(list(found))), None)


def lines(roll: MonthlyList, *, state: str = Line.State.DUE, page: int = 1) -> Page:
    """A page of a list's lines in one state; one statement. The look is written into the access log."""
    offset = (max(page, 1) - 1) * PAGE
    found = (
        Line.objects.filter(list=roll, state=state)
        .annotate(bank=accounts.bank_of_line(), tail=accounts.tail_of_line())
        .order_by("id")
        .values(
            "month", "state", "amount", "because", "bank", "tail",
            subject=F("entitlement__subject"), case_number=F("entitlement__case_number"),
            name=F("entitlement__subject_name"),
        )
    )  # fmt: skip
    shown = list(found[offset : offset + PAGE + 1])
    _seen(roll, [each["subject"] for each in shown[:PAGE]])
    return Page([_row(each, roll.month) for each in shown[:PAGE]], max(page, 1), len(shown) > PAGE)


def overpaid(roll: MonthlyList) -> list[Overpaid]:
    """Lines of a closed list for months after the last one due, since an end became known too late."""
    found = (
        Line.objects.filter(list=roll, list__closure__isnull=False, state=Line.State.DUE)
        .filter(entitlement__ends__undone_at=None, entitlement__ends__last_month__lt=F("month"))
        .order_by("id")
        .values_list(
            "entitlement__case_number", "entitlement__subject_name", "month", "amount",
            "entitlement__ends__kind", "entitlement__subject",
        )
    )  # fmt: skip
    rows = list(found)
    _seen(roll, [each[5] for each in rows])
    return [
        Overpaid(number, mask_name(name), month, amount, str(EntitlementEnd.Kind(why).label))
        for number, name, month, amount, why, _subject in rows
    ]


def mine(actor: Actor) -> list[Entitlement]:
    """A resident's own entitlements, the latest first."""
    account = Account.objects.filter(id=actor.account_id or 0).first()
    if account is None or not account.document_number:
        return []
    document = f"{account.document_type}:{account.document_number}"
    return list(
        Entitlement.objects.filter(document=document).select_related("benefit").order_by("-since", "-id")
    )


def of_subject(subject: str) -> list[Entitlement]:
    """The entitlements of somebody that the present scope sees, the latest first; without their accounts."""
    found = Entitlement.objects.filter(subject=subject).select_related("benefit")
    return list(found.defer("holder", "bank", "account_number").order_by("-since", "-id"))


def pay_day(roll: MonthlyList, table: Table) -> date:
    """The day on which a list is paid; off a rest day to the working day before or after."""
    wanted = amounts.rules(roll.release_id, roll.benefit_id).pay_day
    day = roll.month.replace(day=wanted.day)
    if wanted.on_rest_day == "after":
        return table.next_work(day)
    while not table.is_work(day):
        day -= ONE_DAY
    return day


def _lists(benefits: list[Benefit]) -> QuerySet[MonthlyList]:
    found = MonthlyList.objects.filter(benefit__in=benefits).select_related("benefit", "closure")
    return found.order_by("-month", "benefit")


def _with_figures(found: list[MonthlyList]) -> list[Roll]:
    live = of_lists([roll for roll in found if not hasattr(roll, "closure")])
    table = calendar.table()
    return [_roll(roll, live.get(roll.pk), pay_day(roll, table)) for roll in found]


def _roll(roll: MonthlyList, live: Totals | None, pay_on: date) -> Roll:
    """A closed list shows what it came to when it was closed."""
    if live is not None:
        return Roll(roll, live, None, pay_on)
    end = roll.closure
    return Roll(roll, Totals(end.people, end.amount, end.arrears, end.held, end.withdrawn), end, pay_on)


def _seen(roll: MonthlyList, subjects: list[str]) -> None:
    if subjects:
        access.saw(subjects, ["name", "amount"], purpose=f"reason:{roll.subject}")


def _row(line: Mapping[str, Any], month: date) -> Row:
    return Row(
        case_number=line["case_number"],
        name=mask_name(line["name"]),
        bank=line["bank"],
        account=f"**** {line['tail']}",
        month=line["month"],
        state=line["state"],
        amount=line["amount"],
        because=line["because"],
        in_arrears=line["month"] < month,
    )
