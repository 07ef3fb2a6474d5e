"""Acts on staff accounts 人员账户: open, describe, make a set-up link, end sessions, close."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.desk.administration.acting import Act
from yizhan.desk.administration.asking import NameField, reason
from yizhan.identity import accounts, presences, second_factor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, SecondFactorReset


class Open(Act):
    """Open an account; it has no password until its link is used."""

    username = forms.CharField(
        label=lazy("用户名"), max_length=40, help_text=lazy("3 至 40 位小写字母、数字或 . _ -")
    )
    name = NameField(label=lazy("姓名"), max_length=80)
    phone = forms.CharField(label=lazy("手机号码"), max_length=16, required=False)
    email = forms.EmailField(label=lazy("电子邮箱"), required=False)

    account: Account

    def carry_out(self) -> str:
        """Open it."""
        self.account = accounts.create_staff(by=self.by, **self.cleaned_data)
        return _("已开设账户：%(name)s。请生成开通链接并当面交给本人。") % {"name": self.account.name}


class Describe(Act):
    """Correct what is known of somebody."""

    name = NameField(label=lazy("姓名"), max_length=80)
    phone = forms.CharField(label=lazy("手机号码"), max_length=16, required=False)
    email = forms.EmailField(label=lazy("电子邮箱"), required=False)

    @staticmethod
    def present(about: Any) -> dict[str, Any]:
        """What is known."""
        return {"name": about.name, "phone": about.phone, "email": about.email}

    def carry_out(self) -> str:
        """Describe."""
        accounts.describe(self.about, by=self.by, **self.cleaned_data)
        return _("人员资料已更新。")


class EndSessions(Act):
    """End every session of the account at once."""

    def carry_out(self) -> str:
        """End them."""
        self.by.require("platform.system_admin")
        number = presences.end_all(self.about, by=self.by)
        return _("已结束 %(n)s 个登录会话。") % {"n": number}


class Deactivate(Act):
    """Close the account."""

    reason = reason(lazy("停用事由"))

    def carry_out(self) -> str:
        """Close it."""
        accounts.deactivate(self.about, by=self.by, reason=self.cleaned_data["reason"])
        return _("账户已停用，任职和收到的委托同时结束。")


class AskReset(Act):
    """Ask that a lost second factor be taken away; another administrator confirms it."""

    reason = reason(lazy("重置事由"))

    def carry_out(self) -> str:
        """Ask."""
        second_factor.ask_reset(self.about, by=self.by, reason=self.cleaned_data["reason"])
        return _("已提出重置申请，由安全管理员确认后生效。")


class ConfirmReset(Act):
    """Confirm that a lost second factor is taken away."""

    def carry_out(self) -> str:
        """Confirm."""
        waiting = SecondFactorReset.objects.filter(account=self.about, confirmed_at=None).first()
        if waiting is None:
            raise Refused(_("没有待确认的重置申请"))
        second_factor.confirm_reset(waiting, by=self.by)
        return _("第二验证因素已重置，本人下次登录时重新设置。")
