"""What a department is shown of an application 部门所见: its own pages and materials, and what is common to all."""

from __future__ import annotations

from yizhan.cases.item import ItemDefinition, Part
from yizhan.cases.models import Case
from yizhan.forms.form import Form
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit


def hidden(case: Case, item: ItemDefinition, form: Form, *, by: Actor) -> frozenset[str]:
    """The questions of the form, by path, whose answers somebody of the staff is not shown."""
    mine = _of(case, item, by)
    if mine is None:
        return frozenset()
    pages = {page for part in item.parts for page in part.pages} - {
        page for part in mine for page in part.pages
    }
    materials = {key for part in item.parts for key in part.materials}
    materials -= {key for part in mine for key in part.materials}
    uploads = {one.at for one in item.materials if one.key in materials and one.at}
    return frozenset(
        field.path
        for page in form.pages
        for field in page.fields
        if page.key in pages or field.path in uploads
    )


def _of(case: Case, item: ItemDefinition, by: Actor) -> list[Part] | None:
    """The parts of the actor's department; None for whoever sees the whole."""
    if not item.parts or not by.is_staff:
        return None
    if case.channel == "window" and by.unit == case.units[0]:
        return None
    wanted = {case.unit, *(part.unit for part in item.parts)}
    paths = dict(Unit.objects.filter(code__in=wanted).values_list("code", "path"))
    within = {code for code, path in paths.items() if by.unit_path.startswith(path)}
    if case.unit in within:
        return None
    return [part for part in item.parts if part.unit in within] or None
