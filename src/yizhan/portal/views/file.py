"""What the registers know of me 我的档案, and who looked at it 谁看过我的信息."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan import clock
from yizhan.cases import objections
from yizhan.cases.refusals import NotYours
from yizhan.identity.middleware import Known
from yizhan.insight import looks_at_me
from yizhan.portal import own_data
from yizhan.portal.doors import own
from yizhan.registry import acts, objecting
from yizhan.registry.catalogue import CATEGORY_OF
from yizhan.registry.faults import Refused
from yizhan.registry.links import person_of
from yizhan.registry.purposes import Own

_DIGITS = 18


@own
def mine(request: Known) -> HttpResponse:
    """All that is known of me, by category, with source and day."""
    subject = person_of(request.user)
    if subject is None:
        return redirect("portal:real_name")
    offered = objections.offered() is not None
    return render(
        request, "portal/account/file.jinja", own_data.of(subject, by=request.actor) | {"offered": offered}
    )


@own
@require_POST
def object_to(request: Known) -> HttpResponse:
    """Begin an objection to one value 提出异议; one that is being handled already leads to its case."""
    subject, item = person_of(request.user), objections.offered()
    if subject is None:
        return redirect("portal:real_name")
    key = request.POST.get("key", "")
    if item is None or key not in CATEGORY_OF:
        raise Http404
    there = objecting.contested(objecting.of_person(subject)).get(key)
    if there is not None:
        messages.info(request, _("对这一项的异议正在处理，处理情况见本页。"))
        return redirect("portal:case", there)
    try:
        desk = objections.begin(item, by=request.actor, subject=subject, key=key)
    except NotYours as fault:
        raise Http404 from fault
    return redirect("portal:page", desk.draft.id, objections.PAGE)


@own
@require_POST
def download(request: Known) -> HttpResponse:
    """The same to take away: for people as a page without a frame or a table, for programs as JSON."""
    subject = person_of(request.user)
    if subject is None:
        return redirect("portal:real_name")
    try:
        acts.export([subject], CATEGORY_OF, purpose=Own())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("portal:my_file")
    known = own_data.of(subject, by=request.actor)
    if request.POST.get("form") == "json":
        content = json.dumps(own_data.plain(known), ensure_ascii=False, indent=1, default=str)
        return _attachment(content, "my-data.json", "application/json")
    if request.POST.get("form") == "csv":
        return _attachment(own_data.table(known), "my-data.csv", "text/csv")
    page = render(request, "portal/account/file_download.jinja", known | {"at": clock.now()})
    return _attachment(page.content.decode(), "my-data.html", "text/html")


@own
def looks(request: Known) -> HttpResponse:
    """Who looked at my data, when, why, at what."""
    below = _below(request)
    context = {
        "page": looks_at_me.page(below=below),
        "first": below is None,
        "known": person_of(request.user),
    }
    return render(request, "portal/account/looks.jinja", context)


@own
def looks_data(request: Known) -> JsonResponse:
    """The same for programs: ``{"looks": […], "below": number or null}``; ``?below=`` gives the next page."""
    page = looks_at_me.page(below=_below(request))
    body = {"looks": [one.data() for one in page.lines], "below": page.below}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _below(request: Known) -> int | None:
    typed = request.GET.get("below", "")
    known = typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS
    return int(typed) if known else None


def _attachment(content: str, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


file_urls = [
    path("my/file", mine, name="my_file"),
    path("my/file/download", download, name="my_file_download"),
    path("my/file/objection", object_to, name="my_file_objection"),
    path("my/looks", looks, name="my_looks"),
    path("api/my/looks", looks_data, name="my_looks_data"),
]
