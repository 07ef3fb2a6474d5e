"""The clocks of a case at the desk 时限操作: let them stand still and go on, ask for more time, grant it; for programs."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.calendar import running_words
from yizhan.calendar.deadlines import Unit
from yizhan.cases import extending, naming, suspending
from yizhan.cases.dossier import Dossier
from yizhan.cases.refusals import Incomplete
from yizhan.cases.suspending import Wanted
from yizhan.desk import late
from yizhan.desk.typed_day import day
from yizhan.desk.views.acts import carried_out
from yizhan.desk.views.case import opened
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known

_CASE = ("number",)


@staff()
def data(request: Known, number: str) -> JsonResponse:
    """All clocks of a case for programs, each with its explanation day by day (``clock_data.data``)."""
    return JsonResponse(
        opened(request, number).clocks, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


@staff()
def extensions(request: Known) -> HttpResponse:
    """The extensions that wait for one's answer 待审批的延期."""
    waiting = [
        (
            one,
            str(one.case.item),
            running_words.amount(one.amount, Unit(naming.item(one.case).limits.promised.unit)),
        )
        for one in extending.waiting(request.actor)
    ]
    return render(request, "desk/extensions.jinja", {"waiting": waiting})


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def suspend(request: Known, number: str, task: int) -> HttpResponse:
    """Let the clocks stand still 中止计时."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        kind, _dot, of = request.POST.get("suspension_kind", "").partition(".")
        if not kind:
            raise Incomplete([("suspension_kind", _("请选择中止计时的情形"))])
        wanted = Wanted(
            kind,
            request.POST.get("suspension_words", ""),
            day(request.POST.get("expected_on", ""), place="expected_on"),
            request.POST.get("document", ""),
            own=of == "task",
        )
        suspending.suspend(one.case.id, task, wanted, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已中止计时。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def resume(request: Known, number: str, suspension: int) -> HttpResponse:
    """Let them go on 恢复计时."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        words = request.POST.get("resume_words", "")
        suspending.resume(one.case.id, suspension, words=words, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已恢复计时。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def extend(request: Known, number: str, task: int) -> HttpResponse:
    """Ask for more time 申请延期."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        reason = request.POST.get("extension_reason", "")
        extending.ask(one.case.id, task, reason=reason, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 的延期申请已提交，等待审批。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def answer(request: Known, number: str, extension: int) -> HttpResponse:
    """Grant it or not 延期审批."""
    granted = request.POST.get("answer") == "grant"

    def act(one: Dossier, command: uuid.UUID) -> None:
        words = request.POST.get("answer_words", "")
        extending.answer(
            one.case.id, extension, granted=granted, words=words, by=request.actor, command=command
        )

    told = _("%(number)s 已同意延期，申请人会收到通知。") if granted else _("%(number)s 未同意延期。")
    return carried_out(request, number, act, told, stay=True)
