"""Answering what was found missing 补正, from the phone: page by page, with files."""

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
from django.views.decorators.http import require_http_methods

from yizhan.cases.answering import Answering
from yizhan.cases.refusals import Incomplete, NotNow, Refusal
from yizhan.forms.faults import Fault
from yizhan.forms.reading import Submitted
from yizhan.identity.middleware import Known
from yizhan.portal import late, turning, words
from yizhan.portal.doors import View, own
from yizhan.portal.turning import Turn
from yizhan.portal.views.cases import opened


def _asked(view: View) -> View:
    """Hand the view the answer in the making; where nothing is asked any more, lead to the case."""

    @wraps(view)
    def answer(request: Known, number: str, **more: Any) -> HttpResponseBase:
        case = opened(request, number).case
        try:
            answering = Answering(case, request.actor)
        except NotNow:
            messages.info(request, _("本件目前不需要补正。"))
            return redirect("portal:case", number)
        return view(request, answering, **more)

    return answer


@late.comes_back(again="portal:supplement")
@own
@require_http_methods(["GET", "POST"])
@_asked
def overview(request: Known, answering: Answering) -> HttpResponse:
    """What is missing and where to mend it; a POST hands the answer in."""
    number = answering.case.number
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            answering.hand_in(uuid.UUID(request.POST.get("command", "")))
        except ValueError as wrong:
            raise Http404 from wrong
        except Incomplete:
            faults = answering.faults()
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("portal:case", number)
        else:
            accepted = answering.case.accepted_at is not None
            messages.success(
                request,
                _("补正内容已提交，办理期限继续计算。")
                if accepted
                else _("补正内容已提交，受理期限重新计算。"),
            )
            return redirect("portal:case", number)
    context = {
        "case": answering.case,
        "answering": answering,
        "sheet": answering.answers_sheet(_change(number), faults),
        "command": uuid.uuid4(),
        "words": words,
    }
    return render(request, "portal/cases/supplement.jinja", context, status=422 if faults else 200)


@late.comes_back()
@own
@require_http_methods(["GET", "POST"])
@_asked
def page(request: Known, answering: Answering, key: str) -> HttpResponse:
    """One page of the form; what is sent is kept, right or wrong."""
    number = answering.case.number
    if key not in {asked.key for asked in answering.pages}:
        return redirect("portal:supplement", number)
    turn = Turn(answering.data)
    sent = request.POST if request.method == "POST" else late.typed(request)
    if request.method == "POST":
        uploaded, refused = answering.keep_files(request)
        turn = _turned(answering, key, request.POST, uploaded, refused)
        answering.save(turn.data)
        if turn.goes_on:
            return redirect("portal:supplement", number)
    elif sent is not None:
        turn = Turn(_turned(answering, key, sent, {}, []).data, again=True)
    context = {
        "case": answering.case,
        "sheet": answering.page_sheet(key, turn.data, turn.faults),
        "turn": turn,
    }
    return render(request, "portal/cases/supplement_page.jinja", context, status=422 if turn.faults else 200)


def _turned(
    answering: Answering, key: str, sent: Submitted, uploaded: dict[str, list[str]], refused: list[Fault]
) -> Turn:
    reading = answering.read(sent, key, uploaded)
    return turning.turned(
        answering.form,
        key,
        reading,
        before=answering.data,
        sent=sent,
        refused=refused,
        facts=answering.conditions,
    )


def _change(number: str) -> Callable[[str], str]:
    return lambda key: reverse("portal:mend", args=[number, key])
