"""Which materials and steps apply in one's scenario 情形引导, for everybody and without logging in.

The whole question stands in the address, so that it can be sent on; nothing of it is kept.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from yizhan.cases import catalogue, material_words
from yizhan.cases.models import Item
from yizhan.cases.scenario import Scenario
from yizhan.portal import words
from yizhan.portal.doors import shared


@shared
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The questions, and what follows from the answers."""
    try:
        item = catalogue.get(code)
    except Item.DoesNotExist as missing:
        raise Http404 from missing
    said = item.definition
    if said.scenario is None:
        raise Http404
    asked = Scenario(item.release_id, said, request.GET)
    sheets, found = asked.sheets(), asked.found()
    errors = [error for sheet in sheets for error in sheet.errors]
    context = {
        "item": said,
        "section": asked.section,
        "sheets": sheets,
        "errors": errors,
        "answers": asked.answers,
        "found": found,
        "materials": material_words.lines(found.materials, asked_only=True) if found else [],
        "free": sum(one.free for one in found.materials) if found else 0,
        "words": words,
    }
    return render(request, "portal/scenario.jinja", context, status=422 if errors else 200)


scenario_urls = [path("items/<slug:code>/scenario", page, name="scenario")]
