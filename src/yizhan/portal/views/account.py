"""Coming in with a phone, and saying who one is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.cases import drafts
from yizhan.cases.mine import cases_of
from yizhan.identity import accounts, phone_code, sessions
from yizhan.identity.doors import citizen, public, signed_in
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Request
from yizhan.notices import login_code
from yizhan.registry import finding
from yizhan.registry.finding import Outcome
from yizhan.registry.links import person_of

_PHONE = "login phone"


@public
@require_http_methods(["GET", "POST"])
def login(request: Request) -> HttpResponse:
    """Ask for a code; then the code is typed on the next page."""
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
    context = {"phone": phone, "error": error, "next": _next(request)}
    return render(request, "portal/account/login.jinja", context, status=422 if error else 200)


@public
@require_http_methods(["GET", "POST"])
def code(request: Request) -> HttpResponse:
    """Type the code."""
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
    context = {"phone": phone, "error": error, "next": _next(request)}
    return render(request, "portal/account/code.jinja", context, status=422 if error else 200)


@signed_in
@require_POST
def logout(request: Request) -> HttpResponse:
    """Leave."""
    sessions.log_out(request)
    messages.success(request, _("您已退出登录。"))
    return redirect("portal:home")


@citizen
@require_http_methods(["GET", "POST"])
def real_name(request: Request, code: str = "") -> HttpResponse:
    """Say who one is 实名核验: name and number must match the register."""
    error = ""
    name, number = request.POST.get("name", "").strip(), request.POST.get("number", "").strip()
    if request.method == "POST":
        match = finding.match_real_name(request.user, name, number)
        if match:
            accounts.verify_real_name(request.user, name, number, matched=True)
            messages.success(request, _("实名核验成功。"))
            return redirect("portal:begin", code) if code else redirect("portal:mine")
        error = _REFUSED.get(match.outcome, _NO_MATCH)()
    context = {"name": name, "number": number, "error": error, "code": code}
    return render(request, "portal/account/real_name.jinja", context, status=422 if error else 200)


def _no_match() -> str:
    return _("姓名与证件号码和人口库不一致，请核对后重试；仍不一致的，请到街道窗口办理。")


_NO_MATCH = _no_match
_REFUSED = {
    Outcome.SEVERAL: lambda: _("人口库中有重号，请携带证件到街道窗口办理。"),
    Outcome.TAKEN: lambda: _("此身份已绑定其他账号，请用原手机号登录，或到街道窗口办理。"),
    Outcome.TOO_MANY: lambda: _("今日核验次数已用完，请明天再试，或到街道窗口办理。"),
}


@citizen
def mine(request: Request) -> HttpResponse:
    """What is mine: cases, drafts, my details 我的办事."""
    context = {
        "cases": cases_of(request.actor),
        "drafts": drafts.of(request.actor),
        "known": person_of(request.user) is not None,
    }
    return render(request, "portal/account/mine.jinja", context)


def _next(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or "/my"
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/my"


def _with_next(request: HttpRequest, name: str) -> str:
    return reverse(name, query={"next": _next(request)})
