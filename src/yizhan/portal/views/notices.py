"""Public notices 公示: what is about to be decided, for everybody to read; and objections."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizhan.cases.refusals import Incomplete, NotNow
from yizhan.identity.doors import public
from yizhan.identity.middleware import Request
from yizhan.portal import pace
from yizhan.publishing import objecting, reading

_AN_HOUR = 10
_LONGEST_PAGE = 4  # digits
_THANKS = _("异议已提交，街道会核实。感谢监督。")
_AFTERWARDS = _("公示已经结束，您反映的情况不再作为公示异议，已转给承办人员查看。感谢监督。")


@public
@never_cache
def index(request: Request) -> HttpResponse:
    """All notices that are up now. Kept nowhere: what is taken down is gone."""
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_PAGE else 1
    notices, more = reading.up(number)
    context = {"notices": notices, "page": max(number, 1), "more": more}
    return render(request, "portal/notices/index.jinja", context)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def show(request: Request, notice: uuid.UUID) -> HttpResponse:
    """One notice, with the form for objections; once it is over, the page says so and shows nothing of it."""
    faults: dict[str, str] = {}
    over = ""
    if request.method == "POST":
        pace.count(request, "objection", most=_AN_HOUR)
        try:
            in_time = _object(request, notice)
        except Incomplete as incomplete:
            faults = dict(incomplete.faults)
        except NotNow as refusal:
            over = refusal.message
        else:
            messages.success(request, _THANKS if in_time else _AFTERWARDS)
            return redirect("portal:notice", notice)
    found = reading.one(notice)
    if found is None:
        return render(request, "portal/notices/over.jinja", {"over": over}, status=410)
    context = {
        "notice": found,
        "faults": faults,
        "errors": list(faults.items()),
        "typed": request.POST,
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    return render(request, "portal/notices/show.jinja", context, status=422 if faults else 200)


def _object(request: Request, notice: uuid.UUID) -> bool:
    """Hand the objection in; whether the notice was still up.

    Raises:
        Http404: the form was tampered with.
    """
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    return objecting.object_to(
        notice,
        words=request.POST.get("words", ""),
        name=request.POST.get("name", ""),
        phone=request.POST.get("phone", ""),
        key=key,
    )


notices_urls = [
    path("notices", index, name="notices"),
    path("notices/<uuid:notice>", show, name="notice"),
]
