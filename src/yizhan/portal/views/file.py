"""What the registers know of me 我的档案, and who looked at it 谁看过我的信息."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan import clock
from yizhan.cases import objections
from yizhan.cases.refusals import NotYours
from yizhan.identity.directory.report import harmless
from yizhan.identity.middleware import Known
from yizhan.insight import looks_at_me
from yizhan.portal.doors import own
from yizhan.registry import acts, contacts, events, file, licences, objecting, relations
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
    return render(request, "portal/account/file.jinja", _all(subject) | {"offered": offered})


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
    known = _all(subject)
    if request.POST.get("form") == "json":
        content = json.dumps(_data(known), ensure_ascii=False, indent=1, default=str)
        return _attachment(content, "my-data.json", "application/json")
    if request.POST.get("form") == "csv":
        return _attachment(_table(known), "my-data.csv", "text/csv")
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
    objected = objecting.of_person(subject)
    return {
        "objected": objected,
        "contested": objecting.contested(objected),
        "title_of": file.title_of,
        "categories": file.categories(subject, purpose=purpose),
        "earlier": file.earlier(subject, purpose=purpose),
        "happened": events.of(subject, purpose=purpose),
        "licences": licences.held(subject, purpose=purpose),
        "contacts": contacts.of(subject, purpose=purpose),
        "relatives": relations.relatives_of(subject, purpose=purpose),
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
        "objections": [
            {"key": one.key, "wanted": one.wanted, "case": one.case, "outcome": one.get_outcome_display()}
            for one in known["objected"]
        ],
        "contacts": [
            {"kind": one.kind.value, "value": one.value, "since": one.since, "until": one.until}
            for one in known["contacts"]
        ],
        "relatives": [
            {"kind": one.kind.value, "name": one.name, "since": one.since} for one in known["relatives"]
        ],
        "licences": [
            {"title": one.title_zh, "number": one.number, "from": one.valid_from, "to": one.valid_to}
            for one in known["licences"]
        ],
    }


def _table(known: dict[str, Any]) -> str:
    """A table that spreadsheets open: what is on record, what was, and what is said and asked by oneself."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow([_("类别"), _("项目"), _("内容"), _("来源"), _("数据日期"), _("截止日期")])
    for one in known["categories"]:
        for told in one.fields:
            table.writerow([one.title, told.title, harmless(told.words), told.source, told.as_of or "", ""])
    for one in known["contacts"]:
        row = [_("联系方式"), one.kind.label, harmless(one.value), _("本人"), f"{one.since:%Y-%m-%d}"]
        table.writerow([*row, f"{one.until:%Y-%m-%d}" if one.until else ""])
    for one in known["relatives"]:
        table.writerow([_("亲属关系"), one.kind.label, harmless(one.name), "", one.since or "", ""])
    for one in known["licences"]:
        table.writerow(
            [
                _("持有证照"),
                str(one.title),
                one.number,
                str(one.issued_by),
                one.valid_from,
                one.valid_to or "",
            ]
        )
    for one in known["happened"]:
        table.writerow([_("人口变动"), one.kind.label, "", str(one.source), one.on, ""])
    for one in known["earlier"]:
        table.writerow(
            [_("历史登记"), one.title, harmless(one.words), "", "", one.until or _("登记有误，已更正")]
        )
    for one in known["objected"]:
        row = [_("我提出的异议"), file.title_of(one.key), harmless(one.wanted), one.case]
        table.writerow([*row, f"{one.opened_at:%Y-%m-%d}", one.get_outcome_display()])
    return "\ufeff" + written.getvalue()


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
