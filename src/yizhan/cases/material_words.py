"""A list of materials in words 材料清单: for applicants, windows and desks alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan.cases.item import Material
from yizhan.cases.needed import Needed
from yizhan.ui.dates import day


@dataclass(frozen=True)
class Line:
    """One material as a list shows it; ``tone`` is the colour of its standing."""

    title: str
    note: str
    standing: str
    tone: str


def lines(needed: Iterable[Needed], *, asked_only: bool = False) -> list[Line]:
    """The materials in words, in the order of the item; ``asked_only``: somebody asks what they would need."""
    if asked_only:
        return [Line(str(one.material.title), _advice(one), *_standing(one, uploads=False)) for one in needed]
    return [Line(str(one.material.title), _note(one), *_standing(one)) for one in needed]


def form(name: str) -> str:
    """The form of a material."""
    return {"paper": _("纸质"), "electronic": _("电子"), "either": _("纸质或电子")}[name]


def need(name: str) -> str:
    """Whether a material must be there."""
    return {"required": _("必要"), "optional": _("非必要"), "later": _("可容缺后补")}[name]


def copies(one: Material) -> str:
    """In which form a material is handed in, and how many of it; of what is never handed in, how it is seen."""
    if one.waived_by is not None:
        return _("电子核验")
    words = form(one.form) if one.original else _("%(form)s（复印件）") % {"form": form(one.form)}
    told = {"form": words, "n": one.copies}
    return ngettext("%(form)s，%(n)s 份", "%(form)s，%(n)s 份", one.copies) % told


def _advice(one: Needed) -> str:
    """What helps to have it at hand."""
    material = one.material
    said = [str(words) for words in (material.waived_by, material.notes) if words]
    return " ".join([*said, *([_("库内已有有效证照的，免提交。")] if material.held_by else [])])


def _note(one: Needed) -> str:
    material, held = one.material, one.held
    if held is not None and one.ended:
        return one.ended
    if held is not None and held.source is not None and held.as_of is not None:
        words = {"number": held.number, "source": str(held.source), "day": day(held.as_of)}
        return _("库内已有：%(number)s（来自：%(source)s，截至 %(day)s）") % words
    if held is not None:
        return _("库内已有：%(number)s") % {"number": held.number}
    if one.ended and one.standing != "handed_in":
        return _("%(what)s，须另行提交") % {"what": one.ended}
    said = material.waived_by or material.condition
    return str(said) if said else ""


def _standing(one: Needed, *, uploads: bool = True) -> tuple[str, str]:
    if one.held is not None and one.ended:
        return _("证照有变化"), "amber"
    if one.free:
        return _("免提交"), "green"
    if one.standing == "handed_in":
        return ngettext("已上传 %(n)s 份", "已上传 %(n)s 份", one.files) % {"n": one.files}, "blue"
    if one.standing == "later":
        return _("可容缺后补"), "grey"
    if one.standing == "optional":
        return _("可以不交"), "grey"
    return (_("待上传") if one.material.at and uploads else _("须提交")), "amber"
