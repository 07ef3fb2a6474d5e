"""Verifying a paper by its code, for anybody who holds it 文书核验."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yizhan.identity.doors import public
from yizhan.portal import pace
from yizhan.records import papers

_AN_HOUR = 60


@public
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    code = request.GET.get("code", "").strip()
    if code:
        return redirect("portal:verified", code[:60])
    return render(request, "portal/verify/ask.jinja", {})


@public
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What the code says; with the file, whether it is the one that was issued."""
    pace.count(request, "verify", most=_AN_HOUR)
    upload = request.FILES.get("file")
    matches = papers.matches(code, upload) if upload else None
    context = {"found": papers.verify(code), "code": code, "matches": matches}
    return render(request, "portal/verify/show.jinja", context)
