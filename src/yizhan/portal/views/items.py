"""Finding a service and reading its guide."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from yizhan.cases import catalogue, material_words, printed_form, processes, waiting
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Item
from yizhan.identity.middleware import Known, Request
from yizhan.identity.models import Unit
from yizhan.portal import words
from yizhan.portal.already import already
from yizhan.portal.cards import cards
from yizhan.portal.doors import shared
from yizhan.portal.visitors import resident
from yizhan.registry import law_finding
from yizhan.releases.models import definition
from yizhan.ui.manifest import asset
from yizhan.voice.tally import tally
from yizhan.workflow.drawing import draw

SHOWN_AT_HOME = 8
_LONGEST_QUERY = 100
_SERVED = {"person", "entity"}


@shared
def home(request: Known) -> HttpResponse:
    """The first page 首页: ask, find, go on, look up."""
    items, count = catalogue.first(SHOWN_AT_HOME)
    context = {
        "items": cards(items),
        "count": count,
        "matters": waiting.matters_of(request.user, by=request.actor) if resident(request) else [],
    }
    return render(request, "portal/home.jinja", context)


@shared
def index(request: Request) -> HttpResponse:
    """All items, or those that fit the words typed 办事指南."""
    query = words.plain(request.GET.get("q", ""), _LONGEST_QUERY)
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
    said = item.definition
    context = {
        "item": said,
        "unit": Unit.objects.filter(code=said.unit).only("code", "name", "name_en").first(),
        "facts": words.key_facts(said),
        "sections": words.sections(said),
        "ratings": tally(item.code),
        "already": already(request, said) if resident(request) else None,
        "body": _body(item.release_id, item.code, get_language(), asset("icons.svg"), _laws_of(said)),
        "words": words,
        "printable": printed_form.is_applied_for(said),
    }
    return render(request, "portal/guide.jinja", context)


@lru_cache(maxsize=1024)
def _body(
    release: int, code: str, language: str | None, icons: str | None, laws: tuple[tuple[str, str], ...]
) -> str:
    """What a guide says of its item; kept for each language, set of icons and state of laws."""
    item = definition(release, "item", code, ItemDefinition)
    context = {
        "item": item,
        "sections": words.sections(item),
        "drawing": draw(processes.graph(release, item.handling.process)),
        "words": words,
        "material_words": material_words,
        "laws": dict(laws),
    }
    return render_to_string("portal/guide/body.jinja", context)


def _laws_of(item: ItemDefinition) -> tuple[tuple[str, str], ...]:
    """The laws on record that the guide names, with what their days say of them today."""
    found = law_finding.by_codes(one.code for one in item.basis if one.code)
    return tuple(sorted((code, str(law.state())) for code, law in found.items()))
