"""Laws and policies as files 法规政策."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan import clock
from yizhan.identity.actor import Actor
from yizhan.identity.directory import cells
from yizhan.identity.directory.reading import Column
from yizhan.registry import law_undoing, laws
from yizhan.registry.extracts.register import Done, Loading, Register
from yizhan.registry.faults import Refused
from yizhan.registry.law_words import COLUMNS
from yizhan.registry.laws import Told, Word
from yizhan.registry.models import Import, ImportedRow, Law
from yizhan.registry.offices import source_written_by

_DATES = ("issued_on", "in_force_on", "revised_on", "valid_until", "repealed_on", "read_on")
_TEXTS = ("title_zh", "title_en", "issuer", "number", "successor", "read_at")
_TOLD = ("kind", *_TEXTS, *_DATES, "verified")


def columns() -> Sequence[Column]:
    """The columns, in any order; code, day, kind and title must be there."""
    code = cells.matching(
        laws.CODE_PATTERN, gettext_lazy("须以字母或数字开头，只用字母、数字、“.”“-”“_”，不超过 60 个字符")
    )
    return (
        Column("code", COLUMNS["code"], code, required=True),
        Column("as_of", gettext_lazy("数据日期"), cells.day, required=True),
        Column("kind", COLUMNS["kind"], cache(cells.one_of(Law.Kind)), required=True),
        *(
            Column(name, COLUMNS[name], cells.text(_longest(name)), required=name == "title_zh")
            for name in _TEXTS
        ),
        *(Column(name, COLUMNS[name], cells.day) for name in _DATES),
        Column("verified", COLUMNS["verified"], cache(cells.yes_or_no)),
    )


def _longest(name: str) -> int:
    return int(getattr(Law._meta.get_field(name), "max_length", None) or 0)


class _Maker:
    """What a cell leaves empty stays as it is on record, so what is checked is the whole."""

    def __init__(self) -> None:
        self._known = {row.code: row for row in laws.here()}

    def __call__(self, values: dict[str, Any]) -> Told:
        if values["as_of"] > clock.today():
            raise Refused(_("日期晚于今天，未作登记，请核对。"))
        told = {name: values[name] for name in _TOLD if values[name] not in ("", None, False)}
        one = Told(values["code"], told)
        laws.check(one.code, one.whole(self._known.get(one.code)))
        return one


def _enter(entries: list[Told], file: Import, how: Loading) -> Done:
    source = source_written_by(how.source, how.actor)
    was = law_undoing.states(one.code for one in entries)
    word = Word(unit=source.unit, by=how.by, source=source, at=file.at, because=how.name)
    done = laws.enter(entries, word=word)
    fresh = [ImportedRow(file=file, key=code, fresh=True) for code in done.fresh]
    changed = [ImportedRow(file=file, key=code, fresh=False, was=was[code]) for code in done.changed]
    ImportedRow.objects.bulk_create([*fresh, *changed], batch_size=1_000)
    return Done(len(done.fresh), len(done.changed))


def _undo(file: Import, by: Actor) -> None:
    source_written_by(file.source.code, by)
    law_undoing.undo(file, by=by)


REGISTER: Register[Told] = Register(
    key="laws",
    title=gettext_lazy("法规政策"),
    unit=gettext_lazy("部"),
    columns=columns,
    maker=_Maker,
    record=lambda told: told.code,
    key_column="code",
    enter=_enter,
    changed_since=law_undoing.changed_since,
    undo=_undo,
)
