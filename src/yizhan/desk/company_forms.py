"""The form in which an office enters values of a company 法人登记表单."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yizhan.desk.hand_forms import Question, coded
from yizhan.identity.directory.cells import CellRefused
from yizhan.registry import numbers
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.company_file import CompanyFile
from yizhan.registry.entity_by_hand import PLAIN, OwnedColumn
from yizhan.registry.entries import Entry
from yizhan.registry.extracts import companies
from yizhan.registry.models.person import RESIDENT_ID
from yizhan.ui.language import local

_ENTRIES: Mapping[str, Entry] = {
    one.column.removeprefix("entity."): one
    for one in CATALOGUE.values()
    if one.column.removeprefix("entity.") in PLAIN and one.of == "entity"
}


class Wrong(Exception):
    """What was typed cannot be read; by the names of fields."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors


def questions(file: CompanyFile, owned: Mapping[str, OwnedColumn]) -> list[Question]:
    """The columns that are this office's and are entered as they are, with what is on record."""
    present = {one.title: one.value for one in file.fields}
    return [
        Question(
            key=column,
            name=f"new-{column}",
            title=_title(entry),
            present=present.get(_title(entry), ""),
            kind={"code": "select", "date": "day"}.get(entry.type, "text"),
            choices=coded(entry.codes) if entry.type == "code" else [],
        )
        for column, entry in _ENTRIES.items()
        if column in owned and owned[column].ours
    ]


def others(owned: Mapping[str, OwnedColumn]) -> list[tuple[str, str]]:
    """The titles of the columns that another office answers for, each with who that is."""
    return [
        (_title(entry), local(owned[column].source.title))
        for column, entry in _ENTRIES.items()
        if column in owned and not owned[column].ours
    ]


def values(sent: Mapping[str, str], owned: Mapping[str, OwnedColumn]) -> dict[str, Any]:
    """What was typed, by columns; an empty answer says nothing.

    Raises:
        Wrong: something cannot be read.
    """
    read, wrong = {}, {}
    reads = {one.name: one.read for one in companies.columns()}
    for column in _ENTRIES:
        typed = sent.get(f"new-{column}", "").strip()
        if not typed or column not in owned:
            continue
        try:
            read[column] = reads[column](typed)
        except CellRefused as refused:
            wrong[f"new-{column}"] = str(refused.words)
    if wrong:
        raise Wrong(wrong)
    return read


def representative(sent: Mapping[str, str]) -> tuple[str, str]:
    """The name, and type and number of the document.

    Raises:
        Wrong: one is missing.
    """
    name, number = sent.get("name", "").strip(), sent.get("document", "").strip()
    wrong = {}
    if not name or len(name) > 80:
        wrong["name"] = _("请填写姓名。")
    if not number or len(number) > 40:
        wrong["document"] = _("请填写证件号码：法定代表人登录后凭它办理企业事项。")
    if wrong:
        raise Wrong(wrong)
    kind = sent.get("document_type", "")[:10] or RESIDENT_ID
    return name, f"{kind}:{numbers.check(kind, number).number}"


def _title(entry: Entry) -> str:
    return str(capfirst(local(entry.meaning)))
