"""Applying: one thing a page, save and come back, check the answers, hand in."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.cases import attachments, catalogue, drafts, intake
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Item
from yizhan.cases.refusals import Incomplete, NotNow, NotYours
from yizhan.identity.doors import citizen
from yizhan.identity.middleware import Request
from yizhan.registry.links import person_of


@citizen
def begin(request: Request, code: str) -> HttpResponse:
    """Begin or go on with an application; first somebody's real name must be known."""
    try:
        item = catalogue.get(code)
    except Item.DoesNotExist as missing:
        raise Http404 from missing
    subject = person_of(request.user)
    if subject is None:
        return redirect("portal:real_name", code)
    desk = drafts.begin(item, by=request.actor, subject=subject)
    return redirect("portal:page", desk.draft.id, desk.form.pages[0].key)


@citizen
@require_http_methods(["GET", "POST"])
def page(request: Request, draft: uuid.UUID, key: str) -> HttpResponse:
    """One page of the form; what is sent is kept, right or wrong."""
    desk = _desk(request, draft)
    pages = [asked.key for asked in desk.form.asked_pages(desk.draft.data, desk.conditions)]
    if key not in pages:
        return redirect("portal:check", draft)
    faults = []
    if request.method == "POST":
        uploaded, refused = attachments.keep(desk, request)
        reading = desk.form.read(
            request.POST,
            page=key,
            before=desk.draft.data,
            uploaded=uploaded,
            prefill=desk.prefill,
            facts=desk.conditions,
        )
        drafts.save(desk, reading.data)
        faults = [*reading.faults, *refused]
        if not faults and not reading.stay:
            return _onward(request, desk, key)
    context = {
        "sheet": desk.form.page_sheet(
            key,
            desk.draft.data,
            faults=faults,
            prefill=desk.prefill,
            facts=desk.conditions,
            attached=attachments.attached(desk),
        ),
        "desk": desk,
        "step": pages.index(key) + 1,
        "steps": len(pages) + 1,
        "before": pages[pages.index(key) - 1] if key != pages[0] else None,
    }
    return render(request, "portal/apply/page.jinja", context, status=422 if faults else 200)


@citizen
def check(request: Request, draft: uuid.UUID, faults: list[tuple[str, str]] | None = None) -> HttpResponse:
    """Check the answers before they are handed in 核对."""
    desk = _desk(request, draft)
    context = {
        "sheet": desk.form.answers_sheet(
            desk.draft.data,
            faults=desk.form.validate(desk.draft.data, desk.conditions) if faults else [],
            prefill=desk.prefill,
            facts=desk.conditions,
            attached=attachments.attached(desk),
            change=_change(desk),
        ),
        "desk": desk,
        "command": uuid.uuid4(),
    }
    return render(request, "portal/apply/check.jinja", context, status=422 if faults else 200)


@citizen
@require_POST
def submit(request: Request, draft: uuid.UUID) -> HttpResponse:
    """Hand in; a second click or the back button finds the same case again."""
    try:
        command = uuid.UUID(request.POST.get("command", ""))
        desk = _desk(request, draft)
        number = intake.submit(desk, by=request.actor, command=command)
    except ValueError as wrong:
        raise Http404 from wrong
    except Incomplete as incomplete:
        return check(request, draft, incomplete.faults)
    return redirect("portal:receipt", number)


@citizen
@require_POST
def discard(request: Request, draft: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    drafts.discard(_desk(request, draft))
    messages.success(request, _("草稿已删除。"))
    return redirect("portal:mine")


def _onward(request: Request, desk: Desk, key: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("已保存，30 天内可以随时回来继续填写。"))
        return redirect("portal:mine")
    keys = [asked.key for asked in desk.form.asked_pages(desk.draft.data, desk.conditions)]
    following = keys[keys.index(key) + 1 :] if key in keys else []
    if "check" in request.GET or not following:  # a change from the check goes back to it
        return redirect("portal:check", desk.draft.id)
    return redirect("portal:page", desk.draft.id, following[0])


def _desk(request: Request, draft: uuid.UUID) -> Desk:
    try:
        return drafts.open_(draft, by=request.actor)
    except (NotYours, NotNow) as gone:
        raise Http404 from gone


def _change(desk: Desk) -> Callable[[str], str]:
    """Where an answer can be changed: its page, and from there back to the check."""
    return lambda key: reverse("portal:page", args=[desk.draft.id, key], query={"check": "1"})
