"""Public service points for everybody 服务网点: by sub-district and kind, with hours and whether one is open now."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from yizhan.codes import lists
from yizhan.codes.models import Division
from yizhan.portal.doors import shared
from yizhan.registry import facilities
from yizhan.registry.opening_hours import schedule


@shared
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The facilities of the sub-district that is asked for, or of the first."""
    known = Division.objects.filter(code__in=facilities.subdistricts(), valid_to=None).order_by("code")
    subdistricts = list(known.values_list("code", "name"))
    asked = request.GET.get("of", "")
    here = next((one for one in subdistricts if one[0] == asked), subdistricts[0] if subdistricts else None)
    kinds = [(one.code, str(one)) for one in lists.entries("facility_kind")]
    kind = next((code for code, _name in kinds if code == request.GET.get("kind", "")), "")
    names = dict(kinds)
    found = facilities.within(here[0], kind) if here else []
    context = {
        "subdistricts": subdistricts, "here": here, "kinds": kinds, "kind": kind, "invented": settings.DEMO,
        "found": [
            {"one": one, "kind": names.get(one.kind, one.kind), "hours": schedule(one), "open": facilities.is_open(one)}
            for one in found
        ],
    }  # fmt: skip
    return render(request, "portal/facilities.jinja", context)


facilities_urls = [path("facilities", index, name="facilities")]
