"""Laws and policies for everybody 法规政策: found by title or number, with what the district's items take from them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from yizhan.cases import resting
from yizhan.portal.doors import shared
from yizhan.registry import law_file
from yizhan.registry.faults import NotHere
from yizhan.registry.law_asking import asked_by


@shared
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The laws that fit what was asked, by rank and title; a page at a time."""
    asking = asked_by(request.GET)
    context = {
        **asking.context,
        "rests": resting.many(one.code for one in asking.found),
    }
    return render(request, "portal/laws/index.jinja", context, status=422 if asking.wrong else 200)


@shared
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One law: what is on record, which articles are cited, and by what."""
    try:
        file = law_file.read(code)
    except NotHere:
        raise Http404 from None
    context = {"file": file, "articles": resting.by_article(file.law)}
    return render(request, "portal/laws/show.jinja", context)


laws_urls = [path("laws", index, name="laws"), path("laws/<str:code>", show, name="law")]
