"""Recording that papers of a case were delivered 送达登记."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.cases import delivering
from yizhan.cases.delivering import Delivery
from yizhan.cases.dossier import Dossier
from yizhan.desk import late
from yizhan.desk.typed_day import day
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
            day(request.POST.get("delivered_on", ""), place="delivered_on"),
            request.POST.get("delivery_words", ""),
        )
        delivering.record(one.case.id, what, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已登记送达。"), stay=True)
