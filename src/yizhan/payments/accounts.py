"""Where the money goes 收款账户: the account that was filed, or the one that the office put in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Right
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.codes.typed import shown
from yizhan.forms import formats, parsing
from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.payments import ordering
from yizhan.payments.models import Entitlement, Order, PayeeAccount
from yizhan.payments.ordering import Said
from yizhan.payments.refusals import Refused

_FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Account:
    """An account, whole; pages show the last four digits only."""

    holder: str
    bank: str
    number: str

    @property
    def masked(self) -> str:
        """Its last four digits."""
        return f"**** {self.number[-4:]}"


@dataclass(frozen=True)
class Typed:
    """An account as it was typed, the number twice."""

    holder: str
    bank: str
    number: str
    again: str


def of(entitlements: Iterable[Entitlement], *, at: datetime | None = None) -> dict[int, Account]:
    """The account of each, as it is or as it was at a moment; one statement."""
    known = {one.pk: Account(one.holder, one.bank, one.account_number) for one in entitlements}
    rows = PayeeAccount.objects.filter(entitlement__in=list(known)).order_by("id")
    for row in rows if at is None else rows.filter(at__lte=at):
        known[row.entitlement_id] = Account(row.holder, row.bank, row.account_number)
    return known


def bank_of_line() -> Coalesce:
    """The bank, for a statement over lines: of a closed list as it was when it was closed."""
    return Coalesce(Subquery(_changed().values("bank")[:1]), F("entitlement__bank"))


def tail_of_line() -> Coalesce:
    """The last four digits likewise; no whole account number leaves the database."""
    tail = Right("account_number", 4)
    return Coalesce(Subquery(_changed().values(tail=tail)[:1]), Right("entitlement__account_number", 4))


def _changed() -> QuerySet[PayeeAccount]:
    closed = Coalesce(OuterRef("list__closure__at"), Value(_FOR_EVER))
    return PayeeAccount.objects.filter(entitlement=OuterRef("entitlement"), at__lte=closed).order_by("-id")


def change(entitlement: Entitlement, said: Said, typed: Typed, *, by: Actor) -> None:
    """From the first list still open on it is paid into another account; lists that are closed keep theirs.

    Raises:
        NotAllowed, Incomplete, Refused: see :func:`ordering.ordered`.
    """
    wanted = Account(shown(typed.holder), shown(typed.bank), parsing.bank_account(typed.number) or "")

    def allowed() -> None:
        if of([entitlement])[entitlement.pk] == wanted:
            raise Refused(_("填写的账户与现在的收款账户相同，没有变更。"))

    with scope.service():
        order = ordering.ordered(
            entitlement,
            said,
            Order.Kind.ACCOUNT,
            by=by,
            faults=_faults(wanted, typed),
            allowed=allowed,
            bank=wanted.bank,
            tail=wanted.number[-4:],
        )
        if order is not None:
            PayeeAccount.objects.create(
                entitlement=entitlement,
                order=order,
                holder=wanted.holder,
                bank=wanted.bank,
                account_number=wanted.number,
                at=clock.now(),
            )


def _faults(wanted: Account, typed: Typed) -> list[tuple[str, str]]:
    found = []
    if not 0 < len(wanted.holder) <= 100:
        found.append(("holder", _("请填写户名，不超过 %(n)s 字") % {"n": 100}))
    if not 0 < len(wanted.bank) <= 120:
        found.append(("bank", _("请填写开户银行，不超过 %(n)s 字") % {"n": 120}))
    if not formats.is_bank_account(wanted.number):
        found.append(("account", _("请对照银行卡或存折填写账号，只填数字，12 至 32 位")))
    elif (parsing.bank_account(typed.again) or "") != wanted.number:
        found.append(("again", _("两次填写的账号不一致，请核对")))
    return found
