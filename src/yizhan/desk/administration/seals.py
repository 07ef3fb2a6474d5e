"""Acts on seals 印章: make, suspend, resume, report lost, replace, destroy; each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan.desk.administration.acting import Act, RefusedAt
from yizhan.desk.administration.asking import NameField
from yizhan.identity import reaching
from yizhan.identity.actor import Actor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Unit
from yizhan.keys.faults import KeysFault
from yizhan.records.fonts import FontsMissing
from yizhan.seals import faults, holding, register
from yizhan.seals.models import Seal, Spell

_NUMBER = RegexValidator(r"^[0-9A-Za-z]{1,20}\Z", lazy("印章编号由 1 至 20 位数字或字母组成"))
_LONGEST_REASON = 400
_PARTS = (Unit.Kind.SECTION, Unit.Kind.WINDOW)


def _why() -> forms.CharField:
    return forms.CharField(
        label=lazy("理由"), max_length=_LONGEST_REASON, help_text=lazy("写明批准文件、事由，随印章永久留存")
    )


def _number() -> forms.CharField:
    return forms.CharField(
        label=lazy("印章编号"), max_length=20, validators=[_NUMBER],
        help_text=lazy("在公安机关备案的编号，刻在印章下沿"),
    )  # fmt: skip


def _sure() -> forms.CharField:
    return forms.CharField(
        label=lazy("确认编号"),
        max_length=20,
        help_text=lazy("输入本印章的编号。办理后不能撤销，签章证书立即撤销"),
    )


class _UnitField(forms.ChoiceField):
    """A unit whose seals one keeps; by its Chinese name, which is what will stand on the seal."""

    lang = "zh"


def _units(actor: Actor) -> list[tuple[str, str]]:
    """Those that can have a seal: open, and not a part of another unit."""
    units = reaching.units(actor, register.KEEPER) & Unit.objects.open().exclude(kind__in=_PARTS)
    return [(unit.code, unit.name) for unit in units.order_by("path")]


class _SealAct(Act):
    """What the verbs of seals refuse, said at its place."""

    def carry_out(self) -> str:
        """Do it."""
        try:
            return self.done()
        except faults.Refused as refused:
            if refused.about:
                raise RefusedAt(refused.about, str(refused)) from refused
            raise Refused(str(refused)) from refused
        except (KeysFault, FontsMissing) as fault:
            raise Refused(str(fault)) from fault

    def done(self) -> str:
        """The verb, and what to tell afterwards."""
        raise NotImplementedError


class Make(_SealAct):
    """Have a seal made for a unit within reach."""

    unit = _UnitField(label=lazy("单位"), error_messages={"invalid_choice": lazy("请选择管辖范围内的单位")})
    kind = forms.ChoiceField(
        label=lazy("印章种类"), choices=[one for one in Seal.Kind.choices if one[0] != Seal.Kind.SIGNATURE]
    )
    number = _number()
    name = NameField(
        label=lazy("印章上的单位名称"), max_length=60, required=False, help_text=lazy("留空为单位全称")
    )
    why = _why()

    made: Seal | None = None

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, by=by, **more)
        self.fields["unit"].choices = [("", ""), *_units(by)]  # type: ignore[attr-defined]  # it is a choice

    def done(self) -> str:
        """Make it."""
        told = self.cleaned_data
        self.made = holding.make(
            Unit.objects.get(code=told["unit"]),
            told["kind"],
            number=told["number"],
            by=self.by.key,
            why=told["why"],
            name=told["name"],
        )
        return _("已制发印章“%(seal)s”，即日启用。") % {"seal": self.made}


class MakeStamp(_SealAct):
    """Have the signature stamp of a person in a post within reach made; with the post it ends."""

    appointment = _UnitField(
        label=lazy("签发人"),
        error_messages={"invalid_choice": lazy("请选择管辖范围内在任的人员")},
        help_text=lazy("姓名、单位、岗位；签名章随任职结束销毁"),
    )
    number = forms.CharField(
        label=lazy("签名章编号"), max_length=20, validators=[_NUMBER],
        help_text=lazy("本区签名章台账的编号，不印在章上"),
    )  # fmt: skip
    why = _why()

    made: Seal | None = None

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, by=by, **more)
        self._people = {str(one.pk): one for one in register.signatories(by)}
        people = [
            (key, f"{one.account.name} · {one.post.unit.full_name} · {one.post}")
            for key, one in self._people.items()
        ]
        self.fields["appointment"].choices = [("", ""), *people]  # type: ignore[attr-defined]  # it is a choice

    def done(self) -> str:
        """Make it."""
        told = self.cleaned_data
        self.made = holding.make_stamp(
            self._people[told["appointment"]], number=told["number"], by=self.by.key, why=told["why"]
        )
        return _("已制发“%(name)s”的签名章，即日启用。") % {"name": self.made}


class _Change(_SealAct):
    """The seal that the page is about becomes something else."""

    state: ClassVar[str]
    told: ClassVar[Any]
    why = _why()

    def done(self) -> str:
        """Change it."""
        holding.change(self.about, self.state, by=self.by.key, why=self.cleaned_data["why"])
        return str(self.told)


class Suspend(_Change):
    """Not to be used for a while."""

    state = Spell.State.SUSPENDED
    told = lazy("印章已停用。待用印的文书等到恢复使用后再用印。")


class Resume(_Change):
    """To be used again."""

    state = Spell.State.ACTIVE
    told = lazy("印章已恢复使用，待用印的文书正在用印。")


class _ForGood(_SealAct):
    """Never to be used again: the number is typed, so that no other seal is meant."""

    def clean_sure(self) -> str:
        """The number of this seal."""
        typed = str(self.cleaned_data["sure"]).strip()
        if typed != self.about.number:
            raise forms.ValidationError(_("输入的编号与本印章不一致，没有办理"))
        return typed


class Lose(_ForGood, _Change):
    """Somebody else may have it."""

    state = Spell.State.LOST
    told = lazy("印章已挂失，签章证书已撤销。此前用印的文书仍然有效。")
    why, sure = _why(), _sure()


class Destroy(_ForGood, _Change):
    """There is no such seal any more."""

    state = Spell.State.DESTROYED
    told = lazy("印章已销毁，签章证书已撤销。此前用印的文书仍然有效。")
    why, sure = _why(), _sure()


class Replace(_ForGood):
    """Another one in its place."""

    number = _number()
    why, sure = _why(), _sure()

    made: Seal | None = None

    def done(self) -> str:
        """Replace it."""
        told = self.cleaned_data
        self.made = holding.replace(self.about, number=told["number"], by=self.by.key, why=told["why"])
        return _("已更换印章，新印章即日启用；原印章的签章证书已撤销。")


CHANGES: Mapping[str, tuple[str, type[Act]]] = MappingProxyType(
    {
        "suspend": (Spell.State.SUSPENDED, Suspend),
        "resume": (Spell.State.ACTIVE, Resume),
        "lose": (Spell.State.LOST, Lose),
        "replace": (Spell.State.REPLACED, Replace),
        "destroy": (Spell.State.DESTROYED, Destroy),
    }
)
"""The acts of a page, by the state that a seal takes on."""


def possible(state: str) -> dict[str, type[Any]]:
    """What can be done with a seal in a state."""
    after = holding.becomes(state)
    return {name: act for name, (wanted, act) in CHANGES.items() if wanted in after}
