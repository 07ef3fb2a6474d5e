"""One field for all: case numbers, items, pages, and persons for a stated reason."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yizhan.cases import catalogue, lookup
from yizhan.codes import lists
from yizhan.desk import late, standing
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import finding
from yizhan.registry.faults import Refused
from yizhan.registry.finding import Candidate
from yizhan.registry.purposes import Reason
from yizhan.ui.navigation import menu

_ITEMS = 12
_LONGEST = 100


@late.comes_back()
@staff()
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """Search; a whole case number leads straight to the case. A POST brings the reason to look for persons."""
    again = late.typed(request) if "q" not in request.GET else None
    typed = again or request.POST
    words = (typed.get("q") or request.GET.get("q", "")).strip()[:_LONGEST]
    cases = lookup.by_number(words) if words else []
    if request.method == "GET" and len(cases) == 1 and cases[0].number == words.upper():
        return redirect("desk:case", cases[0].number)
    persons, error = _persons(request, words)
    context = {
        "words": words,
        "cases": cases,
        "items": catalogue.search(words)[:_ITEMS] if words else [],
        "pages": [one for one in menu("desk", request) if words and words in str(one.entry.label)],
        "may_ask": standing.looks_for_people(request),
        "persons": persons,
        "of_persons": lookup.of_subjects([one.subject for one in persons]) if persons else {},
        "reason": typed.get("reason", ""),
        "again": again is not None,
        "typed_by": late.mark(request),
        "error": error,
        "sex": _sex,
    }
    return render(request, "desk/search.jinja", context, status=422 if error else 200)


def _persons(request: Known, words: str) -> tuple[list[Candidate] | None, str]:
    """Persons inside one's areas; None when nobody asked for them, and why they are not shown."""
    if request.method != "POST" or not words:
        return None, ""
    try:
        return finding.search(words, purpose=Reason(request.POST.get("reason", ""))), ""
    except Refused as refused:
        return None, str(refused)


def _sex(code: str) -> str:
    try:
        return lists.name_of("sex", code)
    except lists.UnknownCode:
        return code
