"""Open cases and the versions of their packs 在办件版本: look who can change over, decide, see what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.cases import move_survey
from yizhan.cases.refusals import Incomplete
from yizhan.desk.standing import SYSTEM
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.releases.models import Release

_LONGEST_NUMBER = 18  # digits


@staff(SYSTEM)
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """Every pack; ``?pack=`` looks at one, a POST lets its cases change over, ``?move=`` tells what became of them."""
    if request.method == "POST":
        return _decided(request, _in_force(request.POST.get("pack", "")))
    if "move" in request.GET:
        return _told(request, request.GET["move"])
    if "pack" in request.GET:
        return _shown(request, _in_force(request.GET["pack"]))
    return render(
        request, "desk/admin/moves.jinja", {"packs": move_survey.packs(), "orders": move_survey.orders()}
    )


def _in_force(pack: str) -> Release:
    found = move_survey.in_force(pack)
    if found is None:
        raise Http404
    return found


def _decided(request: Known, to: Release) -> HttpResponse:
    sent = request.POST
    try:
        move = move_survey.decide(
            to,
            version=sent.get("version", ""),
            reason=sent.get("reason", ""),
            with_limits=sent.get("limits") == "1",
            by=request.actor,
        )
    except Incomplete as refusal:
        return _shown(request, to, refusal.faults)
    messages.success(request, _("已决定改用新版，办件正在逐件处理。"))
    return redirect(f"{reverse('desk:moves')}?move={move.id}")


def _shown(request: Known, to: Release, faults: list[tuple[str, str]] | None = None) -> HttpResponse:
    context = {
        "looked": move_survey.look(to),
        "shown": move_survey.SHOWN,
        "typed": request.POST,
        "faults": faults or [],
        "wrong": dict(faults or []),
    }
    return render(request, "desk/admin/moves_look.jinja", context, status=422 if faults else 200)


def _told(request: Known, number: str) -> HttpResponse:
    known = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER
    found = move_survey.told(int(number)) if known else None
    if found is None:
        raise Http404
    return render(request, "desk/admin/moves_told.jinja", {"told": found})
