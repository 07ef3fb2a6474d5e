"""What whoever coordinates an item does with a case 统筹: departments, urging, ending, going on after the end."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.cases import ending, joining, urging
from yizhan.cases.dossier import Dossier
from yizhan.cases.refusals import Incomplete
from yizhan.desk import late
from yizhan.desk.views.acts import carried_out
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known

_CASE = ("number",)
_MOST_DIGITS = 4


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def urge(request: Known, number: str) -> HttpResponse:
    """Urge whoever has something to do."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        words = request.POST.get("urging_words", "")
        urging.urge(one.case.id, words=words, by=request.actor, command=command)

    return carried_out(request, number, act, _("已催办 %(number)s。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def add(request: Known, number: str) -> HttpResponse:
    """One more department takes part."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        joining.add(
            one.case,
            request.POST.get("node", ""),
            request.POST.get("unit", ""),
            reason=request.POST.get("joining_reason", ""),
            by=request.actor,
            command=command,
        )

    return carried_out(request, number, act, _("%(number)s 已增加会办单位。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def remove(request: Known, number: str) -> HttpResponse:
    """A department takes part no longer."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        index = request.POST.get("index", "")
        if not (index.isdecimal() and len(index) <= _MOST_DIGITS):
            raise Incomplete([("index", _("请选择要撤出的单位"))])
        joining.remove(
            one.case,
            request.POST.get("node", ""),
            int(index),
            reason=request.POST.get("leaving_reason", ""),
            by=request.actor,
            command=command,
        )

    return carried_out(request, number, act, _("%(number)s 已撤出该会办单位。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def terminate(request: Known, number: str) -> HttpResponse:
    """The organ ends the case."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        reason = request.POST.get("ending_reason", "")
        ending.terminate(one.case.id, reason=reason, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已终止办理。"), stay=True)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def reopen(request: Known, number: str) -> HttpResponse:
    """A case that had ended goes on."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        node = request.POST.get("reopen_at", "")
        if node not in {place.key for place in ending.places(one.case)}:
            raise Incomplete([("reopen_at", _("请选择从哪个环节重新办理"))])
        reason = request.POST.get("reopening_reason", "")
        ending.reopen(one.case.id, node, reason=reason, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已重新办理。"), stay=True)
