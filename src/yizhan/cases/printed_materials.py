"""The materials as an application form lists them 申请材料清单: what is wanted, or what came of each, with a box to tick."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases import material_words, paper_materials
from yizhan.cases.item import Material
from yizhan.cases.needed import Needed
from yizhan.forms.on_paper import Upload
from yizhan.forms.paper_words import Both, both, text

Line = dict[str, Any]
Uploads = Iterable[Upload]


def wanted(materials: list[Material], uploads: Uploads) -> list[Line]:
    """All materials of an item, for a blank form."""
    lines = [_line(one, note=both(partial(_note, one)), need=both(partial(_need, one))) for one in materials]
    own = {one.at for one in materials}
    return lines + [_loose(one, blank=True) for one in uploads if one.path not in own]


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
    return lines + [_loose(one, blank=False) for one in uploads if one.path not in own]


def _line(one: Material, *, note: Both | None, need: Both, ticked: bool = False) -> Line:
    return {
        "title": text(one.title),
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


def _loose(one: Upload, *, blank: bool) -> Line:
    """A file that the form asks for and no material names."""
    demanded = "required" if one.demanded else "optional"
    return {
        "title": one.label,
        "form": both(lambda: material_words.form("electronic")),
        "note": None,
        "need": both(lambda: material_words.need(demanded) if blank else paper_materials.came(one.came)),
        "ticked": one.came > 0,
    }
