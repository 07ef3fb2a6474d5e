"""A case as the applicant sees it: receipt, progress, withdrawal, papers and files."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.cases import dossier, ending, follow_ups, mine, progress, urging
from yizhan.cases.dossier import Dossier
from yizhan.cases.refusals import NotYours, Refusal
from yizhan.identity.doors import public
from yizhan.identity.middleware import Known, Request
from yizhan.journal import access
from yizhan.portal import late, pace, standing, words
from yizhan.portal.doors import own
from yizhan.publishing import reading as published
from yizhan.records import papers, serving
from yizhan.voice import asking, invitation, rating

_QUERIES_AN_HOUR = 30
_QUERIES_OF_ONE_AN_HOUR = 20  # four digits are quickly guessed by many together
_LONGEST_NUMBER, _TAIL = 40, 4
_POINT = 4  # pixels of one point of the code to scan


@own
def receipt(request: Known, number: str) -> HttpResponse:
    """What was handed in, and how to follow it 收件回执."""
    found = opened(request, number)
    follow = settings.PUBLIC_ADDRESS + reverse("portal:progress", query={"number": number})
    context = {
        "case": found.case,
        "moments": found.moments,
        "terms": found.terms,
        "code": _code(follow),
        "rating_code": _rating_code(request, found),
        "words": words,
    }
    return render(request, "portal/cases/receipt.jinja", context)


@own
def case(request: Known, number: str) -> HttpResponse:
    """One's own case, whole."""
    found = opened(request, number)
    context = {
        "dossier": found,
        "case": found.case,
        "steps": standing.steps(found.case),
        "answers": found.application.answers(lambda file: reverse("portal:file", args=[number, file])),
        "result": standing.result(found),
        "command": uuid.uuid4(),
        "withdrawable": mine.may_withdraw(found.case),
        "urgeable": found.may.urge,
        "rating": asking.given(found.case),
        "rating_awaited": rating.awaited(found.case, by=request.actor),
        "shown": published.up_of(found.case),
        "coming": follow_ups.coming(found.case) if found.lapse is None else None,
        "words": words,
    }
    return render(request, "portal/cases/case.jinja", context)


@own
def clocks(request: Known, number: str) -> JsonResponse:
    """The limits of one's own case for programs: each with its explanation, day by day."""
    return JsonResponse(
        opened(request, number).clocks, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


@public
@require_http_methods(["GET", "POST"])
def query(request: Request) -> HttpResponse:
    """Progress by number and last four, without logging in 办件进度; a receipt's code brings the number."""
    sent = request.POST if request.method == "POST" else request.GET
    number = _typed(sent.get("number", ""), _LONGEST_NUMBER)
    tail = _typed(request.POST.get("tail", ""), _TAIL)
    errors: list[tuple[str, str]] = []
    found = None
    if request.method == "POST":
        errors = _missing(number, tail)
        if not errors:
            pace.count(request, "progress", most=_QUERIES_AN_HOUR)
            pace.count(request, "progress of", at=number, most=_QUERIES_OF_ONE_AN_HOUR)
            found = mine.by_number(number, tail)
            if found is None:
                errors = [("number", _("没有查到。请核对受理编号，以及手机号或证件号码的后四位。"))]
            else:
                access.saw([found.subject], ["progress"], purpose=f"case:{found.number}")
    context = {
        "number": number,
        "tail": tail,
        "errors": errors,
        "case": found,
        "steps": standing.steps(found) if found else None,
        "moments": progress.timeline(found) if found else [],
        "words": words,
    }
    return render(request, "portal/cases/query.jinja", context, status=422 if errors else 200)


@late.comes_back(again="portal:case")
@own
@require_POST
def withdraw(request: Known, number: str) -> HttpResponse:
    """Take a case back."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        ending.withdraw(one.case.id, by=request.actor, command=command)

    return _carried_out(request, number, act, _("申请已撤回。如仍需办理，可以重新申请。"))


@late.comes_back(again="portal:case")
@own
@require_POST
def urge(request: Known, number: str) -> HttpResponse:
    """Urge whoever has the case to handle 催办."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        urging.urge(one.case.id, by=request.actor, command=command)

    return _carried_out(request, number, act, _("已提醒办理人员尽快办理。"))


def _carried_out(
    request: Known, number: str, act: Callable[[Dossier, uuid.UUID], None], told: str
) -> HttpResponse:
    """Carry a command out; the case's page says what came of it."""
    try:
        command = uuid.UUID(request.POST.get("command", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    try:
        act(opened(request, number), command)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, told)
    return redirect("portal:case", number)


@own
def paper(request: Known, number: str, paper: uuid.UUID) -> HttpResponseBase:
    """A paper of one's own case."""
    found = papers.file_of(paper, owner=f"case:{opened(request, number).case.number}")
    if found is None:
        raise Http404
    return serving.response(found)


@own
def file(request: Known, number: str, file: uuid.UUID) -> HttpResponseBase:
    """A file that one sent with the application."""
    found = opened(request, number).file(file)
    if found is None:
        raise Http404
    return serving.response(found)


def opened(request: Known, number: str) -> Dossier:
    """A case that the scope shows; any other does not exist.

    Raises:
        Http404: there is none.
    """
    try:
        return dossier.open_(words.plain(number, _LONGEST_NUMBER), by=request.actor)
    except NotYours as nobodys:
        raise Http404 from nobodys


def _rating_code(request: Known, found: Dossier) -> str:
    """A code that lets whoever holds the receipt rate the case; none before its end or after its rating."""
    if not rating.awaited(found.case, by=request.actor):
        return ""
    rate = reverse("portal:rate_by_token", args=[invitation.token(found.case)])
    return _code(settings.PUBLIC_ADDRESS + rate)


def _code(address: str) -> str:
    """An address as a code to scan."""
    return segno.make(address, error="m").svg_data_uri(scale=_POINT, border=2)


def _typed(text: str, longest: int) -> str:
    """What somebody typed, in capitals of ordinary width; signs that no number has are left out."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign.isalnum() or sign == "-")[:longest]


def _missing(number: str, tail: str) -> list[tuple[str, str]]:
    errors = []
    if not number:
        errors.append(("number", _("请填写受理编号，在收件回执和短信里都有")))
    if len(tail) < _TAIL:
        errors.append(("tail", _("请填写手机号或证件号码的后四位")))
    return errors
