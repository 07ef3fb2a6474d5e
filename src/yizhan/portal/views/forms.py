"""Application forms as PDF 申请表: a blank one for everybody, what one filed oneself for whoever filed it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path

from yizhan.cases import catalogue, printed_form
from yizhan.cases.models import Item
from yizhan.identity.middleware import Known, Request
from yizhan.portal import pace
from yizhan.portal.doors import own, shared
from yizhan.portal.views.cases import opened
from yizhan.records import serving
from yizhan.ui.language import in_english

_SET_AN_HOUR = 60


@shared
def blank(request: Request, code: str) -> HttpResponse:
    """An item's blank form; on English pages with the English beneath the Chinese."""
    try:
        item = catalogue.get(code)
    except Item.DoesNotExist as missing:
        raise Http404 from missing
    if not printed_form.is_applied_for(item.definition):
        raise Http404
    return serving.made(
        request,
        lambda: printed_form.blank(
            item.release_id,
            item.code,
            two_languages=in_english(),
            first=lambda: pace.count(request, "blank form", most=_SET_AN_HOUR),
        ),
    )


@own
def filled(request: Known, number: str) -> HttpResponse:
    """The form of one's own case, as it was filed last."""
    found = opened(request, number)
    if found.case.channel == "house":
        raise Http404
    pace.count(request, "own form", at=str(request.user.pk), most=_SET_AN_HOUR)
    return serving.made(request, lambda: printed_form.filled(found.application, two_languages=in_english()))


forms_urls = [
    path("items/<slug:code>/form.pdf", blank, name="blank_form"),
    path("cases/<str:number>/form.pdf", filled, name="filed_form"),
]
