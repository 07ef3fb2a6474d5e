"""Finding a service and reading its guide."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from yizhan.cases import catalogue, processes, waiting
from yizhan.cases.models import Item
from yizhan.identity.middleware import Request
from yizhan.identity.models import Unit
from yizhan.portal import words
from yizhan.portal.cards import cards
from yizhan.portal.doors import shared
from yizhan.portal.visitors import resident
from yizhan.workflow.drawing import Drawing, draw

SHOWN_AT_HOME = 8
_LONGEST_QUERY = 100
_SERVED = {"person", "entity"}


@shared
def home(request: Request) -> HttpResponse:
    """The first page 首页: ask, find, go on, look up."""
    items = catalogue.items()
    context = {
        "items": cards(items[:SHOWN_AT_HOME]),
        "count": len(items),
        "matters": waiting.matters_of(request.user, by=request.actor) if resident(request) else [],
    }
    return render(request, "portal/home.jinja", context)


@shared
def index(request: Request) -> HttpResponse:
    """All items, or those that fit the words typed 办事指南."""
    query = " ".join(request.GET.get("q", "").split())[:_LONGEST_QUERY]
    serving = request.GET.get("for", "")
    serving = serving if serving in _SERVED else ""
    found = catalogue.search(query, serving) if query else catalogue.items(serving)
    context = {"items": cards(found), "query": query, "serving": serving}
    return render(request, "portal/items.jinja", context)


@shared
def guide(request: Request, code: str) -> HttpResponse:
    """One item's guide 办事指南."""
    try:
        item = catalogue.get(code)
    except Item.DoesNotExist as missing:
        raise Http404 from missing
    definition = item.definition
    context = {
        "item": definition,
        "unit": Unit.objects.filter(code=definition.unit).first(),
        "facts": words.key_facts(definition),
        "sections": words.sections(definition),
        "drawing": _drawing(item.release_id, definition.handling.process, get_language()),
        "words": words,
    }
    return render(request, "portal/guide.jinja", context)


@lru_cache(maxsize=512)
def _drawing(release: int, process: str, language: str | None) -> Drawing:
    """The process as a picture and a list; kept, since releases never change."""
    return draw(processes.graph(release, process))
