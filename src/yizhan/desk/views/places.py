"""一房一档: a building with its rooms, who is there as far as one may see, what is near, and a map.

Places name nobody, so any member of staff may look at them. Who lives there is asked for with a reason, and logged.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from yizhan.codes import divisions, lists
from yizhan.desk import late, standing
from yizhan.desk.places import around, communities, drawn, grid_of, past
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import buildings, facilities, occupants
from yizhan.registry.faults import Refused
from yizhan.registry.models import Address, Building
from yizhan.registry.occupants import Occupied
from yizhan.registry.opening_hours import schedule
from yizhan.registry.purposes import Reason

_LONGEST = 100
_MOST = 50
_WIDEST = 0.03
"""Degrees: a view that is wider shows too much to draw."""


@staff()
@require_GET
def index(request: Known) -> HttpResponse:
    """Buildings whose address begins with what was asked."""
    words = request.GET.get("q", "").strip()[:_LONGEST]
    found = buildings.find(words, _MOST)
    shown = found[:_MOST]
    context = {
        "words": words,
        "found": shown,
        "more": len(found) > _MOST,
        "kind": lambda code: coded("building_kind", code),
        "community": communities(shown),
        "map": drawn(shown) if shown else None,
        "invented": settings.DEMO,
    }
    return render(request, "desk/places/list.jinja", context)


@late.comes_back()
@staff()
@require_http_methods(["GET", "POST"])
def show(request: Known, code: str) -> HttpResponse:
    """One building; a POST brings the reason to see who is there."""
    building = Building.objects.select_related("source").filter(code=code).order_by("-id").first()
    if building is None:
        raise Http404
    again = late.typed(request)
    typed = again or request.POST
    may_ask = standing.looks_for_people(request)
    occupied, error = _who_is_there(request, building) if may_ask else (None, "")
    near = (
        facilities.near(building.longitude, building.latitude)
        if building.longitude is not None and building.latitude is not None
        else []
    )
    context = {
        "building": building,
        "rooms": buildings.rooms_of(building),
        "kind": coded("building_kind", building.kind),
        "division": divisions.full_name(building.division) or building.division,
        "grid": grid_of(building),
        "near": [
            {"one": one, "kind": coded("facility_kind", one.facility.kind), "hours": schedule(one.facility),
             "open": facilities.is_open(one.facility)} for one in near
        ],
        "past": past(building),
        "counted": occupants.counted(building) if may_ask else None,
        "may_ask": may_ask,
        "occupied": occupied,
        "one_room": False,
        "action": request.path,
        "reason": typed.get("reason", ""),
        "again": again is not None,
        "typed_by": late.mark(request),
        "error": error,
        "map": around(building, near),
        "invented": settings.DEMO,
    }  # fmt: skip
    return render(request, "desk/places/building.jinja", context, status=422 if error else 200)


@staff()
@require_GET
def view(request: Known) -> HttpResponse:
    """Buildings between four degrees as GeoJSON, for the map."""
    try:
        west, south, east, north = (float(request.GET[side]) for side in ("west", "south", "east", "north"))
    except (KeyError, ValueError):
        raise Http404 from None
    if not (0 <= east - west <= _WIDEST and 0 <= north - south <= _WIDEST):
        return JsonResponse({"type": "FeatureCollection", "features": [], "too_wide": True})
    return JsonResponse(drawn(buildings.in_view(west, south, east, north)))


@late.comes_back()
@staff()
@require_http_methods(["GET", "POST"])
def room(request: Known, address: int) -> HttpResponse:
    """One address, down to the room 一房一档; a POST brings the reason to see who is there and was there before."""
    found = Address.objects.select_related("estate").filter(id__lt=2**63, id=address).first()
    if found is None:
        raise Http404
    may_ask = standing.looks_for_people(request)
    occupied, error = _who_is_there(request, found) if may_ask else (None, "")
    again = late.typed(request)
    context = {
        "address": found,
        "division": divisions.full_name(found.division) or found.division,
        "grid": grid_of(found.estate) if found.estate else "",
        "near": [],
        "past": past(found),
        "may_ask": may_ask,
        "occupied": occupied,
        "one_room": True,
        "action": request.path,
        "reason": (again or request.POST).get("reason", ""),
        "again": again is not None,
        "typed_by": late.mark(request),
        "error": error,
    }
    return render(request, "desk/places/room.jinja", context, status=422 if error else 200)


def _who_is_there(request: Known, place: Building | Address) -> tuple[Occupied | None, str]:
    if request.method != "POST":
        return None, ""
    try:
        purpose = Reason(request.POST.get("reason", ""))
        if isinstance(place, Address):
            return occupants.of_address(place, purpose=purpose), ""
        return occupants.of_building(place, purpose=purpose), ""
    except Refused as refused:
        return None, str(refused)


def coded(listed: str, code: str) -> str:
    """The name of a code of a list; the code itself where nobody knows it."""
    try:
        return lists.name_of(listed, code) if code else ""
    except lists.UnknownCode:
        return code


place_urls = [
    path("places", index, name="places"),
    path("places/view.json", view, name="places_view"),
    path("places/rooms/<int:address>", room, name="room"),
    path("places/<str:code>", show, name="place"),
]
