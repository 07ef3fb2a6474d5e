"""The tree of units 单位."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Length, Replace
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yizhan.desk import late
from yizhan.desk.administration import posts, units
from yizhan.desk.administration.acting import Act, asked
from yizhan.desk.standing import ADMINISTRATORS, SYSTEM
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Appointment, Post, Unit

_MOST = 200


@late.comes_back()
@staff(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """The upper levels of the tree, or what was looked for; a first unit is founded here."""
    acts = asked(request, {"found": units.Found} if request.actor.holds(SYSTEM) else {})
    if acts.told:
        messages.success(request, acts.told)
        return redirect("desk:units")
    words = request.GET.get("q", "").strip()[:60]
    context = {"words": words, "units": _found(words), "acts": acts, "most": _MOST}
    return render(request, "desk/admin/units.jinja", context, status=acts.status)


@late.comes_back()
@staff(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def unit(request: Known, code: str) -> HttpResponse:
    """One unit: what stands below it, its posts and who is in them, and what can be changed."""
    one = Unit.objects.filter(code=code).select_related("parent").first()
    if one is None:
        raise Http404
    acts = asked(request, _acts(one) if request.actor.holds(SYSTEM) else {}, one)
    if acts.told:
        messages.success(request, acts.told)
        return redirect("desk:unit", code)
    one.refresh_from_db()
    context = {
        "unit": one,
        "above": Unit.objects.filter(code__in=one.path.split("/")[:-2]).order_by("path"),
        "below": Unit.objects.filter(parent=one).order_by("sort", "code"),
        "posts": _posts(one),
        "codes": Unit.objects.open().order_by("path").values_list("code", "name"),
        "acts": acts,
    }
    return render(request, "desk/admin/unit.jinja", context, status=acts.status)


def _acts(one: Unit) -> dict[str, type[Act]]:
    """What can be done with a unit; nothing with one that has ended."""
    if one.valid_to is not None:
        return {}
    return {
        "found": units.Found,
        "post": posts.Found,
        "rename": units.Rename,
        "describe": units.Describe,
        "move": units.Move,
        "close": units.Close,
    }


def _found(words: str) -> list[Any]:
    """Units with their depth in the tree; without words the two upper levels."""
    slashes = Length("path") - Length(Replace(F("path"), Value("/"), Value("")))
    found = Unit.objects.open().annotate(depth=slashes).order_by("path")
    if words:
        found = found.filter(
            Q(name__contains=words) | Q(name_en__icontains=words) | Q(code__startswith=words)
        )
    else:
        found = found.filter(depth__lte=2)
    return list(found[:_MOST])


def _posts(one: Unit) -> list[Post]:
    live = Appointment.objects.live().select_related("account")
    held = Prefetch("appointments", queryset=live, to_attr="held")
    return list(Post.objects.filter(unit=one).prefetch_related(held).order_by("-is_head", "code"))
