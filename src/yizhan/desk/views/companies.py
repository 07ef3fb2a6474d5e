"""Companies at the desk 企业档案: a list of those in one's areas, and one company on one page 一企一档."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yizhan.cases import lookup
from yizhan.desk import as_of
from yizhan.desk.as_of import AsOf
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import company_file
from yizhan.registry.company_file import CompanyFile
from yizhan.registry.faults import NotHere
from yizhan.registry.keeping import KEEPER
from yizhan.registry.wording import named

_LONGEST = 100
_SHOWN = 50


@staff()
@require_safe
def index(request: Known) -> HttpResponse:
    """Companies whose seat lies in my areas, by a part of their name or the beginning of their code."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    found = company_file.search(words, most=_SHOWN)
    context = {"words": words, "found": found, "most": _SHOWN, "named": named}
    return render(request, "desk/register/companies.jinja", context)


@staff()
@require_safe
def company(request: Known, uscc: str) -> HttpResponse:
    """One company: what is public of it, and the cases about it that I may see."""
    subject = f"entity:{uscc}"
    at = as_of.asked(request.GET)
    try:
        file = company_file.read(subject, purpose=company_file.public(), on=at.day, known_at=at.known_at)
    except NotHere as missing:
        if at.day is None:
            raise Http404 from missing
        at = replace(at, day=None, error=_("登记簿到那一天为止还没有这家企业。"))
        return _not_known_then(request, subject, at)
    return _shown(request, file, at)


def _not_known_then(request: Known, subject: str, at: AsOf) -> HttpResponse:
    try:
        return _shown(request, company_file.read(subject, purpose=company_file.public()), at)
    except NotHere as missing:
        raise Http404 from missing


def _shown(request: Known, file: CompanyFile, at: AsOf) -> HttpResponse:
    cases = [] if at.day else lookup.of_subjects([file.subject]).get(file.subject, [])
    context = {"file": file, "cases": cases, "at": at, "keeps": request.actor.holds(KEEPER)}
    return render(request, "desk/register/company.jinja", context, status=422 if at.error else 200)


companies_urls = [
    path("register/companies", index, name="companies"),
    path("register/companies/<str:uscc>", company, name="company"),
]
