"""Questions that administrators' forms share: a unit by its code, a colleague by user name, a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan.codes.typed import shown
from yizhan.identity.models import Account, Role, Unit


class NameField(forms.CharField):
    """A name of a unit, a post or a person; one that nobody can see is none."""

    def to_python(self, value: Any) -> str:
        """Without invisible characters."""
        return shown(super().to_python(value) or "")


class UnitField(forms.CharField):
    """An open unit, by its code; pages offer the codes while one types."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("单位代码"))
        super().__init__(max_length=40, **more)

    def clean(self, value: Any) -> Any:
        """The unit, or None where nothing was asked for."""
        code = super().clean(value)
        if not code:
            return None
        unit = Unit.objects.open().filter(code=code).first()
        if unit is None:
            raise forms.ValidationError(_("没有代码为 %(code)s 的单位，或已撤销") % {"code": code})
        return unit


class StaffField(forms.CharField):
    """A member of staff, by user name."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("用户名"))
        super().__init__(max_length=40, **more)

    def clean(self, value: Any) -> Any:
        """The account."""
        name = super().clean(value).lower()
        account = Account.objects.filter(username=name, kind=Account.Kind.STAFF).first()
        if account is None:
            raise forms.ValidationError(_("没有用户名为 %(name)s 的工作人员") % {"name": name})
        return account


class DayField(forms.DateField):
    """A day, as a date input sends it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d"], **more)


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic when the program runs
    """A role in use."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("角色"))
        super().__init__(queryset=Role.objects.filter(withdrawn_on=None), **more)

    def label_from_instance(self, obj: Any) -> str:
        """Title and code: titles of two packs may be the same."""
        return f"{obj} ({obj.code})"


def reason(label: Any) -> forms.CharField:
    """Words that say why; the verb behind demands them."""
    return forms.CharField(label=label, max_length=400, required=False)
