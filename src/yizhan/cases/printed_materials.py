"""The materials as an application form lists them 申请材料清单: what is wanted, or what came of each, with a box to tick."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases import material_words, paper_materials
from yizhan.cases.item import Material
from yizhan.cases.needed import Needed
from yizhan.forms import on_paper
from yizhan.forms.field import Field
from yizhan.forms.on_paper import Both, both

Line = dict[str, Any]
Uploads = Iterable[tuple[Field, int]]


def wanted(materials: list[Material], uploads: Uploads) -> list[Line]:
    """All materials of an item, for a blank form."""
    lines = [_line(one, note=both(partial(_note, one)), need=both(partial(_need, one))) for one in materials]
    own = {one.at for one in materials}
    return lines + [_loose(field, 0, blank=True) for field, _came in uploads if field.path not in own]


def filed(needed: list[Needed], uploads: Uploads) -> list[Line]:
    """The materials that a situation needs, with what came; what may be left out and was is not listed."""
    lines = [
        _line(
            one.material,
            note=None,
            need=both(partial(paper_materials.how, one)),
            ticked=one.free or one.standing == "handed_in",
        )
        for one in needed
        if one.standing != "optional"
    ]
    own = {one.material.at for one in needed}
    return lines + [_loose(field, came, blank=False) for field, came in uploads if field.path not in own]


def _line(one: Material, *, note: Both | None, need: Both, ticked: bool = False) -> Line:
    return {
        "title": on_paper.text(one.title),
        "form": both(lambda: material_words.copies(one)),
        "note": note if note and note["zh"] else None,
        "need": need,
        "ticked": ticked,
    }


def _note(one: Material) -> str:
    said = [str(words) for words in (one.condition, one.waived_by, one.notes) if words]
    held = [_("库内已有有效证照的，免提交。")] if one.held_by else []
    return _("；").join(one.rstrip("。.；;") for one in [*said, *held])


def _need(one: Material) -> str:
    return _("免提交") if one.waived_by else material_words.need(one.need)


def _loose(field: Field, came: int, *, blank: bool) -> Line:
    """A file that the form asks for and no material names."""
    demanded = "required" if field.demanded or field.required else "optional"
    return {
        "title": on_paper.text(field.sheet.label),
        "form": both(lambda: material_words.form("electronic")),
        "note": None,
        "need": both(lambda: material_words.need(demanded) if blank else paper_materials.came(came)),
        "ticked": came > 0,
    }
