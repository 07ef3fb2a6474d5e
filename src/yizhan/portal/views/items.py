"""Finding a service and reading its guide."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yizhan.cases import catalogue
from yizhan.cases.models import Item
from yizhan.identity.doors import public
from yizhan.identity.models import Unit
from yizhan.portal import words

SHOWN_AT_HOME = 8


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page 首页: ask, find, apply, look up."""
    items = catalogue.items()
    shown = items[:SHOWN_AT_HOME]
    return render(
        request,
        "portal/home.jinja",
        {"items": words.cards(shown, _names(shown)), "count": len(items), "quick": words.quick()},
    )


@public
def index(request: HttpRequest) -> HttpResponse:
    """All items, or those that fit the words typed 办事指南."""
    query = request.GET.get("q", "").strip()[:100]
    serving = request.GET.get("for", "")
    serving = serving if serving in {"person", "entity"} else ""
    found = catalogue.search(query, serving) if query else catalogue.items(serving)
    context = {"items": words.cards(found, _names(found)), "query": query, "serving": serving}
    return render(request, "portal/items.jinja", context)


@public
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """One item's guide 办事指南."""
    try:
        item = catalogue.get(code)
    except Item.DoesNotExist as missing:
        raise Http404 from missing
    definition = item.definition
    unit = Unit.objects.filter(code=definition.unit).first()
    context = {
        "item": definition,
        "unit": unit,
        "facts": words.key_facts(definition),
        "sections": words.sections(definition),
        "words": words,
    }
    return render(request, "portal/guide.jinja", context)


def _names(entries: list[catalogue.Entry]) -> dict[str, str]:
    codes = {entry.unit for entry in entries}
    return {unit.code: str(unit) for unit in Unit.objects.filter(code__in=codes)} if codes else {}
