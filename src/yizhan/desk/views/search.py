"""One field for all: cases, companies, addresses, services, pages; and persons for a stated reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhan.codes import lists
from yizhan.desk import finding, late, standing
from yizhan.desk.finding import LONGEST, OfPersons
from yizhan.desk.tables import taken_away
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.registry.faults import Refused
from yizhan.registry.finding import Candidate
from yizhan.registry.purposes import Purpose, Reason


@late.comes_back()
@staff()
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """Search; a whole case number leads straight to the case. A POST brings the reason to look for persons."""
    again = late.typed(request) if "q" not in request.GET else None
    typed = again or request.POST
    words = (typed.get("q") or request.GET.get("q", "")).strip()[:LONGEST]
    found = finding.anything(request, words)
    if request.method == "GET" and len(found.cases) == 1 and found.cases[0].number == words.upper():
        return redirect("desk:case", found.cases[0].number)
    of_persons, error = _of_persons(request, words)
    context = {
        "words": words,
        "found": found,
        "may_ask": standing.looks_for_people(request),
        "of": of_persons,
        "reason": typed.get("reason", ""),
        "again": again is not None,
        "typed_by": late.mark(request),
        "error": error,
        "sex": _sex,
        "hows": _hows(),
    }
    return render(request, "desk/search.jinja", context, status=422 if error else 200)


@staff()
@require_GET
def live(request: Known) -> HttpResponse:
    """What comes while somebody types: a part of a page, and never a person."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = finding.anything(request, words, typing=True)
    context = {"words": words, "found": found, "may_ask": standing.looks_for_people(request)}
    return render(request, "desk/search-live.jinja", context)


@staff()
@require_POST
@recently_authenticated
def export(request: Known) -> HttpResponse:
    """Take away who was found, as the list shows them: an act of its own, proved, counted, and one line in the log."""
    words = request.POST.get("q", "").strip()[:LONGEST]
    try:
        purpose = Reason(request.POST.get("reason", ""))
        found = finding.to_take_away(words, purpose)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(reverse("desk:search", query={"q": words}))
    return listed(request, purpose, found)


def listed(request: Known, purpose: Purpose, found: Sequence[tuple[Candidate, str]]) -> HttpResponse:
    """Persons, each with the name of where she lives, as the table that is taken away."""
    head = [_("姓名"), _("曾用名"), _("性别"), _("出生日期"), _("证件号码"), _("居住地")]
    rows = [
        (one.name, one.former_name, _sex(one.sex), one.born, one.id_number, place) for one, place in found
    ]
    return taken_away(request.actor, purpose, head, rows, "persons.csv")


def _of_persons(request: Known, words: str) -> tuple[OfPersons | None, str]:
    """What a person's name leads to; None when nobody asked for it, and why it is not shown."""
    if request.method != "POST" or not words:
        return None, ""
    try:
        return finding.of_persons(words, Reason(request.POST.get("reason", ""))), ""
    except Refused as refused:
        return None, str(refused)


def _hows() -> dict[str, str]:
    """Why somebody stands in the list whose name is not the one that was typed."""
    return {
        "sound": _("姓名读音相近"),
        "near": _("姓名差一字"),
        "near_number": _("证件号码相近"),
        "address": _("住址相符"),
    }


def _sex(code: str) -> str:
    try:
        return lists.name_of("sex", code)
    except lists.UnknownCode:
        return code
