"""Seals 印章管理: the list, one seal with what became of it and what it came on, and the acts of whoever keeps them."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from yizhan.desk import late
from yizhan.desk.administration import seals as acting
from yizhan.desk.administration.acting import asked
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.seals import ink, register, waiting
from yizhan.seals.models import Spell
from yizhan.seals.register import KEEPER, Line

_LONGEST = 60


@staff(KEEPER)
@require_safe
def index(request: Known) -> HttpResponse:
    """The seals of the units within reach, and for which ones papers wait."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    state = request.GET.get("state", "")
    wanted = state if state in Spell.State.values else ""
    page, lines = register.page(
        request.actor, words=words, state=wanted, number=request.GET.get("page", "1")[:_LONGEST]
    )
    context = {
        "page": page,
        "lines": lines,
        "words": words,
        "state": wanted,
        "states": Spell.State.choices,
        "waiting": waiting.waiting(request.actor),
    }
    return render(request, "desk/seals/list.jinja", context)


@staff(KEEPER)
@require_safe
def show(request: Known, seal: UUID) -> HttpResponse:
    """One seal whole."""
    line = _found(request, seal)
    context = {
        "one": register.whole(line, number=request.GET.get("page", "1")[:_LONGEST]),
        "picture": ink.svg(line.seal.drawing),
        "may": bool(acting.possible(line.state)),
        "hindrance": waiting.without_certificate(line.seal) if line.state == Spell.State.ACTIVE else "",
    }
    return render(request, "desk/seals/one.jinja", context)


@late.comes_back()
@staff(KEEPER)
@recently_authenticated
@require_http_methods(["GET", "POST"])
def make(request: Known) -> HttpResponse:
    """Have one made; whoever comes here has just proved who they are."""
    acts = asked(request, {"make": acting.Make, "stamp": acting.MakeStamp})
    if acts.told:
        messages.success(request, acts.told)
        made = [cast(acting.Make | acting.MakeStamp, form).made for form in acts.forms.values()]
        return redirect("desk:seal", next(one.pk for one in made if one is not None))
    return render(request, "desk/seals/make.jinja", {"acts": acts}, status=acts.status)


@late.comes_back()
@staff(KEEPER)
@recently_authenticated
@require_http_methods(["GET", "POST"])
def change(request: Known, seal: UUID) -> HttpResponse:
    """Let it become something else; whoever comes here has just proved who they are."""
    line = _found(request, seal)
    kinds = {name: act for name, (_state, act) in acting.CHANGES.items()}
    acts = asked(request, kinds, line.seal)
    if acts.told:
        messages.success(request, acts.told)
        replaced = acts.forms["replace"]
        new = replaced.made if isinstance(replaced, acting.Replace) else None
        return redirect("desk:seal", new.pk if new else seal)
    context = {"line": line, "acts": acts, "possible": list(acting.possible(line.state))}
    return render(request, "desk/seals/change.jinja", context, status=acts.status)


def _found(request: Known, seal: UUID) -> Line:
    """A seal within reach; any other does not exist."""
    found = register.one(request.actor, seal)
    if found is None:
        raise Http404
    return found


seal_urls = [
    path("seals", index, name="seals"),
    path("seals/new", make, name="seal_make"),
    path("seals/<uuid:seal>", show, name="seal"),
    path("seals/<uuid:seal>/change", change, name="seal_change"),
]
