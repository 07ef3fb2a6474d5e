"""How allauth's flows speak with the house."""

from __future__ import annotations

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yizhan.identity import accounts, lockout, presences, sealing, sessions
from yizhan.identity.models import Account
from yizhan.ui.site import Site


def display(account: Account) -> str:
    """How allauth calls an account in its messages."""
    return account.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Log-in of staff: our lockout, our sessions, our words; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("此账户已停用，请联系本单位管理员"),
        "username_password_mismatch": _("用户名或密码不正确"),
        "incorrect_password": _("密码不正确"),
        "enter_current_password": _("当前密码不正确"),
        "incorrect_code": _("验证码不正确或已用过，请输入验证器上最新的 6 位数字"),
        "too_many_login_attempts": _("登录失败次数过多，请稍后再试"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts of staff are made by administrators."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let nobody try who must wait."""
        try:
            lockout.check("address", _address(request))
            lockout.check("name", _name(credentials))
        except lockout.Locked as locked:
            raise ValidationError(str(locked), code="too_many_login_attempts") from locked

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Look whether name and password belong together."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            lockout.succeeded("name", _name(credentials))
            lockout.succeeded("address", _address(request))
        return account

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure, whether the name exists or not."""
        lockout.failed("name", _name(credentials))
        lockout.failed("address", _address(request))

    def login(self, request: HttpRequest, user: Account) -> None:
        """Make the session, and the presence that keeps it alive."""
        super().login(request, user)
        sessions.arrive(request, user)

    def logout(self, request: HttpRequest) -> None:
        """End both."""
        sessions.log_out(request)

    def set_password(self, user: Account, password: str) -> None:
        """Change the password the house's way: all sessions end."""
        accounts.change_password(user, password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the last proof is too old; a log-in is a proof too."""
        presence = getattr(getattr(context.request, "standing", None), "presence", None)
        return presence is None or not presences.proved_recently(presence)

    def get_reauthentication_methods(self, user: Account | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to prove it again, in our words."""
        words = {
            "reauthenticate": gettext("使用密码"),
            "mfa_reauthenticate": gettext("使用验证器"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods if method["id"] in words]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password the person logs in with it."""
        return reverse("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """The second factor: our name beside the code, secrets sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("验证码不正确或已用过，请输入验证器上最新的 6 位数字"),
        "cannot_delete_authenticator": _("工作人员账户不能停用第二验证因素"),
        "cannot_generate_recovery_codes": _("请先设置验证器"),
    }

    def get_totp_label(self, user: Account) -> str:
        """What the person's authenticator shows."""
        return user.username or user.name

    def get_totp_issuer(self) -> str:
        """Whose code it is."""
        return Site().platform

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, as a picture within the page."""
        return segno.make(url, error="m").svg_inline(scale=5, border=2, light="#fff")

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret from the database."""
        return sealing.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A member of staff replaces the authenticator; the page leads on to the new one."""
        return True


def _name(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or "").strip().lower()[:60]


def _address(request: HttpRequest) -> str:
    return presences.address_of(request) or "unknown"
