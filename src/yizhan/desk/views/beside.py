"""What one asks of colleagues beside a task, and going back 委派、加签、传阅、退回、收回."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.cases import beside, returning
from yizhan.cases.dossier import Dossier
from yizhan.cases.models import TaskKind
from yizhan.cases.refusals import Incomplete
from yizhan.desk import late
from yizhan.desk.views.acts import carried_out
from yizhan.identity import colleagues
from yizhan.identity.doors import staff
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Known
from yizhan.identity.models import Account

_CASE = ("number",)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def ask(request: Known, number: str, task: int) -> HttpResponse:
    """Delegate a task, have it countersigned, or circulate it."""
    wanted = request.POST.get("kind", "")
    if wanted not in {TaskKind.DELEGATED, TaskKind.COSIGN, TaskKind.READ}:
        raise Http404
    kind = TaskKind(wanted)

    def act(one: Dossier, command: uuid.UUID) -> None:
        beside.ask(
            one.case.id,
            task,
            kind,
            _people(request.POST.get("people", "")),
            words=request.POST.get("beside_words", ""),
            by=request.actor,
            command=command,
        )

    told = {
        TaskKind.DELEGATED: _("%(number)s 已委派，对方办好后回到您这里。"),
        TaskKind.COSIGN: _("%(number)s 已送加签，全部签好后回到您这里。"),
        TaskKind.READ: _("%(number)s 已送传阅，不影响继续办理。"),
    }
    return carried_out(request, number, act, told[kind], stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def answer(request: Known, number: str, task: int) -> HttpResponse:
    """Answer what a colleague asked."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        words = request.POST.get("beside_words", "")
        beside.answer(one.case.id, task, words=words, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已答复。"))


@late.comes_back(again="desk:case", by=_CASE)
@staff()
@require_POST
def call_off(request: Known, number: str, task: int) -> HttpResponse:
    """Ask no longer; one's own task opens again."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        beside.call_off(one.case.id, task, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 的委派或加签已取消，由您继续办理。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def send_back(request: Known, number: str, task: int) -> HttpResponse:
    """Send a task back to a step that was done before."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        node = request.POST.get("back_to", "")
        known = {key for work in one.works if work.task.id == task for key, _title in work.back}
        if node not in known:
            raise Incomplete([("back_to", _("请选择退回到哪个环节"))])
        reason = request.POST.get("back_reason", "")
        returning.send_back(one.case.id, task, node, reason=reason, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已退回。"))


@late.comes_back(again="desk:case", by=_CASE)
@staff()
@require_POST
def take_back(request: Known, number: str) -> HttpResponse:
    """Take back what one has just done."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        returning.take_back(one.case.id, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已收回，由您继续办理。"), stay=True)


def _people(text: str) -> list[Account]:
    try:
        return colleagues.named(text)
    except Refused as refused:
        raise Incomplete([("people", str(refused))]) from refused
