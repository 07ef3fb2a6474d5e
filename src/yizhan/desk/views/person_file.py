"""All that is known of one person 一人一档: for a purpose, masked; unmasking and taking away are acts of their own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.cases import lookup
from yizhan.codes import lists
from yizhan.desk import as_of, late
from yizhan.desk.as_of import AsOf
from yizhan.desk.purpose import Asked, ask, asked, for_a_reason
from yizhan.desk.tables import taken_away
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.payments import reading
from yizhan.registry import acts, contacts, events, file, households, licences, objecting, relations, sight
from yizhan.registry.catalogue import CATEGORIES, CATEGORY_OF
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models.person import subject_of
from yizhan.registry.purposes import Purpose

_NOW = AsOf()


@late.comes_back()
@staff()
@require_http_methods(["GET", "POST"])
def page(request: Known, key: uuid.UUID) -> HttpResponse:
    """Ask why; then show the file. Before a purpose is given nothing is told, not even whether there is such a person."""
    subject = subject_of(key)
    again = late.typed(request)
    if request.method == "GET":
        return ask(request, subject, Asked.typed(again or request.GET), again=again is not None)
    why = asked(request, subject)
    if why.purpose is None:
        return ask(request, subject, why)
    try:
        acts.open_file(subject, purpose=why.purpose)
    except Refused as refused:
        return ask(request, subject, why.refused(str(refused)))
    except NotHere:
        raise Http404 from None
    return _shown(request, subject, why, as_of.asked(request.POST))


@staff()
@require_POST
@recently_authenticated
@for_a_reason
def unmask(request: Known, subject: str, why: Asked, category: str) -> HttpResponse:
    """Show one category in full, on this one page 查看全文."""
    assert why.purpose is not None  # the mark has looked
    if category not in CATEGORIES:
        raise Http404
    try:
        acts.unmask(subject, [category], purpose=why.purpose)
    except Refused as refused:
        messages.error(request, str(refused))
    except NotHere:
        raise Http404 from None
    return _shown(request, subject, why)


@staff()
@require_POST
@recently_authenticated
@for_a_reason
def export(request: Known, subject: str, why: Asked) -> HttpResponse:
    """Take the file away as it is shown, masked, as a table that says who took it, when and why 导出."""
    assert why.purpose is not None  # the mark has looked
    try:
        look = sight.look(subject, purpose=why.purpose)
        keys = [key for key, name in CATEGORY_OF.items() if name in look.shown]
        acts.export([subject], keys, purpose=why.purpose)
        categories = file.read(look).categories
    except Refused as refused:
        messages.error(request, str(refused))
        return _shown(request, subject, why)
    except NotHere:
        raise Http404 from None
    return _csv(request, categories, why)


def _shown(request: Known, subject: str, why: Asked, at: AsOf = _NOW) -> HttpResponse:
    purpose = why.purpose
    assert purpose is not None  # whoever calls has looked
    try:
        context = _known(subject, purpose) if at.day is None else _known_of(subject, purpose, at)
    except NotHere:
        if at.day is None:
            raise Http404 from None
        unknown = replace(at, day=None, error=_("登记簿到那一天为止还没有此人。"))
        return _shown(request, subject, why, unknown)
    context |= {
        "key": subject.removeprefix("person:"), "why": why, "relation": _relation, "at": at,
        "keeps": request.actor.holds(KEEPER),
    }  # fmt: skip
    return render(request, "desk/register/person.jinja", context, status=422 if at.error else 200)


def _known_of(subject: str, purpose: Purpose, at: AsOf) -> dict[str, Any]:
    """The fields as they were on a day; what has no past of its own is left out."""
    found = file.read(sight.look(subject, purpose=purpose), on=at.day, known_at=at.known_at)
    left_out = ("contacts", "earlier", "happened", "licences", "relatives", "household", "cases", "benefits")
    return {"dead": False, "categories": found.categories, "contested": (), **dict.fromkeys(left_out)}


def _known(subject: str, purpose: Purpose) -> dict[str, Any]:
    """What the rooms tell of somebody, each within its own rules, of the categories that the post may see."""
    look = sight.look(subject, purpose=purpose)
    kin, home, paid = (name in look.shown for name in ("household", "residence", "assistance"))
    told = file.read(look)
    return {
        "dead": told.dead,
        "categories": told.categories,
        "contested": objecting.contested(objecting.of_person(subject)),
        "contacts": contacts.present(contacts.of(look)).values() if home else (),
        "earlier": file.earlier(look),
        "happened": events.of(look),
        "licences": licences.held(subject, purpose=purpose),
        "relatives": relations.relatives_of(look) if kin else (),
        "household": households.household_of(subject, purpose=purpose) if kin else None,
        "cases": lookup.of_subjects([subject]).get(subject, []),
        "benefits": reading.of_subject(subject) if paid else (),
    }


def _relation(code: str) -> str:
    try:
        return lists.name_of("family_relation", code)
    except lists.UnknownCode:
        return code


def _csv(request: Known, categories: Sequence[file.Category], why: Asked) -> HttpResponse:
    assert why.purpose is not None  # whoever calls has looked
    head = [_("类别"), _("项目"), _("内容"), _("来源"), _("数据日期")]
    rows = [
        (one.title, told.title, told.words, told.source, told.as_of)
        for one in categories
        for told in one.fields
    ]
    return taken_away(request.actor, why.purpose, head, rows, "person.csv")


person_file_urls = [
    path("register/persons/<uuid:key>", page, name="person_file"),
    path("register/persons/<uuid:key>/export", export, name="person_file_export"),
    path("register/persons/<uuid:key>/unmask/<slug:category>", unmask, name="person_file_unmask"),
]
