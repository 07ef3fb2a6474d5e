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
from yizhan.portal import pace
from yizhan.portal.doors import own
from yizhan.voice import asking, invitation, rating
from yizhan.voice.asking import Sheet
from yizhan.voice.grades import Grade, remarks
from yizhan.voice.models import Channel, Rating
from yizhan.voice.refusals import Refused

_TOKENS_AN_HOUR = 60


@own
@require_http_methods(["GET", "POST"])
def rate(request: Known, number: str) -> HttpResponse:
    """Rate one's own case, or see what was said and answered."""
    case = _case(number)
    given = rating.of(case)
    back = reverse("portal:case", args=[case.number])
    if given is not None:
        return _shown(request, case, given, back)
    sheet = Sheet.read(case, request.POST) if request.method == "POST" else Sheet(case)
    if request.method == "POST":
        try:
            given = sheet.rate(by=request.actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        if given is not None:
            messages.success(request, asking.thanks(given))
            return redirect("portal:rate", case.number)
    return _asked(request, sheet, back)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def by_token(request: Request, token: str) -> HttpResponse:
    """Rate the case of a receipt, once, without logging in."""
    pace.count(request, "rating", most=_TOKENS_AN_HOUR)
    home = reverse("portal:mine")
    case = invitation.admit(token)
    if case is None:
        context = {"title": asking.spent(), "home": home}
        return render(request, "portal/rating/spent.jinja", context, status=404)
    sheet = Sheet.read(case, request.POST) if request.method == "POST" else Sheet(case)
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


def _asked(request: Request, sheet: Sheet, back: str) -> HttpResponse:
    context = {"sheet": sheet, "back": back}
    return render(request, "portal/rating/rate.jinja", context, status=422 if sheet.fault else 200)


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
