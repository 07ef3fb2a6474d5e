"""Grids at the desk 网格: those of a sub-district by committee, and the buildings of one. They name nobody."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from yizhan.codes import divisions
from yizhan.codes.models import Division
from yizhan.desk import finding, late, standing
from yizhan.desk.places import drawn, grid_of
from yizhan.desk.views.places import coded
from yizhan.desk.views.search import listed
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Unit
from yizhan.registry import grids
from yizhan.registry.faults import Refused
from yizhan.registry.models import Grid
from yizhan.registry.models.columns import committee_of
from yizhan.registry.purposes import Reason


@staff()
@require_GET
def index(request: Known) -> HttpResponse:
    """The grids of the sub-district that is asked for, of mine, or of the first."""
    subdistricts = _subdistricts()
    here = _asked(request, subdistricts)
    rows = grids.within(here.code) if here else []
    names = dict(
        Division.objects.filter(code__in={one.grid.division for one in rows}, valid_to=None).values_list(
            "code", "name"
        )
    )
    context = {
        "subdistricts": subdistricts,
        "here": here,
        "committees": [
            (code, names.get(code, code), list(ones)) for code, ones in groupby(rows, key=lambda one: one.grid.division)
        ],
        "doubtful": grids.doubtful(here.code) if here else [],
        "why": grid_of,
        "opens": lambda code: code.startswith(tuple(standing.areas(request))),
    }  # fmt: skip
    return render(request, "desk/places/grids.jinja", context)


@staff()
@require_GET
def grid(request: Known, code: str) -> HttpResponse:
    """One grid and its buildings."""
    found = Grid.objects.filter(code=code.replace("\x00", "")).order_by("-since", "-id").first()
    if found is None:
        raise Http404
    standing = grids.buildings_of(found.code)
    context = {
        "grid": found,
        "found": standing,
        "kind": lambda code: coded("building_kind", code),
        "map": drawn(standing) if standing else None,
        "invented": settings.DEMO,
    }
    return render(request, "desk/places/grid.jinja", context)


@late.comes_back()
@staff()
@require_http_methods(["GET", "POST"])
@recently_authenticated
def residents(request: Known, code: str) -> HttpResponse:
    """Take the list of who lives in a committee away: for a reason, proved, counted, with one line in the log."""
    known = code.isascii() and code.isdigit() and committee_of(code)
    if not known or not code.startswith(tuple(standing.areas(request))):
        raise Http404
    name = divisions.place_names([code]).get(code) or code
    again, error = late.typed(request), ""
    reason = (again or request.POST).get("reason", "")
    if request.method == "POST":
        try:
            purpose = Reason(reason)
            found = finding.of_committee(code, purpose)
        except Refused as refused:
            error = str(refused)
        else:
            return listed(request, purpose, [(one, name) for one in found])
    context = {
        "code": code, "name": name, "reason": reason, "error": error,
        "again": again is not None, "typed_by": late.mark(request),
    }  # fmt: skip
    return render(request, "desk/places/residents.jinja", context, status=422 if error else 200)


def _subdistricts() -> list[Division]:
    """The sub-districts in which grids are drawn."""
    drawn_in = Grid.objects.filter(until=None).values_list("division", flat=True).distinct()
    codes = {f"{code[:9]}000" for code in drawn_in}
    return list(Division.objects.filter(code__in=codes, valid_to=None).order_by("code"))


def _asked(request: Known, subdistricts: list[Division]) -> Division | None:
    unit = Unit.objects.filter(code=request.actor.unit).first()
    for code in (request.GET.get("of", ""), unit.division if unit else ""):
        for one in subdistricts:
            if code[:9] == one.code[:9]:
                return one
    return subdistricts[0] if subdistricts else None


grid_urls = [
    path("places/grids", index, name="grids"),
    path("places/grids/<str:code>", grid, name="grid"),
    path("places/committees/<str:code>", residents, name="residents"),
]
