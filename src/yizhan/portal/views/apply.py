"""Applying: one thing a page, save and come back, check the answers, hand in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.cases import attachments, catalogue, drafts, intake, material_words, windows
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Item
from yizhan.cases.refusals import AlreadyThere, Incomplete, NotNow, NotYours, Refusal
from yizhan.forms.faults import Fault
from yizhan.forms.reading import Submitted
from yizhan.identity.middleware import Known
from yizhan.portal import carrying, late, turning, whom
from yizhan.portal.already import already
from yizhan.portal.doors import View, own
from yizhan.portal.turning import Turn
from yizhan.portal.whom import Whom
from yizhan.registry.faults import NotHere
from yizhan.registry.links import person_of
from yizhan.ui.language import chinese


def _on_the_desk(view: View) -> View:
    """Hand the view the draft, opened. One that was handed in leads to its receipt, as the back button may."""

    @wraps(view)
    def answer(request: Known, draft: uuid.UUID, **more: Any) -> HttpResponseBase:
        try:
            desk = drafts.open_(draft, by=request.actor)
        except NotYours as nobodys:
            raise Http404 from nobodys
        except NotNow as over:
            number = windows.submitted_as(draft, by=request.actor)
            if not number:
                raise Http404 from over
            return redirect("portal:receipt", number)
        try:
            return view(request, desk, **more)
        except NotHere as become_another:  # the person was given to another account meanwhile
            raise Http404 from become_another

    return answer


@late.comes_back(again="portal:begin")
@own
@require_http_methods(["GET", "POST"])
def begin(request: Known, code: str) -> HttpResponse:
    """Before an application 开始办理: the button begins it; opening the page keeps nothing.

    First somebody's real name must be known, and for whom it is: oneself or a company one acts for. What was begun
    before is gone on with; where an earlier case stands in the way, the page says so.
    """
    item = _online(code)
    if person_of(request.user) is None:
        return redirect("portal:real_name", code)
    among = whom.choices(request, item.definition)
    one = whom.chosen(request, among)
    if one is None:
        return _whom(request, item, among)
    if request.method == "POST":
        try:
            desk = drafts.begin(item, by=request.actor, subject=one.subject)
            carrying.take(item, desk, request.POST)
            return redirect("portal:resume", desk.draft.id)
        except AlreadyThere:
            return redirect(whom.begin_address(code, one.subject))
    there = already(request, item.definition, one.subject)
    draft = drafts.begun(item, by=request.actor, subject=one.subject)
    if draft and not there:
        return redirect("portal:resume", draft.id)
    context = {
        "item": item.definition,
        "whom": one,
        "several": len(among) > 1,
        "already": there,
        "draft": draft,
        "answers": carrying.answers(item, request.GET),
        "at_hand": [
            one
            for one in item.definition.materials
            if not one.waived_by and one.need != "optional" and one.when is None
        ],
        "depends": any(one.when for one in item.definition.materials),
    }
    return render(request, "portal/apply/begin.jinja", context)


def _whom(request: Known, item: Item, among: list[Whom]) -> HttpResponse:
    """For whom it is, where that is to be said; or how one comes to act for a company, where there is nobody."""
    error = _("请选择为谁办理") if among and "asked" in request.GET else ""
    radios = [(one.key, chinese(one.name), *([one.code] if one.code else [])) for one in among]
    context = {
        "item": item.definition,
        "choices": among,
        "radios": radios,
        "error": error,
        "answers": carrying.answers(item, request.GET),
    }
    return render(request, "portal/apply/whom.jinja", context, status=422 if error else 200)


@own
@_on_the_desk
def resume(request: Known, desk: Desk) -> HttpResponse:
    """Go on where something is still to be filled in; if nothing is, check and hand in."""
    if already(request, desk.draft.item.definition, desk.draft.subject):
        return redirect(whom.begin_address(desk.item.code, desk.draft.subject))
    if desk.draft.rev:
        for fault in desk.faults(desk.draft.data):
            key = desk.form.page_of(fault.path)
            if key in _asked(desk):
                return redirect("portal:page", desk.draft.id, key)
        return redirect("portal:check", desk.draft.id)
    return redirect("portal:page", desk.draft.id, carrying.begins_at(desk, _asked(desk)))


@late.comes_back()
@own
@require_http_methods(["GET", "POST"])
@_on_the_desk
def page(request: Known, desk: Desk, key: str) -> HttpResponse:
    """One page of the form; what is sent is kept, right or wrong."""
    if key not in _asked(desk):
        return redirect("portal:check", desk.draft.id)
    turn = Turn(desk.draft.data)
    sent = request.POST if request.method == "POST" else late.typed(request)
    if request.method == "POST":
        uploaded, refused = attachments.keep(desk, request)
        turn = _turned(desk, key, request.POST, uploaded, refused)
        drafts.save(desk, turn.data)
        if turn.goes_on:
            return _onward(request, desk, key)
    elif sent is not None:
        turn = Turn(_turned(desk, key, sent, {}, []).data, again=True)
    return _page(request, desk, key, turn)


@own
@_on_the_desk
def check(request: Known, desk: Desk) -> HttpResponse:
    """Check the answers before they are handed in 核对."""
    return _check(request, desk, [])


@late.comes_back(again="portal:check")
@own
@require_POST
@_on_the_desk
def submit(request: Known, desk: Desk) -> HttpResponse:
    """Hand in; a second click or the back button finds the same case again."""
    try:
        command = uuid.UUID(request.POST.get("command", ""))
        number = intake.submit(desk, by=request.actor, command=command)
    except ValueError as wrong:
        raise Http404 from wrong
    except Incomplete:
        return _check(request, desk, desk.faults(desk.draft.data))
    except AlreadyThere:
        messages.warning(request, _("刚才的申请没有提交，填写的内容仍保存在草稿里。"))
        return redirect(whom.begin_address(desk.item.code, desk.draft.subject))
    except NotNow:  # the other tab was a moment faster
        return redirect("portal:receipt", windows.submitted_as(desk.draft.id, by=request.actor))
    except Refusal as refusal:  # a page that is too old, a process that cannot go on
        messages.error(request, refusal.message)
        return redirect("portal:check", desk.draft.id)
    return redirect("portal:receipt", number)


@late.comes_back(again="portal:resume")
@own
@require_POST
@_on_the_desk
def discard(request: Known, desk: Desk) -> HttpResponse:
    """Throw a draft away."""
    drafts.discard(desk)
    messages.success(request, _("草稿已删除。"))
    return redirect("portal:mine")


def _online(code: str) -> Item:
    """An item that a resident can apply for here.

    Raises:
        Http404: there is none of that code.
    """
    try:
        item = catalogue.get(code)
    except Item.DoesNotExist as missing:
        raise Http404 from missing
    if "online" not in item.definition.handling.ways:
        raise Http404
    return item


def _asked(desk: Desk) -> list[str]:
    return [asked.key for asked in desk.form.asked_pages(desk.draft.data, desk.conditions)]


def _turned(
    desk: Desk, key: str, sent: Submitted, uploaded: dict[str, list[str]], refused: list[Fault]
) -> Turn:
    reading = desk.form.read(
        sent,
        page=key,
        before=desk.draft.data,
        uploaded=uploaded,
        prefill=desk.prefill,
        facts=desk.conditions,
    )
    return turning.turned(
        desk.form, key, reading, before=desk.draft.data, sent=sent, refused=refused, facts=desk.conditions
    )


def _page(request: Known, desk: Desk, key: str, turn: Turn) -> HttpResponse:
    pages = _asked(desk)
    place = pages.index(key)
    context = {
        "sheet": desk.form.page_sheet(
            key,
            turn.data,
            faults=turn.faults,
            prefill=desk.prefill,
            facts=desk.conditions,
            attached=attachments.attached(desk),
        ),
        "turn": turn,
        "desk": desk,
        **(_needed(desk) if _takes_materials(desk, key) else {"needed": []}),
        "step": place + 1,
        "steps": len(pages) + 1,
        "before": pages[place - 1] if place else None,
    }
    return render(request, "portal/apply/page.jinja", context, status=422 if turn.faults else 200)


def _needed(desk: Desk) -> dict[str, Any]:
    found = desk.needed
    return {"needed": material_words.lines(found), "free": sum(one.free for one in found)}


def _takes_materials(desk: Desk, key: str) -> bool:
    """Whether a page asks for files of the list of materials."""
    places = {one.at for one in desk.item.materials}
    return any(field.path in places for field in desk.form.page(key).fields)


def _check(request: Known, desk: Desk, faults: list[Fault]) -> HttpResponse:
    context = {
        "sheet": desk.form.answers_sheet(
            desk.draft.data,
            faults=faults,
            prefill=desk.prefill,
            facts=desk.conditions,
            attached=attachments.attached(desk),
            change=_change(desk),
        ),
        "desk": desk,
        **(_needed(desk) if any(one.at for one in desk.item.materials) else {"needed": []}),
        "command": uuid.uuid4(),
        "before": _asked(desk)[-1],
    }
    return render(request, "portal/apply/check.jinja", context, status=422 if faults else 200)


def _change(desk: Desk) -> Callable[[str], str]:
    """Where an answer can be changed: its page, and from there back to the check."""
    return lambda key: reverse("portal:page", args=[desk.draft.id, key], query={"check": "1"})


def _onward(request: Known, desk: Desk, key: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("已保存，30 天内可以随时回来继续填写。"))
        return redirect("portal:mine")
    keys = _asked(desk)
    following = keys[keys.index(key) + 1 :] if key in keys else []
    if "check" in request.GET or not following:  # a change from the check goes back to it
        return redirect("portal:check", desk.draft.id)
    return redirect("portal:page", desk.draft.id, following[0])
