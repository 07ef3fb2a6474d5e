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
from yizhan.voice import invitation
from yizhan.voice.refusals import NotYours

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
        "moments": progress.timeline(case),
        "unit": Unit.objects.filter(code=case.unit).first(),
        "window": Unit.objects.filter(code__in=case.units[:1]).first(),
        "clerk": Account.objects.filter(id=case.received_by or 0).first(),
        "follow": follow,
        "code": _code(f"{follow}?number={case.number}"),
        "rating_code": _rating_code(case),
    }
    return render(request, "station/receipt.jinja", context)


def _rating_code(case: Case) -> str:
    """A code for the resident to rate with, once the case is decided; only whoever took it in hands it out.

    It is never an address on the clerk's screen, so nobody rates in passing.
    """
    try:
        token = invitation.token(case)
    except NotYours:
        return ""
    rate = link("portal:rate_by_token", token)
    return _code(settings.PUBLIC_ADDRESS + rate) if rate else ""


def _code(address: str) -> str:
    """An address as a code to scan."""
    return segno.make(address, error="m").svg_data_uri(scale=_POINT, border=2)


def _received(number: str) -> Case:
    case = windows.received(number)
    if case is None:
        raise Http404
    return case
