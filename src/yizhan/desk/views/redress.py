"""Bad ratings of one's units 差评办理: the list, one whole, and the two steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from yizhan.desk import late
from yizhan.desk.rows import Light, Lights
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.voice import answering, inbox, redress
from yizhan.voice.grades import Grade, remarks
from yizhan.voice.limits import RECTIFY, VERIFY
from yizhan.voice.models import Redress
from yizhan.voice.refusals import Incomplete, Refused


@staff()
def index(request: Known) -> HttpResponse:
    """The bad ratings of one's units."""
    state, number = request.GET.get("state", "verify"), request.GET.get("page", "1")
    state = state if state in get_args(inbox.State) else "verify"
    page = inbox.page(state, number=int(number) if number.isdecimal() and len(number) < 6 else 1)  # type: ignore[arg-type]  # one of its values
    lights = Lights()
    rows = [
        (
            row,
            lights.of(row.due_at, row.warn_at) if row.due_at else _done(),
            reverse("desk:redress", args=[row.id]),
        )
        for row in page.rows
    ]
    context = {"title": answering.title(), "state": state, "page": page, "rows": rows}
    return render(request, "desk/redress/list.jinja", context)


@staff()
def show(request: Known, number: int) -> HttpResponse:
    """One bad rating with its steps."""
    found = _found(number)
    return _shown(request, found, typed=late.typed(request))


@late.comes_back(shown_at="desk:redress")
@staff()
@require_POST
def verify(request: Known, number: int) -> HttpResponse:
    """Note what calling back brought."""
    return _carried_out(request, _found(number), redress.verify, answering.verified())


@late.comes_back(shown_at="desk:redress")
@staff()
@require_POST
def rectify(request: Known, number: int) -> HttpResponse:
    """Answer what was put right."""
    return _carried_out(request, _found(number), redress.rectify, answering.rectified())


def _carried_out(request: Known, one: Redress, step: Callable[..., Any], told: str) -> HttpResponse:
    try:
        step(one, request.POST.get("words", ""), by=request.actor)
    except Refused as refusal:
        return _shown(request, _found(one.pk), refusal)
    messages.success(request, told)
    return redirect("desk:redress", one.pk)


def _shown(
    request: Known, one: Redress, refusal: Refused | None = None, *, typed: QueryDict | None = None
) -> HttpResponse:
    lights = Lights()
    context = {
        "title": answering.title(),
        "redress": one,
        "state": inbox.state_of(one),
        "item": inbox.item_title(one),
        "phone": inbox.phone_of(one),
        "grade": str(Grade(one.rating.grade).label),
        "remarks": remarks(one.rating.remarks),
        "lights": {
            "verify": lights.of(one.verify_by, VERIFY.warn_at(one.verify_by)),
            "rectify": lights.of(one.rectify_by, RECTIFY.warn_at(one.rectify_by)),
        },
        "unverified": not (VERIFY.verified and RECTIFY.verified),
        "refusal": refusal,
        "typed": (typed or request.POST).get("words", ""),
        "again": typed is not None,
        "typed_by": late.mark(request),
        "case_url": reverse("desk:case", args=[one.rating.case_number]),
        "verify_url": reverse("desk:redress_verify", args=[one.pk]),
        "rectify_url": reverse("desk:redress_rectify", args=[one.pk]),
    }
    status = 200 if refusal is None else 422 if isinstance(refusal, Incomplete) else 409
    return render(request, "desk/redress/one.jinja", context, status=status)


def _found(number: int) -> Redress:
    """A redress that the scope shows; any other does not exist."""
    found = inbox.one(number)
    if found is None:
        raise Http404
    return found


def _done() -> Light:
    return Light("done", "", "")


redress_urls = [
    path("redress", index, name="redress_list"),
    path("redress/<int:number>", show, name="redress"),
    path("redress/<int:number>/verify", verify, name="redress_verify"),
    path("redress/<int:number>/rectify", rectify, name="redress_rectify"),
]
