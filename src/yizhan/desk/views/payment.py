"""One payment that runs 待遇情况: what the office decides of it by hand, and what it asks back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.desk import late
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.payments import accounts, by_hand, overview, recovering, wording
from yizhan.payments.models import Entitlement, Recovery, RecoveryEntry
from yizhan.payments.ordering import Said
from yizhan.payments.overview import Payment
from yizhan.payments.recovering import Entered
from yizhan.payments.refusals import Incomplete, Refused
from yizhan.ui import dates

_PAYMENT = ("benefit", "number")


@staff()
def find(request: Known) -> HttpResponse:
    """The payment of a case, by the number that was typed."""
    typed = request.GET.get("number", "")
    found = overview.of_number(request.actor, typed)
    if found is None:
        messages.error(request, wording.not_found(typed))
        return redirect("desk:payments")
    return redirect("desk:payment", found.benefit_id, found.case_number)


@staff()
def recoveries(request: Known) -> HttpResponse:
    """What is asked back, open ones first."""
    context = {
        "title": wording.recoveries_title(),
        "rows": overview.recoveries(request.actor),
        "payment_url": lambda one: reverse("desk:payment", args=[one.benefit_id, one.case_number]),
    }
    return render(request, "desk/payments/recoveries.jinja", context)


@staff()
def show(request: Known, benefit: str, number: str) -> HttpResponse:
    """How it stands, and the orders that are possible now."""
    return _shown(request, _found(request, benefit, number), typed=late.typed(request))


@late.comes_back(shown_at="desk:payment", by=_PAYMENT)
@staff()
@require_POST
def order(request: Known, benefit: str, number: str, order: str) -> HttpResponse:
    """Stop, pause, resume, or ask back."""
    if order not in _ORDERS:
        raise Http404
    one = _found(request, benefit, number)
    try:
        _ORDERS[order](request, one.entitlement)
    except Refused as refusal:
        return _shown(request, one, refusal, form=order)
    messages.success(request, wording.done(order))
    return redirect("desk:payment", benefit, number)


@late.comes_back(shown_at="desk:payment", by=_PAYMENT)
@staff()
@require_POST
def entry(request: Known, benefit: str, number: str, recovery: int) -> HttpResponse:
    """What became of something that is asked back."""
    one = _found(request, benefit, number)
    asked = overview.recovery(request.actor, benefit, number, recovery)
    if asked is None:
        raise Http404
    try:
        _enter(request, asked)
    except Refused as refusal:
        return _shown(request, one, refusal, form=f"entry-{recovery}")
    messages.success(request, wording.done("entry"))
    return redirect("desk:payment", benefit, number)


@late.comes_back()
@staff()
@recently_authenticated
@require_http_methods(["GET", "POST"])
def account(request: Known, benefit: str, number: str) -> HttpResponse:
    """Another account; whoever changes it has just proved who they are."""
    one = _found(request, benefit, number)
    refusal: Refused | None = None
    if request.method == "POST":
        typed = accounts.Typed(
            *(request.POST.get(name, "") for name in ("holder", "bank", "account", "again"))
        )
        try:
            accounts.change(one.entitlement, _said(request), typed, by=request.actor)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, wording.done("account"))
            return redirect("desk:payment", benefit, number)
    context = _context(request, one, refusal, late.typed(request))
    return render(request, "desk/payments/account.jinja", context, status=_status(refusal))


def _said(request: Known) -> Said:
    return Said(_key(request), request.POST.get("reason", ""), request.POST.get("basis", ""))


def _stop(request: Known, one: Entitlement) -> None:
    by_hand.stop(one, _said(request), month=_day(request, "month"), by=request.actor)


def _pause(request: Known, one: Entitlement) -> None:
    by_hand.pause(one, _said(request), by=request.actor)


def _resume(request: Known, one: Entitlement) -> None:
    arrears = {"yes": True, "no": False}.get(request.POST.get("arrears", ""))
    by_hand.resume(one, _said(request), arrears=arrears, by=request.actor)


def _ask_back(request: Known, one: Entitlement) -> None:
    amount, due_on = request.POST.get("amount", ""), _day(request, "due_on")
    recovering.ask_back(one, _said(request), amount=amount, due_on=due_on, by=request.actor)


def _enter(request: Known, asked: Recovery) -> None:
    posted = request.POST
    entered = Entered(
        _key(request),
        posted.get("kind", ""),
        posted.get("amount", ""),
        _day(request, "on"),
        posted.get("words", ""),
    )
    recovering.enter(asked, entered, by=request.actor)


_ORDERS: dict[str, Callable[[Known, Entitlement], None]] = {
    "stop": _stop,
    "pause": _pause,
    "resume": _resume,
    "recover": _ask_back,
}


def _key(request: Known) -> uuid.UUID:
    """The id of the form.

    Raises:
        Http404: the form was tampered with.
    """
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError as wrong:
        raise Http404 from wrong


def _day(request: Known, name: str) -> date | None:
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        return None


def _found(request: Known, benefit: str, number: str) -> Payment:
    """A payment that somebody answers for; any other does not exist."""
    found = overview.one(request.actor, benefit, number)
    if found is None:
        raise Http404
    return found


def _shown(
    request: Known,
    one: Payment,
    refusal: Refused | None = None,
    *,
    form: str = "",
    typed: QueryDict | None = None,
) -> HttpResponse:
    context = _context(request, one, refusal, typed) | {
        "form": form or (typed.get("form", "") if typed else ""),
        "kinds": RecoveryEntry.Kind.choices,
    }
    return render(request, "desk/payments/one.jinja", context, status=_status(refusal))


def _context(
    request: Known, one: Payment, refusal: Refused | None, typed: QueryDict | None
) -> dict[str, Any]:
    faults = refusal.faults if isinstance(refusal, Incomplete) else []
    number = one.entitlement.case_number
    where = [one.entitlement.benefit_id, number]
    return {
        "title": wording.payment_title(one.entitlement),
        "one": one,
        "refusal": str(refusal) if refusal and not faults else "",
        "faults": dict(faults),
        "typed": typed or request.POST,
        "again": typed is not None,
        "typed_by": late.mark(request),
        "key": uuid.uuid4(),
        "month_choices": [(f"{month:%Y-%m-%d}", dates.month(month)) for month in one.stop_months],
        "case_url": reverse("desk:case", args=[number]),
        "back_url": reverse("desk:payment", args=where),
        "account_url": reverse("desk:payment_account", args=where),
        "order_url": lambda name: reverse("desk:payment_order", args=[*where, name]),
        "entry_url": lambda recovery: reverse("desk:payment_entry", args=[*where, recovery]),
    }


def _status(refusal: Refused | None) -> int:
    return 200 if refusal is None else 422 if isinstance(refusal, Incomplete) else 409


payment_urls = [
    path("payments/find", find, name="payment_find"),
    path("payments/recoveries", recoveries, name="recoveries"),
    path("payments/<slug:benefit>/of/<str:number>", show, name="payment"),
    path("payments/<slug:benefit>/of/<str:number>/account", account, name="payment_account"),
    path("payments/<slug:benefit>/of/<str:number>/recoveries/<int:recovery>", entry, name="payment_entry"),
    path("payments/<slug:benefit>/of/<str:number>/<slug:order>", order, name="payment_order"),
]
