"""Where a clerk begins: which item, or which draft left before."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from yizhan.cases import catalogue, windows
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Unit
from yizhan.station.who import CLERK


@staff(CLERK)
def index(request: Known) -> HttpResponse:
    """Choose an item by words or from the list; go on with a draft 窗口收件."""
    query = request.GET.get("q", "").strip()[:100]
    found = catalogue.search(query) if query else catalogue.items()
    items = [item for item in found if "window" in item.card.get("ways", ())]
    codes = {item.unit for item in items}
    context = {
        "query": query,
        "items": items,
        "units": {unit.code: unit for unit in Unit.objects.filter(code__in=codes)},
        "drafts": windows.drafts_of(request.actor),
    }
    return render(request, "station/home.jinja", context)
