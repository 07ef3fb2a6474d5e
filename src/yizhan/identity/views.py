"""The pages of logging in: allauth's flows, told to the house's sessions, and a few of our own."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from yizhan import journal
from yizhan.identity import accounts, presences
from yizhan.identity.faults import Refused
from yizhan.identity.forms import ChoosePassword
from yizhan.identity.middleware import Request, stand
from yizhan.identity.models import Account, Presence

logout = account.logout
security = mfa.index
recovery_codes = recovery.view_recovery_codes
make_recovery_codes = recovery.generate_recovery_codes


_LONGEST_NUMBER = 19  # digits of the largest number that is a key, and one more


class _OurSite:
    """allauth hands templates a ``site`` of its own; the layout's is the house's."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Without it."""
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]  # allauth's view has it
        context.pop("site", None)
        return context


class Login(_OurSite, account.LoginView):  # type: ignore[misc]  # allauth is untyped
    """User name and password."""


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]  # allauth is untyped
    """A new password, by the present one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An account without one gets its first by a set-up link only."""
        user = cast(Account, request.user)
        if not user.has_usable_password():
            messages.info(request, _("此账户还没有密码。需要密码时，请联系系统管理员生成开通链接"))
            return redirect("mfa_index")
        return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))


class Inactive(_OurSite, account.AccountInactiveView):  # type: ignore[misc]  # allauth is untyped
    """The account is closed."""


class Authenticate(_OurSite, mfa.AuthenticateView):  # type: ignore[misc]  # allauth is untyped
    """The second factor."""


class _Proves:
    """A page on which the person proves again who they are."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Note the proof, then go back to what waited for it."""
        presences.prove(_presence(self.request))
        return cast(HttpResponse, super().form_valid(form))  # type: ignore[misc]  # allauth's view has it


class Reauthenticate(_Proves, account.ReauthenticateView):  # type: ignore[misc]  # allauth is untyped
    """By password."""


class ReauthenticateByFactor(_Proves, mfa.ReauthenticateView):  # type: ignore[misc]  # allauth is untyped
    """By a code of the second factor."""


class ActivateFactor(totp.ActivateTOTPView):  # type: ignore[misc]  # allauth is untyped
    """Set up an authenticator; the session owes it no more."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and let the session go on."""
        response = cast(HttpResponse, super().form_valid(form))
        presence = _presence(self.request)
        presences.settle(presence)
        journal.write("second_factor.set", subject=presence.account.subject, actor=presence.account.subject)
        return response


class ReplaceFactor(totp.DeactivateTOTPView):  # type: ignore[misc]  # allauth is untyped
    """Give an authenticator up for another one: until that is set up, the session can do nothing else."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the old one away and lead on to the new."""
        super().form_valid(form)
        presence = _presence(self.request)
        presences.settle(presence)
        journal.write(
            "second_factor.removed", subject=presence.account.subject, actor=presence.account.subject
        )
        return redirect("mfa_activate_totp")


login = Login.as_view()
change_password = ChangePassword.as_view()
inactive = Inactive.as_view()
authenticate = Authenticate.as_view()
reauthenticate = Reauthenticate.as_view()
reauthenticate_by_factor = ReauthenticateByFactor.as_view()
activate_factor = ActivateFactor.as_view()
replace_factor = ReplaceFactor.as_view()


@never_cache
@sensitive_post_parameters("password", "again")
@sensitive_variables("secret")
def set_up(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose the first password by a set-up link 账户开通."""
    invited = accounts.behind_set_up_link(secret)
    if invited is None:
        return render(request, "identity/link_gone.jinja", status=410)
    form = ChoosePassword(request.POST or None, account=invited)
    if form.is_valid():
        accounts.set_up(secret, form.cleaned_data["password"])
        messages.success(request, _("密码已设置，请登录"))
        return redirect("account_login")
    return render(request, "identity/set_up.jinja", {"form": form, "invited": invited})


@never_cache
@require_GET
def my_sessions(request: Request) -> HttpResponse:
    """Where one is signed in 登录设备."""
    presence = _presence(request)
    return render(
        request,
        "identity/sessions.jinja",
        {"presences": list(presences.of(presence.account)), "present": presence},
    )


@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """End one other session, or all others."""
    presence = _presence(request)
    wanted = request.POST.get("session", "")
    if wanted:
        for other in (
            presences.of(presence.account).filter(key__startswith=wanted).exclude(key=presence.key)[:1]
        ):
            presences.end(other)
        messages.success(request, _("该设备已退出登录"))
    else:
        number = presences.end_all(presence.account, but=presence)
        messages.success(request, _("其他设备已全部退出登录（%(n)s 个）") % {"n": number})
    return redirect("staff_sessions")


@require_POST
def change_post(request: Request) -> HttpResponse:
    """Go on in another post, or for another person 切换岗位: ``appointment:7`` or ``delegation:3``."""
    kind, _colon, number = request.POST.get("as", "").partition(":")
    try:
        if kind not in {"appointment", "delegation"} or not (
            number.isdecimal() and len(number) < _LONGEST_NUMBER
        ):
            raise Refused(_("请选择一个岗位"))
        presences.act_as(_presence(request), **{kind: int(number)})
    except Refused as refused:
        messages.error(request, str(refused))
    stand(request)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # What does not begin with / would be taken for the name of a view.
    return wanted if ours and wanted.startswith("/") else settings.LOGIN_REDIRECT_URL


def _presence(request: HttpRequest) -> Presence:
    return cast(Presence, cast(Request, request).standing.presence)
