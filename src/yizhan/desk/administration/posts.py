"""Acts on posts 岗位: found, describe, appoint, end an appointment, give and take back roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.desk.administration.acting import Act
from yizhan.desk.administration.asking import DayField, NameField, RoleField, StaffField, reason
from yizhan.identity.faults import Refused
from yizhan.identity.models import Appointment, Post, RoleGrant
from yizhan.identity.models.role import Reach


class Found(Act):
    """Enter a new post in the unit the page is about."""

    code = forms.CharField(label=lazy("岗位代码"), max_length=40)
    title = NameField(label=lazy("岗位名称"), max_length=60)
    title_en = NameField(label=lazy("英文名称"), max_length=120, required=False)
    grade = NameField(label=lazy("职级"), max_length=40, required=False)
    is_head = forms.BooleanField(label=lazy("单位负责人"), required=False)

    def carry_out(self) -> str:
        """Found it."""
        post = Post(unit=self.about, **self.cleaned_data).found(by=self.by)
        return _("已设立岗位：%(title)s。") % {"title": post}


class Describe(Act):
    """Correct a post's titles."""

    title = NameField(label=lazy("岗位名称"), max_length=60)
    title_en = NameField(label=lazy("英文名称"), max_length=120, required=False)
    grade = NameField(label=lazy("职级"), max_length=40, required=False)
    is_head = forms.BooleanField(label=lazy("单位负责人"), required=False)

    @staticmethod
    def present(about: Any) -> dict[str, Any]:
        """What is known."""
        return {name: getattr(about, name) for name in ("title", "title_en", "grade", "is_head")}

    def carry_out(self) -> str:
        """Describe it."""
        self.about.describe(by=self.by, **self.cleaned_data)
        return _("岗位资料已更新。")


class Appoint(Act):
    """Put somebody into the post."""

    account = StaffField()
    kind = forms.ChoiceField(label=lazy("任职类型"), choices=Appointment.Kind.choices)
    since = DayField(label=lazy("任职日期"), required=False, help_text=lazy("留空为今天"))
    until = DayField(label=lazy("到期日期"), required=False, help_text=lazy("留空为长期"))

    def carry_out(self) -> str:
        """Appoint."""
        told = self.cleaned_data
        self.about.appoint(
            told["account"], by=self.by, kind=told["kind"], since=told["since"], until=told["until"]
        )
        return _("已任命：%(name)s。") % {"name": told["account"].name}


class EndAppointment(Act):
    """Let an appointment to the post end."""

    which = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=lazy("最后一天"), required=False, help_text=lazy("留空为立即"))

    def carry_out(self) -> str:
        """End it."""
        found = Appointment.objects.filter(
            post=self.about, id=self.cleaned_data["which"], ended_at=None
        ).first()
        if found is None:
            raise Refused(_("没有这项任职，或已经结束"))
        found.end(by=self.by, on=self.cleaned_data["on"])
        return _("已办理免职：%(name)s。") % {"name": found.account.name}


class Give(Act):
    """Give the post a role."""

    role = RoleField()
    reach = forms.ChoiceField(label=lazy("数据范围"), choices=Reach.choices)
    since = DayField(label=lazy("生效日期"), required=False, help_text=lazy("留空为今天"))
    until = DayField(label=lazy("到期日期"), required=False, help_text=lazy("留空为长期"))
    reason = reason(lazy("授权事由"))

    def carry_out(self) -> str:
        """Give it."""
        told = self.cleaned_data
        RoleGrant.give(
            told["role"],
            self.about,
            told["reach"],
            by=self.by,
            reason=told["reason"],
            since=told["since"],
            until=told["until"],
        )
        return _("已授予角色：%(role)s。") % {"role": told["role"]}


class TakeBack(Act):
    """Take a role back."""

    which = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason(lazy("收回事由"))

    def carry_out(self) -> str:
        """Take it back."""
        told = self.cleaned_data
        found = RoleGrant.objects.filter(post=self.about, id=told["which"], ended_at=None).first()
        if found is None:
            raise Refused(_("没有这项授权，或已经收回"))
        if not told["reason"].strip():
            raise Refused(_("请填写收回事由"))
        found.end(by=self.by, reason=told["reason"])
        return _("已收回角色：%(role)s。") % {"role": found.role}
