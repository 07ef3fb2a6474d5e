"""Coming in with a phone 手机号登录, and leaving."""

from __future__ import annotations

from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.identity import phone_code, sessions
from yizhan.identity.doors import public, signed_in
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Known, Request
from yizhan.notices import login_code
from yizhan.portal import late
from yizhan.portal.doors import View
from yizhan.portal.visitors import resident
from yizhan.ui.errors import csrf_failure

_PHONE = "login phone"
_AFTER = "/my"


def _going_on(view: View) -> View:
    """Of two clicks on the log-in, the second finds its token changed by the first: it goes on like it."""

    @csrf_exempt  # the token is looked at here
    @wraps(view)
    def answer(request: Request) -> HttpResponseBase:
        wrong = late.wrong_token(request) if request.method == "POST" else ""
        if wrong and resident(request) and late.sent_from_here(request):
            return redirect(_next(request))
        return csrf_failure(request, wrong) if wrong else view(request)

    return answer


@_going_on
@public
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: Request) -> HttpResponse:
    """Ask for a code; then the code is typed on the next page."""
    if resident(request):
        return redirect(_next(request))
    error = ""
    phone = request.POST.get("phone", "").strip()
    if request.method == "POST":
        try:
            login_code.send_code(phone, address=sessions.address_of(request))
        except (Refused, login_code.CodeNotSent) as fault:
            error = str(fault)
        else:
            request.session[_PHONE] = phone
            return redirect(_with_next(request, "portal:login_code"))
    context = {"phone": phone, "error": error, "next": _next(request), "waits": late.waits(request)}
    return render(request, "portal/account/login.jinja", context, status=422 if error else 200)


@_going_on
@public
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: Request) -> HttpResponse:
    """Type the code."""
    if resident(request):
        return redirect(_next(request))
    phone = request.session.get(_PHONE)
    if not phone:
        return redirect(_with_next(request, "portal:login"))
    error = ""
    if request.method == "POST":
        try:
            account = phone_code.redeem(phone, request.POST.get("code", ""))
        except Refused as fault:
            error = str(fault)
        else:
            sessions.log_in(request, account)
            return redirect(_next(request))
    context = {"phone": phone, "error": error, "next": _next(request), "waits": late.waits(request)}
    return render(request, "portal/account/code.jinja", context, status=422 if error else 200)


@late.comes_back(again="portal:home")
@signed_in
@require_POST
def logout(request: Known) -> HttpResponse:
    """Leave."""
    sessions.log_out(request)
    messages.success(request, _("您已退出登录。"))
    return redirect("portal:home")


def _next(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or _AFTER
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    # What does not begin with / would be taken for the name of a view.
    return address if safe and address.startswith("/") else _AFTER


def _with_next(request: HttpRequest, name: str) -> str:
    return reverse(name, query={"next": _next(request)})
