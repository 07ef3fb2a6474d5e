"""Acts on delegations 委托: let somebody act for a post of one's own for some days, and end it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.desk.administration.acting import Act
from yizhan.desk.administration.asking import DayField, StaffField, reason
from yizhan.identity.faults import Refused
from yizhan.identity.models import Appointment, Delegation, Role


class Give(Act):
    """Delegate one's own tasks; ``about`` are the appointments one holds."""

    appointment = forms.ChoiceField(label=lazy("委托的岗位"))
    receiver = StaffField(label=lazy("受托人用户名"))
    roles = forms.MultipleChoiceField(
        label=lazy("委托的角色"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("不选则委托该岗位的全部角色，管理员角色除外"),
    )  # fmt: skip
    since = DayField(label=lazy("开始日期"))
    until = DayField(label=lazy("结束日期"))
    reason = reason(lazy("委托事由"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        mine: list[Appointment] = self.about
        self.fields["appointment"].choices = [  # type: ignore[attr-defined]  # it is a ChoiceField
            (str(one.id), f"{one.post.unit} {one.post}") for one in mine
        ]
        if len(mine) == 1:
            self.fields["appointment"].initial = str(mine[0].id)
        held = Role.objects.filter(
            grants__post__in=[one.post_id for one in mine], grants__ended_at=None, separated=False
        ).distinct()
        self.fields["roles"].choices = [(role.code, str(role)) for role in held]  # type: ignore[attr-defined]  # likewise

    def carry_out(self) -> str:
        """Delegate."""
        told = self.cleaned_data
        Delegation.give(
            next(one for one in self.about if str(one.id) == told["appointment"]),
            told["receiver"],
            by=self.by,
            since=told["since"],
            until=told["until"],
            reason=told["reason"],
            roles=told["roles"],
        )
        return _("已委托给%(name)s，对方切换身份后即可代办。") % {"name": told["receiver"].name}


class End(Act):
    """End a delegation one gave or received, or any as the system administrator."""

    which = forms.IntegerField(widget=forms.HiddenInput)

    def carry_out(self) -> str:
        """End it."""
        found = Delegation.objects.filter(id=self.cleaned_data["which"], ended_at=None).first()
        if found is None:
            raise Refused(_("没有这项委托，或已经结束"))
        found.end(by=self.by)
        return _("委托已结束。")
