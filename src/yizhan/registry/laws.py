"""Entering laws and policies 法规政策: by packs that cite them, by the office that keeps the register, by its files.

What is said of a law is checked as a whole, kept with what was said before, and told as news with the columns that changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from yizhan import clock, hanzi, journal
from yizhan.registry import law_words
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.keeping_values import plain
from yizhan.registry.models import Law, LawHistory, Source

CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}"
COLUMNS = (
    "kind", "title_zh", "title_en", "issuer", "number", "issued_on", "in_force_on", "revised_on", "valid_until",
    "repealed_on", "successor", "read_at", "read_on", "verified", "articles",
)  # fmt: skip
_EMPTY: Mapping[str, Any] = {"verified": False, "articles": []}
_DATES = ("issued_on", "in_force_on", "revised_on", "valid_until", "repealed_on", "read_on")
_ORDER = (
    ("issued_on", "in_force_on"), ("issued_on", "revised_on"), ("issued_on", "valid_until"),
    ("in_force_on", "valid_until"), ("in_force_on", "repealed_on"), ("issued_on", "repealed_on"),
)  # fmt: skip
_SORTED_BY = 24
"""Characters of a title that decide its place: readings cost more than all else when many are entered."""
_BRACKETS = str.maketrans("", "", "〔〕[]()（）【】《》〈〉<>“”‘’\"' \u3000")


class Amiss(Refused):
    """What is said of a law cannot be so; ``column`` is where it is wrong."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column


@dataclass(frozen=True)
class Told:
    """What somebody says of a law: its code, and values by :data:`COLUMNS`. What is left out is as it was, or empty."""

    code: str
    values: Mapping[str, Any]

    def whole(self, row: Law | None = None) -> dict[str, Any]:
        """All columns, those of a known law where nothing is said of them."""
        was = {name: getattr(row, name) if row else _empty(name) for name in COLUMNS}
        return {**was, **self.values}


@dataclass(frozen=True, kw_only=True)
class Word:
    """On whose word laws are entered.

    Attributes:
        unit: the code of the unit that answers for them.
        by: the key of who enters them.
        source: of the register they come from; none for a pack.
        pack: the code of the pack that brings them.
        at: the moment that all changes bear.
        because: the ground, where somebody gave one.
    """

    unit: str
    by: str
    source: Source | None = None
    pack: str = ""
    at: datetime = field(default_factory=clock.now)
    because: str = ""


@dataclass
class Entered:
    """What became of it: codes that are new, and what changed of others, with what it was."""

    fresh: list[str] = field(default_factory=list)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)


def check(code: str, values: Mapping[str, Any]) -> None:
    """See that what is said of a law, as a whole, can be so.

    Raises:
        Amiss: it cannot; the first thing that is wrong.
    """
    if not re.fullmatch(CODE_PATTERN, code):
        raise Amiss("code", _("代码须以字母或数字开头，只用字母、数字、“.”“-”“_”，不超过 60 个字符。"))
    if values["kind"] not in Law.Kind.values:
        known = "、".join(str(label) for label in Law.Kind.labels)
        raise Amiss("kind", _("没有这一类别，可选：%(kinds)s。") % {"kinds": known})
    if not str(values["title_zh"]).strip():
        raise Amiss("title_zh", _("请填写标题。"))
    for column in ("title_zh", "title_en", "issuer", "number", "read_at", "successor"):
        try:
            fits(Law, column, values[column])
        except Refused as refused:
            words = _("%(column)s：%(why)s") % {"column": law_words.column(column), "why": refused}
            raise Amiss(column, words) from None
    _in_order(values)
    if values["successor"] == code:
        raise Amiss("successor", _("承接文件不能是它自己。"))
    if values["successor"] and not (values["repealed_on"] or values["valid_until"]):
        raise Amiss("successor", _("写明承接文件的，须同时写明废止日期或有效期。"))
    if values["verified"] and not (values["read_at"] and values["read_on"]):
        raise Amiss("verified", _("已核实的，须写明在哪里、何时核对过原文。"))


def _in_order(values: Mapping[str, Any]) -> None:
    for first, then in _ORDER:
        if values[first] and values[then] and values[first] > values[then]:
            words = {"then": law_words.column(then), "first": law_words.column(first)}
            raise Amiss(then, _("%(then)s早于%(first)s，请核对日期。") % words)


def enter(told: Iterable[Told], *, word: Word) -> Entered:
    """Enter laws, or what is said of known ones now; the same again changes nothing.

    Raises:
        Amiss: what is said of one cannot be so, or leads in a circle to itself.
        Refused: another unit answers for one of them.
    """
    done = Entered()
    with transaction.atomic():
        wanted = {one.code: one for one in told}
        known = Law.objects.select_for_update().in_bulk(list(wanted), field_name="code")
        rows = []
        for code, one in wanted.items():
            if row := _written(one, known.get(code), word, done):
                rows.append(row)
        _save(rows)
        _lead_somewhere(wanted)
        _keep(rows, done, word)
        _tell(done, word)
    return done


def _written(one: Told, row: Law | None, word: Word, done: Entered) -> Law | None:
    """The row as it is to be; None where nothing is different, or where a pack speaks of what an office keeps."""
    if row is not None and row.left_on is None:
        if word.pack and row.source_id is not None:
            return None
        if (row.pack != word.pack) if word.pack else (row.unit != word.unit):
            words = _("《%(title)s》（%(code)s）由其他单位或应用包负责登记，未作改动。")
            raise Refused(words % {"title": row.title_zh, "code": row.code})
    back = row is None or row.left_on is not None
    values = one.whole(None if back else row)
    check(one.code, values)
    if not word.pack and values["read_on"] and values["read_on"] > clock.today():
        raise Amiss("read_on", _("核对日期晚于今天，请核对。"))
    if row is None:
        row = Law(code=one.code, entered_at=word.at)
    was = {name: plain(getattr(row, name)) for name in COLUMNS if getattr(row, name) != values[name]}
    if not back and not was:
        return None
    for name, value in values.items():
        setattr(row, name, value)
    _sorted(row)
    row.unit, row.left_on, row.recorded_at = word.unit, None, word.at
    row.source, row.pack = word.source, word.pack or row.pack
    if back:
        done.fresh.append(one.code)
    else:
        done.changed[one.code] = was
    return row


def _sorted(row: Law) -> None:
    rank = list(Law.Kind.values).index(row.kind)
    row.sort = f"{rank}{hanzi.sort_key(row.title_zh[:_SORTED_BY])}"[:600]
    row.sought = " ".join(sought(part) for part in (row.title_zh, row.title_en, row.number, row.code) if part)


def _save(rows: list[Law]) -> None:
    new, old = [row for row in rows if row._state.adding], [row for row in rows if not row._state.adding]
    Law.objects.bulk_create(new, batch_size=500)
    names = [*COLUMNS, "unit", "pack", "source", "recorded_at", "left_on", "sought", "sort"]
    Law.objects.bulk_update(old, names, batch_size=200)


def _lead_somewhere(told: Mapping[str, Told]) -> None:
    """Every successor is there, and none leads back to where one came from."""
    leads = dict(here().exclude(successor="").values_list("code", "successor"))
    there = set(here().filter(code__in=set(leads.values())).values_list("code", flat=True))
    for code in told:
        seen, at = {code}, leads.get(code, "")
        while at:
            if at not in there:
                raise Amiss("successor", _("承接文件 %(code)s 不在法规政策库中，请先登记。") % {"code": at})
            if at in seen:
                raise Amiss(
                    "successor", _("承接关系成了圈：%(codes)s。") % {"codes": " → ".join([*seen, at])}
                )
            seen.add(at)
            at = leads.get(at, "")


def _keep(rows: Iterable[Law], done: Entered, word: Word) -> None:
    LawHistory.objects.bulk_create(
        LawHistory(law=row, was=done.changed[row.code], columns=sorted(done.changed[row.code]),
                   replaced_at=word.at, by=word.by, because=word.because)
        for row in rows if row.code in done.changed
    )  # fmt: skip


def _tell(done: Entered, word: Word) -> None:
    """News with keys, never values: how many are new, and which columns of which law have changed."""
    if done.fresh:
        of = f"pack:{word.pack}" if word.pack else f"source:{word.source.code if word.source else ''}"
        journal.write("law.entered", subject=of, actor=word.by, laws=len(done.fresh))
    for code, was in done.changed.items():
        journal.write("law.changed", subject=f"law:{code}", actor=word.by, columns=sorted(was))


def here() -> models.QuerySet[Law]:
    """The laws that are on record; not what came with a file by mistake."""
    return Law.objects.filter(left_on=None)


def sought(words: str) -> str:
    """A title or number in the writing in which it is looked for: 民发〔2021〕57号 is 民发[2021]57号."""
    return "".join(sign for sign in hanzi.fold(words).translate(_BRACKETS) if sign.isprintable())


def read(column: str, value: Any) -> Any:
    """A value that JSON kept, as the column holds it."""
    return date.fromisoformat(value) if column in _DATES and value else value


def _empty(column: str) -> Any:
    return _EMPTY.get(column, None if column in _DATES else "")
