"""Divisions 行政区划: what the codes mean today, and which units stand in them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from yizhan.codes import divisions
from yizhan.desk.standing import ADMINISTRATORS
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Unit


@staff(*ADMINISTRATORS)
def index(request: Known) -> HttpResponse:
    """The divisions below one, by default below the district's own."""
    asked = request.GET.get("of", "")
    if asked and not (asked.isdecimal() and len(asked) <= divisions.CODE_LENGTH):
        raise Http404
    code = divisions.full_code(asked) if asked else _home()
    below = divisions.children(code)
    units = Unit.objects.open().filter(division__in=[one.code for one in below]).order_by("path")
    standing: dict[str, list[Unit]] = {}
    for unit in units:
        standing.setdefault(unit.division, []).append(unit)
    context = {
        "here": divisions.at(code),
        "above": divisions.ancestors(code),
        "below": below,
        "units": standing,
    }
    return render(request, "desk/admin/divisions.jinja", context)


def _home() -> str:
    """The division of the first unit that stands above all others; the country when there is none."""
    first = Unit.objects.open().filter(parent=None).exclude(division="").order_by("sort", "code").first()
    return first.division if first else divisions.full_code("0")
