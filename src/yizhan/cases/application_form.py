"""The form of an item with its materials laid in 申报表单: what must be uploaded follows from the list of materials.

The list says once when a material is wanted and which fact makes it unnecessary; the question that takes its files is
asked accordingly, at every door and in every supplement.
"""

from __future__ import annotations

from functools import lru_cache

from yizhan.cases.item import ItemDefinition, Material
from yizhan.forms.form import Form
from yizhan.forms.sheet import FieldSheet, Sheet, WantedFact
from yizhan.releases.models import definition, release

HELD = "held_"
"""Begins the names of facts that make the upload of a material unnecessary."""


def form_of(release_id: int, item: str, key: str | None = None) -> Form:
    """The form of an item in a release; compiled once per process.

    Args:
        release_id: the release.
        item: the item's code.
        key: the form's key, where a case was filed with it; left out, the item's own.

    Raises:
        KeyError: the release holds no such form or item.
    """
    said = definition(release_id, "item", item, ItemDefinition)
    return _form_of(release_id, item, key or said.handling.form)


@lru_cache(maxsize=512)
def _form_of(release_id: int, item: str, key: str) -> Form:
    said = definition(release_id, "item", item, ItemDefinition)
    sheet = with_materials(definition(release_id, "form", key, Sheet), said.materials)
    return Form(release(release_id).raw("form_schema", key), sheet, key=key)


def with_materials(sheet: Sheet, materials: list[Material]) -> Sheet:
    """A sheet whose questions for files are asked as the list of materials says."""
    by_path = {one.at: one for one in materials if one.at}
    if not by_path:
        return sheet
    facts = [
        WantedFact(name=_held(one), source=one.held_by.partition(".")[0], fact=one.held_by)
        for one in by_path.values()
        if one.held_by
    ]
    sections = [
        section.model_copy(
            update={
                "pages": [
                    page.model_copy(update={"fields": [_asked(field, by_path) for field in page.fields]})
                    for page in section.pages
                ]
            }
        )
        for section in sheet.sections
    ]
    return sheet.model_copy(update={"facts": [*sheet.facts, *facts], "sections": sections})


def _asked(field: FieldSheet, by_path: dict[str, Material]) -> FieldSheet:
    material = by_path.get(field.path)
    if material is None:
        return field
    conditions = [field.visible, material.when, f"{_held(material)} = null" if material.held_by else None]
    visible = " and ".join(f"({one})" for one in conditions if one) or None
    return field.model_copy(
        update={"visible": visible, "required": "true" if material.need == "required" else field.required}
    )


def _held(material: Material) -> str:
    return f"{HELD}{material.key}"
