"""Recording that papers of a case were delivered 送达登记."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.cases import delivering
from yizhan.cases.delivering import Delivery
from yizhan.cases.dossier import Dossier
from yizhan.cases.refusals import Incomplete
from yizhan.desk import late
from yizhan.desk.views.acts import carried_out
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known


@late.comes_back(shown_at="desk:case", by=("number",))
@staff()
@require_POST
def record(request: Known, number: str) -> HttpResponse:
    """Record a delivery."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        what = Delivery(
            request.POST.getlist("delivered"),
            request.POST.get("delivered_how", ""),
            _day(request.POST.get("delivered_on", "")),
            request.POST.get("delivery_words", ""),
        )
        delivering.record(one.case.id, what, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已登记送达。"), stay=True)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise Incomplete([("delivered_on", _("日期须写成 2026-11-20 的样子"))]) from wrong
