"""What the resident takes home, and what the clerk does next."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from yizhan.cases import progress, windows
from yizhan.cases.models import Case
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Account, Unit
from yizhan.station.who import CLERK
from yizhan.ui.addressing import link, url

_POINT = 4  # pixels of one point of the code to scan, at 96 to the inch


@staff(CLERK)
def done(request: Known, number: str) -> HttpResponse:
    """Handed in: decided on the spot, or where it goes from here."""
    case = _received(number)
    context = {"case": case, "moments": progress.timeline(case)}
    return render(request, "station/done.jinja", context)


@staff(CLERK)
def receipt(request: Known, number: str) -> HttpResponse:
    """The receipt on one sheet of A4 收件回执, with a code to scan."""
    case = _received(number)
    follow = settings.PUBLIC_ADDRESS + (link("portal:progress") or url("ui:keys"))
    context = {
        "case": case,
        "item": case.item.definition,
        "unit": Unit.objects.filter(code=case.unit).first(),
        "window": Unit.objects.filter(code__in=case.units[:1]).first(),
        "clerk": Account.objects.filter(id=case.received_by or 0).first(),
        "follow": follow,
        "code": segno.make(f"{follow}?number={case.number}", error="m").svg_data_uri(scale=_POINT, border=2),
    }
    return render(request, "station/receipt.jinja", context)


def _received(number: str) -> Case:
    case = windows.received(number)
    if case is None:
        raise Http404
    return case
