"""What the registers know of me 我的档案, and who looked at it 谁看过我的信息."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from yizhan import clock
from yizhan.identity.middleware import Known
from yizhan.insight import looks_at_me
from yizhan.portal.doors import own
from yizhan.registry import acts, events, file, licences
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
    return render(request, "portal/account/file.jinja", _all(subject))


@own
@require_POST
def download(request: Known) -> HttpResponse:
    """The same to take away: for people as a page without a frame, for programs as JSON."""
    subject = person_of(request.user)
    if subject is None:
        return redirect("portal:real_name")
    try:
        acts.export([subject], CATEGORY_OF, purpose=Own())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("portal:my_file")
    known = _all(subject)
    if request.POST.get("form") == "json":
        content = json.dumps(_data(known), ensure_ascii=False, indent=1, default=str)
        return _attachment(content, "my-data.json", "application/json")
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


def _all(subject: str) -> dict[str, Any]:
    purpose = Own()
    return {
        "categories": file.categories(subject, purpose=purpose),
        "earlier": file.earlier(subject, purpose=purpose),
        "happened": events.of(subject, purpose=purpose),
        "licences": licences.held(subject, purpose=purpose),
    }


def _data(known: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": clock.now().isoformat(),
        "categories": [
            {
                "name": one.name,
                "title": one.title,
                "fields": [
                    {"key": told.key, "title": told.title, "value": told.value, "words": told.words}
                    | {"source": told.source, "as_of": told.as_of}
                    for told in one.fields
                ],
            }
            for one in known["categories"]
        ],
        "earlier": [
            {"title": one.title, "words": one.words, "until": one.until, "replaced_at": one.replaced_at}
            for one in known["earlier"]
        ],
        "events": [{"kind": one.kind.value, "on": one.on} for one in known["happened"]],
        "licences": [
            {"title": one.title_zh, "number": one.number, "from": one.valid_from, "to": one.valid_to}
            for one in known["licences"]
        ],
    }


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
    path("my/looks", looks, name="my_looks"),
    path("api/my/looks", looks_data, name="my_looks_data"),
]
