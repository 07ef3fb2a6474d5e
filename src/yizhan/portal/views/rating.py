"""Rating a case 评价: by the applicant, or by whoever holds the token of its receipt."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizhan.cases.models import Case
from yizhan.identity.doors import public
from yizhan.identity.middleware import Known, Request
from yizhan.portal import late, pace
from yizhan.portal.doors import own
from yizhan.voice import asking, invitation, rating
from yizhan.voice.asking import Sheet
from yizhan.voice.grades import Grade, remarks
from yizhan.voice.models import Channel, Rating
from yizhan.voice.refusals import NotEnded, NotYours, Refused

_TOKENS_AN_HOUR = 60


@late.comes_back()
@own
@require_http_methods(["GET", "POST"])
def rate(request: Known, number: str) -> HttpResponse:
    """Rate one's own case, or see what was said and answered."""
    case = _case(number)
    given = rating.of(case)
    back = reverse("portal:case", args=[case.number])
    if given is not None:
        return _shown(request, case, given, back)
    sent = late.typed(request) or request.POST
    sheet = Sheet.read(case, sent)
    if request.method == "POST":
        try:
            given = sheet.rate(by=request.actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        if given is not None:
            messages.success(request, asking.thanks(given))
            return redirect("portal:rate", case.number)
    return _asked(request, sheet, back, kept=request.method == "GET" and bool(sent))


@public
@never_cache
@require_http_methods(["GET", "POST"])
def by_token(request: Request, token: str) -> HttpResponse:
    """Rate the case of a receipt, once, without logging in."""
    pace.count(request, "rating", most=_TOKENS_AN_HOUR)
    try:
        case = invitation.admit(token, by=request.actor)
    except NotEnded:
        return _no_form(request, "early", asking.too_early(), "portal:progress", 200)
    except NotYours:
        return _no_form(request, "staff", asking.not_for_staff(), "portal:home", 403)
    if case is None:
        return _no_form(request, "spent", asking.spent(), "portal:mine", 404)
    sheet = Sheet.read(case, request.POST)
    if request.method == "POST":
        try:
            given = sheet.rate(by=request.actor, channel=Channel.LINK)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("portal:home")
        if given is not None:
            messages.success(request, asking.thanks(given))
            return redirect("portal:rate_thanks")
    return _asked(request, sheet, reverse("portal:home"))


@public
def thanks(request: Request) -> HttpResponse:
    """After a rating without logging in."""
    context = {"title": asking.title(), "home": reverse("portal:home")}
    return render(request, "portal/rating/thanks.jinja", context)


def _asked(request: Request, sheet: Sheet, back: str, *, kept: bool = False) -> HttpResponse:
    context = {"sheet": sheet, "back": back, "kept": kept}
    return render(request, "portal/rating/rate.jinja", context, status=422 if sheet.fault else 200)


def _no_form(request: Request, why: str, title: str, onward: str, status: int) -> HttpResponse:
    """A page that says why this token asks nothing now, and where to go."""
    context = {"why": why, "title": title, "onward": reverse(onward)}
    return render(request, "portal/rating/no_form.jinja", context, status=status)


def _shown(request: Request, case: Case, given: Rating, back: str) -> HttpResponse:
    context = {
        "title": asking.title(),
        "item": str(case.item),
        "rating": given,
        "grade": str(Grade(given.grade).label),
        "remarks": remarks(given.remarks),
        "redress": getattr(given, "redress", None),
        "back": back,
    }
    return render(request, "portal/rating/rated.jinja", context)


def _case(number: str) -> Case:
    """A case that the scope shows; any other does not exist."""
    found = None
    if "\0" not in number:
        found = Case.objects.select_related("item").filter(number=number).first()
    if found is None:
        raise Http404
    return found


rating_urls = [
    path("cases/<str:number>/rating", rate, name="rate"),
    path("rate/thanks", thanks, name="rate_thanks"),
    path("rate/<str:token>", by_token, name="rate_by_token"),
]
