"""Companies at the desk 企业档案: a list of those in one's areas, and one company on one page 一企一档."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from yizhan.cases import lookup
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import company_file
from yizhan.registry.faults import NotHere
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
    try:
        file = company_file.read(subject, purpose=company_file.public())
    except NotHere as missing:
        raise Http404 from missing
    context = {"file": file, "cases": lookup.of_subjects([subject]).get(subject, [])}
    return render(request, "desk/register/company.jinja", context)


companies_urls = [
    path("register/companies", index, name="companies"),
    path("register/companies/<str:uscc>", company, name="company"),
]
