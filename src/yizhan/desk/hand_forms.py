"""The form in which an office enters values of a person by hand 手工登记: one question for each key that is its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yizhan import clock, codes
from yizhan.codes.models import Division
from yizhan.identity.actor import Actor
from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused
from yizhan.registry import file, import_columns, owning, sight
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.entries import Entry
from yizhan.registry.faults import Refused
from yizhan.registry.owning import HOMES, Owned, Standing
from yizhan.registry.places import Place, Reader
from yizhan.registry.purposes import Purpose
from yizhan.ui.language import local

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """One key of a category in the form.

    Attributes:
        name: of the field that is sent.
        kind: text, day, select or home; empty where nothing may be entered, and ``why`` says why.
        present: what is registered, masked as everywhere; empty for nothing.
    """

    key: str
    name: str
    title: str
    present: str = ""
    kind: str = ""
    choices: Choices = field(default_factory=list)
    why: str = ""


@dataclass
class Filled:
    """What was typed, read: values by keys, homes by keys, and what is wrong by the names of fields."""

    values: dict[str, Any] = field(default_factory=dict)
    homes: dict[str, Place] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def questions(subject: str, category: str, *, by: Actor, purpose: Purpose) -> list[Question]:
    """The questions of a category, and what is not this office's with whose it is; a look that is logged.

    Raises:
        NotHere: no such person in the present scope.
    """
    known = {one.key: one for one in file.category(sight.look(subject, purpose=purpose), category).fields}
    asked = blank(subject, category, by=by)
    return [replace(one, present=known[one.key].words if one.key in known else "") for one in asked]


def blank(subject: str, category: str, *, by: Actor) -> list[Question]:
    """The same without what is registered, to read what was sent: nothing of the person is looked at."""
    return [_question(one) for one in owning.of_category(subject, category, by=by)]


def committees(areas: Collection[str]) -> Choices:
    """The committees of these areas, by sub-district."""
    rows = Division.objects.filter(valid_to=None).order_by("code").values_list("code", "name")
    names = {code: name for code, name in rows if any(code.startswith(area[:9]) for area in areas)}
    return [
        (code, f"{names.get(code[:9] + '000', '')}{name}")
        for code, name in names.items()
        if not code.endswith("000") and any(code.startswith(area) for area in areas)
    ]


def filled(sent: Mapping[str, str], asked: Iterable[Question], cleared: Iterable[str]) -> Filled:
    """What was typed into the questions; an empty answer says nothing, a key that was ticked is emptied."""
    read, none = Filled(), set(cleared)
    for one in asked:
        typed = sent.get(one.name, "").strip()
        if one.kind == "home":
            _read_home(read, one, typed, sent.get(f"{one.name}-division", ""))
        elif one.kind and (typed or one.key in none):
            _read_value(read, one, typed)
    return read


def day_of(sent: Mapping[str, str], name: str = "on") -> date:
    """The day that was typed; today where none was.

    Raises:
        CellRefused: it is no day.
    """
    return cells.day(sent.get(name, "").strip()) or clock.today()


def command_of(sent: Mapping[str, str]) -> UUID:
    """The command that a page bears, so that a form sent twice is entered once.

    Raises:
        Refused: it bears none.
    """
    try:
        return UUID(sent.get("command", ""))
    except ValueError:
        raise Refused(_("页面不完整，请重新打开后再提交。")) from None


def _read_value(read: Filled, one: Question, typed: str) -> None:
    try:
        read.values[one.key] = import_columns.reads(CATALOGUE[one.key].column)(typed)
    except CellRefused as refused:
        read.errors[one.name] = str(refused.words)


def _read_home(read: Filled, one: Question, typed: str, division: str) -> None:
    if not typed and not division:
        return
    try:
        read.homes[one.key] = Reader().read(division, typed)
    except Refused as refused:
        read.errors[one.name] = str(refused)


def _question(owned: Owned) -> Question:
    entry = owned.entry
    kind = _kind(entry) if owned.ours else ""
    return Question(
        key=entry.key,
        name="new-" + entry.key.replace(".", "-"),
        title=str(capfirst(local(entry.meaning))),
        kind=kind,
        choices=coded(entry.codes) if kind == "select" else [],
        why="" if owned.ours else _why_not(owned),
    )


def coded(listed: str) -> Choices:
    """The codes of a list that are in force, with their names."""
    return [(one.code, str(one)) for one in codes.entries(listed)]


def _kind(entry: Entry) -> str:
    if entry.key in HOMES:
        return "home"
    return {"code": "select", "date": "day"}.get(entry.type, "text")


def _why_not(owned: Owned) -> str:
    if owned.standing is Standing.BY_CASE:
        return _("由本人提出异议，按办件更正")
    if owned.standing is Standing.BY_FILE:
        return _("随来源的数据更新，不在此填写")
    if owned.standing is Standing.FOLLOWS:
        return _("随户籍、住址登记变动，不单独填写")
    if owned.source is None:
        return _("没有登记，本单位的数据来源不含这一类")
    return _("由%(source)s负责") % {"source": local(owned.source.title)}
