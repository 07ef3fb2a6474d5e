"""Forms of logging in. Labels stand in the templates; here are the rules and the words of refusal."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yizhan.identity import lockout, passwords, phone, phone_code, second_factor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account


def _ask(form: forms.Form, **words: Any) -> None:
    """What to say where an answer is missing, by field."""
    for name, said in words.items():
        form.fields[name].error_messages["required"] = said


class StaffLogin(account.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, login=_("请填写用户名"), password=_("请填写密码"))


class PasswordAgain(account.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The password, asked again before a sensitive act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, password=_("请填写密码"))


class ChangePassword(account.ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """The present password and a new one, twice."""

    rules = property(lambda self: passwords.rules())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(
            self,
            oldpassword=_("请填写当前密码"),
            password1=_("请填写新密码"),
            password2=_("请再填写一次新密码"),
        )

    def clean_oldpassword(self) -> str:
        """Wrong ones count like failed log-ins, so that an open screen is no place to guess."""
        with _Counted("name", self.user.username or ""):
            return cast(str, super().clean_oldpassword())


class _Counted:
    """A check whose failures make the next one wait."""

    def __init__(self, kind: lockout.Kind, key: str) -> None:
        self._kind, self._key = kind, key

    def __enter__(self) -> None:
        try:
            lockout.check(self._kind, self._key)
        except lockout.Locked as locked:
            raise ValidationError(str(locked), code="too_many_login_attempts") from locked

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            lockout.succeeded(self._kind, self._key)
        elif issubclass(kind, ValidationError):
            lockout.failed(self._kind, self._key)


class _OnceOnly:
    """A code of the second factor: few tries, and each code once."""

    user: Account

    def clean_code(self) -> str:
        """Count failures; refuse a code that was accepted before."""
        with _Counted("factor", str(self.user.pk)):
            code = cast(str, super().clean_code())  # type: ignore[misc]  # the form beside it has it
            if not second_factor.spend(self.user, code):
                raise ValidationError(gettext("验证码不正确或已用过，请输入验证器上最新的 6 位数字"))
            return code


class SecondFactor(_OnceOnly, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """A code from the authenticator, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, code=_("请填写验证码"))


class SecondFactorAgain(_OnceOnly, mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The same, before a sensitive act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, code=_("请填写验证码"))


class ActivateSecondFactor(totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """The first code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, code=_("请填写验证器上显示的 6 位数字"))


class ChoosePassword(forms.Form):
    """A password for the first time, twice."""

    rules = property(lambda self: passwords.rules())

    password = forms.CharField(strip=False, error_messages={"required": _("请填写密码")})
    again = forms.CharField(strip=False, error_messages={"required": _("请再填写一次密码")})

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def clean_password(self) -> str:
        """What the rules accept."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self._account)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        data = super().clean() or {}
        if {"password", "again"} <= data.keys() and data["password"] != data["again"]:
            self.add_error("again", gettext("两次填写的密码不一致"))
        return data


class Phone(forms.Form):
    """Step one of a citizen's log-in: the number to which a code goes."""

    phone = forms.CharField(max_length=30, error_messages={"required": _("请填写手机号码")})

    def clean_phone(self) -> str:
        """The number in its one form."""
        try:
            return phone.normal(self.cleaned_data["phone"])
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


class PhoneCode(Phone):
    """Step two: the code. Once valid, :attr:`account` is who comes in."""

    code = forms.CharField(max_length=20, error_messages={"required": _("请填写短信验证码")})
    account: Account

    def clean(self) -> dict[str, Any]:
        """Redeem the code; a wrong one counts as a try."""
        data = super().clean() or {}
        if {"phone", "code"} <= data.keys():
            try:
                self.account = phone_code.redeem(data["phone"], data["code"])
            except Refused as refused:
                self.add_error("code", str(refused))
        return data
