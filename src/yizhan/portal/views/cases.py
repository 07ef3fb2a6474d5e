"""A case as the applicant sees it: receipt, progress, supplement, withdrawal, papers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.cases import ending, mine, progress, supplements
from yizhan.cases.models import Case
from yizhan.cases.refusals import Incomplete, Refusal
from yizhan.identity.doors import citizen, public
from yizhan.identity.middleware import Request
from yizhan.portal import pace
from yizhan.records import papers, serving
from yizhan.records.models import Paper

_QUERIES_AN_HOUR = 30


@citizen
def receipt(request: Request, number: str) -> HttpResponse:
    """What was handed in, and how to follow it 收件回执."""
    return render(request, "portal/cases/receipt.jinja", {"case": _case(number)})


@citizen
def case(request: Request, number: str) -> HttpResponse:
    """One's own case, whole."""
    found = _case(number)
    context = {
        "case": found,
        "moments": progress.timeline(found),
        "deadlines": progress.deadlines(found),
        "answers": mine.answers(found),
        "papers": papers.of_owner(f"case:{found.number}"),
        "command": uuid.uuid4(),
        "withdrawable": mine.may_withdraw(found),
    }
    return render(request, "portal/cases/case.jinja", context)


@public
@require_http_methods(["GET", "POST"])
def query(request: Request) -> HttpResponse:
    """Progress by number and last four, without logging in 办件进度."""
    number = request.POST.get("number", "").strip().upper()
    tail = request.POST.get("tail", "").strip().upper()
    error, found = "", None
    if request.method == "POST":
        pace.count(request, "progress", most=_QUERIES_AN_HOUR)
        found = mine.by_number(number, tail)
        error = "" if found else _("没有查到。请核对受理编号，以及手机号或证件号码的后四位。")
    context = {
        "number": number,
        "tail": tail,
        "error": error,
        "case": found,
        "moments": progress.timeline(found) if found else [],
    }
    return render(request, "portal/cases/query.jinja", context, status=422 if error else 200)


@citizen
@require_http_methods(["GET", "POST"])
def supplement(request: Request, number: str) -> HttpResponse:
    """Answer what was found missing 补正."""
    found = _case(number)
    answering = mine.Answering(found)
    faults = []
    if request.method == "POST":
        reading = answering.read(request)
        faults = reading.faults
        if reading.ok:
            try:
                command = uuid.UUID(request.POST.get("command", ""))
                supplements.answer(found.id, data=reading.data, by=request.actor, command=command)
            except ValueError as wrong:
                raise Http404 from wrong
            except Incomplete as incomplete:
                faults = answering.faults(reading.data, incomplete)
            except Refusal as refusal:
                messages.error(request, refusal.message)
                return redirect("portal:case", number)
            else:
                messages.success(request, _("补正内容已提交，受理期限重新计算。"))
                return redirect("portal:case", number)
        answering.data = reading.data
    context = {
        "case": found,
        "asked": found.supplement,
        "sheet": answering.sheet(faults),
        "command": request.POST.get("command") or uuid.uuid4(),
    }
    return render(request, "portal/cases/supplement.jinja", context, status=422 if faults else 200)


@citizen
@require_POST
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take a case back."""
    try:
        ending.withdraw(_case(number).id, by=request.actor, command=uuid.UUID(request.POST.get("command", "")))
    except ValueError as wrong:
        raise Http404 from wrong
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("申请已撤回。如仍需办理，可以重新申请。"))
    return redirect("portal:case", number)


@citizen
def paper(request: Request, number: str, paper: uuid.UUID) -> HttpResponseBase:
    """A paper of one's own case."""
    found = Paper.objects.filter(id=paper, owner=f"case:{_case(number).number}").select_related("file").first()
    if found is None:
        raise Http404
    return serving.response(found.file)


def _case(number: str) -> Case:
    """A case that the scope shows; any other does not exist."""
    case = Case.objects.select_related("item", "decision", "supplement", "acceptance", "closure")
    found = case.filter(number=number).first()
    if found is None:
        raise Http404
    return found
