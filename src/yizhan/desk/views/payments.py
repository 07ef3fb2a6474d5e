"""Lists of what is paid out 待遇发放: look, close, hand to the bank."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.payments import closing, exporting, reading, wording
from yizhan.payments.models import Line, MonthlyList
from yizhan.payments.reading import Roll
from yizhan.payments.refusals import Refused
from yizhan.records.serving import disposition


@staff()
def index(request: Known) -> HttpResponse:
    """All lists that somebody answers for."""
    rolls = [
        (roll, wording.list_title(roll.list), _address(roll.list)) for roll in reading.lists(request.actor)
    ]
    context = {
        "title": wording.title(),
        "rolls": rolls,
        "find_url": reverse("desk:payment_find"),
        "recoveries_url": reverse("desk:recoveries"),
    }
    return render(request, "desk/payments/lists.jinja", context)


@staff()
def show(request: Known, benefit: str, month: str) -> HttpResponse:
    """One list with its figures, and its lines in one state."""
    roll = _found(request, benefit, month)
    state, number = request.GET.get("state", Line.State.DUE.value), request.GET.get("page", "1")
    state = state if state in Line.State.values else Line.State.DUE.value
    page = int(number) if number.isdecimal() and len(number) < 6 else 1
    context = {
        "title": wording.list_title(roll.list),
        "roll": roll,
        "state": state,
        "page": reading.lines(roll.list, state=state, page=page),
        "overpaid": reading.overpaid(roll.list),
        "payment_url": lambda number: reverse("desk:payment", args=[benefit, number]),
        "close_url": _address(roll.list, "payment_list_close"),
        "export_url": _address(roll.list, "payment_list_export"),
    }
    return render(request, "desk/payments/list.jinja", context)


@staff()
@require_POST
def close(request: Known, benefit: str, month: str) -> HttpResponse:
    """Close a list."""
    roll = _found(request, benefit, month)
    try:
        messages.success(request, wording.closed(closing.close(roll.list, by=request.actor)))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(roll.list))


@staff()
@recently_authenticated
@never_cache
@require_GET
def export(request: Known, benefit: str, month: str) -> HttpResponse:
    """The list for the bank; whoever takes it has just proved who they are."""
    roll = _found(request, benefit, month)
    try:
        file = exporting.export(roll.list, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(roll.list))
    answer = HttpResponse(file.content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = disposition(file.name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _found(request: Known, benefit: str, month: str) -> Roll:
    """A list that somebody answers for; any other does not exist."""
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError as wrong:
        raise Http404 from wrong
    found = reading.one(request.actor, benefit, day)
    if found is None:
        raise Http404
    return found


def _address(roll: MonthlyList, page: str = "payment_list") -> str:
    return reverse(f"desk:{page}", args=[roll.benefit_id, f"{roll.month:%Y-%m}"])


payments_urls = [
    path("payments", index, name="payments"),
    path("payments/<slug:benefit>/<str:month>", show, name="payment_list"),
    path("payments/<slug:benefit>/<str:month>/close", close, name="payment_list_close"),
    path("payments/<slug:benefit>/<str:month>/export", export, name="payment_list_export"),
]
