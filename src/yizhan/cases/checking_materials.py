"""Whether the list of materials fits the form: conditions that can be worked out, places that take files."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.cases import checking_form
from yizhan.cases.application_form import with_materials
from yizhan.cases.item import ItemDefinition, Material
from yizhan.forms import schema, sources
from yizhan.forms.checking import Check
from yizhan.forms.form import Form
from yizhan.forms.sheet import FieldSheet, Sheet
from yizhan.registry.catalogue import CATALOGUE
from yizhan.releases.faults import Fault, Weight, did_you_mean
from yizhan.releases.pack import Pack, Source


def check(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What is wrong with the materials, each told at its place."""
    form, written = pack.of("form").get(item.handling.form), pack.of("form_schema").get(item.handling.form)
    sheet = form.model if form and isinstance(form.model, Sheet) else None
    keys = [one.key for one in item.materials]
    for number, one in enumerate(item.materials):
        place = f"materials[{number}]"
        if one.key in keys[:number]:
            yield source.fault(f"{place}.key", _("材料 %(key)s 出现两次") % {"key": one.key})
        if one.held_by is not None and one.held_by not in CATALOGUE:
            message = _("基础库没有信息项 %(fact)s") % {"fact": one.held_by}
            yield source.fault(f"{place}.held_by", message, suggestion=did_you_mean(one.held_by, CATALOGUE))
        yield from _condition(source, place, one)
        if sheet is not None and one.at is not None:
            yield from _at(source, place, one, sheet)
    if sheet is None or form is None or written is None or any(schema.faults(written.raw)):
        return
    if any(one.when and not _parsed(one.when) for one in item.materials):
        return
    outline = schema.outline(written.raw)
    alone = {(one.path, one.message) for one in Check(form, sheet, outline, sources.house).run()}
    whole = with_materials(sheet, item.materials)
    found = list(Check(form, whole, outline, sources.house).run())
    yield from (fault for fault in found if (fault.path, fault.message) not in alone)
    if all(fault.weight is not Weight.ERROR for fault in found):
        yield from checking_form.check(source, item, Form(written.raw, whole, key=item.handling.form))


def _condition(source: Source, place: str, one: Material) -> Iterator[Fault]:
    wrong: feel.Fault | None = None
    try:
        wrong = feel.endless(feel.expression(one.when)) if one.when is not None else None
    except feel.SyntaxFault as fault:
        wrong = fault
    if wrong is not None:
        words = wrong.said(get_language() or "zh-hans")
        yield source.fault(f"{place}.when", _("条件写错了：%(why)s") % {"why": words})


def _at(source: Source, place: str, one: Material, sheet: Sheet) -> Iterator[Fault]:
    files = {field.path for field in _questions(sheet) if field.widget == "file"}
    if one.at not in files:
        message = _("表单没有上传文件的填写项 %(path)s") % {"path": one.at}
        yield source.fault(f"{place}.at", message, suggestion=did_you_mean(one.at or "", files))


def _questions(sheet: Sheet) -> Iterator[FieldSheet]:
    for section in sheet.sections:
        for page in section.pages:
            yield from page.fields


def _parsed(condition: str) -> bool:
    try:
        feel.expression(condition)
    except feel.SyntaxFault:
        return False
    return True
