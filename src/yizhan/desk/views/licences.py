"""Licences of one's unit 证照管理: a list, one licence, and what a keeper does with it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yizhan.desk import late
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.licences import acting, authorising
from yizhan.licences.acting import KEEPER, Kept
from yizhan.licences.refusals import Refused
from yizhan.registry.faults import NotHere
from yizhan.registry.licences import State

_LONGEST = 80


@staff(KEEPER)
@require_safe
def index(request: Known) -> HttpResponse:
    """The licences that my unit issued."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    found = acting.page(request.actor, words=words, state=state)
    context = {"words": words, "state": state, "states": State.choices, "found": found, "most": acting.MOST}
    return render(request, "desk/licences/index.jinja", context)


@staff(KEEPER)
@require_safe
def show(request: Known, key: uuid.UUID) -> HttpResponse:
    """One licence with its life, its uses, and what can be done with it."""
    return _shown(request, _found(request, key), typed=late.typed(request))


@late.comes_back(shown_at="desk:licence", by=("key",))
@staff(KEEPER)
@require_POST
def act(request: Known, key: uuid.UUID) -> HttpResponse:
    """Suspend, resume, revoke or reissue, with a reason."""
    sent, kept = request.POST, _found(request, key)
    try:
        done = acting.act(
            key,
            sent.get("act", ""),
            by=request.actor,
            because=sent.get("because", ""),
            command=_command(sent),
        )
    except NotHere:
        return _shown(request, kept, errors=[("act", _("请选择要办理的事项"))])
    except Refused as refused:
        return _shown(request, kept, errors=[("because", str(refused))])
    messages.success(request, _("已办理，该证照现在%(state)s。") % {"state": done.standing})
    return redirect("desk:licence", done.id)


@staff()
@require_safe
def granted(request: Known) -> HttpResponse:
    """Licences that their holders let my unit look at."""
    return render(request, "desk/licences/granted.jinja", {"found": authorising.granted()})


@staff()
@require_POST
def open_(request: Known, authorisation: uuid.UUID) -> HttpResponse:
    """Look at one of them; its holder sees that my unit did."""
    opened = authorising.open_(authorisation)
    if opened is None:
        messages.error(request, _("授权已经撤销或者到期，不能再查看。"))
        return redirect("desk:licences_granted")
    return render(request, "desk/licences/opened.jinja", {"opened": opened})


def _shown(
    request: Known, kept: Kept, *, errors: list[tuple[str, str]] | None = None, typed: QueryDict | None = None
) -> HttpResponse:
    sent = typed or request.POST
    context = {
        "kept": kept,
        "errors": errors or [],
        "typed": {name: sent.get(name, "") for name in ("act", "because")},
        "again": typed is not None,
        "typed_by": late.mark(request),
        "command": uuid.uuid4(),
    }
    return render(request, "desk/licences/one.jinja", context, status=422 if errors else 200)


def _found(request: Known, key: uuid.UUID) -> Kept:
    try:
        return acting.show(key, by=request.actor)
    except NotHere as missing:
        raise Http404 from missing


def _command(sent: QueryDict) -> uuid.UUID:
    try:
        return uuid.UUID(sent.get("command", ""))
    except ValueError:
        return uuid.uuid4()


licences_urls = [
    path("licences", index, name="licences"),
    path("licences/granted", granted, name="licences_granted"),
    path("licences/granted/<uuid:authorisation>", open_, name="licence_opened"),
    path("licences/<uuid:key>", show, name="licence"),
    path("licences/<uuid:key>/act", act, name="licence_act"),
]
