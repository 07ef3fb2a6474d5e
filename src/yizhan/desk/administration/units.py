"""Acts on units 单位: found, rename, describe, move, close."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.codes import uscc as credit_codes
from yizhan.desk.administration.acting import Act
from yizhan.desk.administration.asking import DayField, NameField, UnitField
from yizhan.identity.models import Unit

_DIVISION = RegexValidator(r"^\d{12}$", lazy("区划代码应为 12 位数字"))


class Found(Act):
    """Enter a new unit under the one the page is about, or as a root."""

    code = forms.CharField(label=lazy("单位代码"), max_length=40)
    name = NameField(label=lazy("单位名称"), max_length=120)
    name_en = NameField(label=lazy("英文名称"), max_length=200, required=False)
    short_name = NameField(label=lazy("简称"), max_length=60, required=False)
    kind = forms.ChoiceField(label=lazy("单位类型"), choices=Unit.Kind.choices)
    division = forms.CharField(
        label=lazy("区划代码"), max_length=12, required=False, validators=[_DIVISION],
        help_text=lazy("12 位，决定“本辖区”的范围"),
    )  # fmt: skip

    def carry_out(self) -> str:
        """Found it."""
        unit = Unit(parent=self.about, **self.cleaned_data).found(by=self.by)
        return _("已设立单位：%(name)s。") % {"name": unit}


class Rename(Act):
    """Give the unit another name."""

    name = NameField(label=lazy("单位名称"), max_length=120)
    name_en = NameField(label=lazy("英文名称"), max_length=200, required=False)
    short_name = NameField(label=lazy("简称"), max_length=60, required=False)

    @staticmethod
    def present(about: Any) -> dict[str, Any]:
        """The present names."""
        return {"name": about.name, "name_en": about.name_en, "short_name": about.short_name}

    def carry_out(self) -> str:
        """Rename it."""
        self.about.rename(by=self.by, **self.cleaned_data)
        return _("单位名称已更改，原名称留在留痕中。")


class Describe(Act):
    """Correct what kind of unit it is, and where it stands."""

    kind = forms.ChoiceField(label=lazy("单位类型"), choices=Unit.Kind.choices)
    division = forms.CharField(label=lazy("区划代码"), max_length=12, required=False, validators=[_DIVISION])
    uscc = forms.CharField(label=lazy("统一社会信用代码"), max_length=18, required=False)
    sort = forms.IntegerField(label=lazy("排序"), required=False, min_value=0, max_value=99_999)

    @staticmethod
    def present(about: Any) -> dict[str, Any]:
        """What is known."""
        return {"kind": about.kind, "division": about.division, "uscc": about.uscc, "sort": about.sort}

    def clean_uscc(self) -> str:
        """A code with the right checks, or nothing."""
        typed: str = self.cleaned_data["uscc"]
        read = credit_codes.read(typed) if typed else None
        if read is not None and not read.ok:
            raise forms.ValidationError(_("统一社会信用代码不正确，请对照证照核对"))
        return read.code if read else ""

    def carry_out(self) -> str:
        """Describe it."""
        told = self.cleaned_data
        self.about.describe(by=self.by, **{**told, "sort": told["sort"] or 0})
        return _("单位资料已更新。")


class Move(Act):
    """Put the unit, with all below it, under another one."""

    parent = UnitField(label=lazy("新的上级单位代码"), required=False, help_text=lazy("留空则成为一级单位"))

    def carry_out(self) -> str:
        """Move it."""
        self.about.move(self.cleaned_data["parent"], by=self.by)
        return _("单位已调整到新的上级之下，下级单位随之调整。")


class Close(Act):
    """Let the unit end."""

    on = DayField(label=lazy("最后一天"), required=False, help_text=lazy("留空为今天"))

    def carry_out(self) -> str:
        """Close it."""
        self.about.close(by=self.by, on=self.cleaned_data["on"])
        return _("单位已撤销，历史资料保留。")
