"""What a source may deliver of persons, held against its file 数源类别核对: column by column, before anything is entered.

A source that delivers no identities names whom it speaks of by number and name. It enters nobody anew, and changes neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy

from yizhan.identity.directory.reading import Column, Row
from yizhan.identity.directory.report import Reject, Words
from yizhan.registry import sources
from yizhan.registry.catalogue import CATEGORIES, COMES_WITH
from yizhan.registry.models import Source
from yizhan.registry.models.person import RESIDENT_ID
from yizhan.registry.registration import Registration

IDENTITY = "identity"
_TELL_WHO = {"record", "as_of", "name", "id_number"}
_WRITTEN_AS = {
    "book_number": "household", "relation": "household", "division": "registered", "address": "registered",
    "living_division": "living", "living_address": "living", "tenure": "living",
}  # fmt: skip
"""Columns of a file that are no column of a person by this name."""


@dataclass(frozen=True)
class _Known:
    """Whom a row means, as the register has that person; ``agrees``: the row's number and name are hers."""

    name: str
    id_number: str
    born_on: date | None
    division: str
    agrees: bool


def refused(rows: Sequence[Row], heads: Sequence[Column], source: Source) -> list[Reject]:
    """The columns that hold something and that a source may not deliver; then the rows that mean nobody here."""
    rejects = [reject for head in heads if (reject := _column(rows, head, source))]
    if rejects or source.delivers(IDENTITY):
        return rejects
    told = [(row.cells["record"], row.cells["id_number"], row.cells["name"]) for row in rows]
    known, (one,) = _whom(source, told), [head for head in heads if head.name == "id_number"]
    return [
        Reject(row.number, str(one.title), row.cells["id_number"], words)
        for row in rows
        if (words := _stranger(known.get(row.cells["record"])))
    ]


def as_delivered(entries: Sequence[Registration], source: Source) -> list[Registration]:
    """The entries with what the source may vouch for; where that is no identity, as the register has the persons."""
    if not source.categories:
        return list(entries)
    vouches = sources.vouches(source)
    if source.delivers(IDENTITY):
        return [replace(one, vouches=vouches) for one in entries]
    known = _whom(source, [(one.source_record, one.id_number, one.name) for one in entries])
    return [
        replace(
            one, vouches=vouches, sex="0", born_on=present.born_on, name=present.name, id_number=present.id_number,
            known_in=present.division,
        )
        for one in entries
        if (present := known.get(one.source_record))
    ]  # fmt: skip


def _column(rows: Sequence[Row], head: Column, source: Source) -> Reject | None:
    category = COMES_WITH.get(_WRITTEN_AS.get(head.name, head.name))
    if head.name in _TELL_WHO or category is None or source.delivers(category):
        return None
    filled = [row for row in rows if row.cells.get(head.name)]
    if not filled:
        return None
    title = CATEGORIES[category][0]
    both = Words(
        *(
            words % {"source": named, "category": called, "n": len(filled)}
            for words, named, called in zip(
                _said(), (source.title.zh, source.title.en), (title.zh, title.en), strict=True
            )
        )
    )
    return Reject(filled[0].number, str(head.title), filled[0].cells[head.name], both)


def _said() -> tuple[str, str]:
    words = Words.of(
        gettext_lazy(
            "来源“%(source)s”不提供“%(category)s”，有 %(n)s 行填写了这一列；请删去这一列，由提供这一类的来源导入"
        )
    )
    return words.zh, words.en


def _stranger(known: _Known | None) -> Words | None:
    if known is None:
        said = gettext_lazy(
            "您的辖区内没有姓名和证件号码都相符的人员；这个来源不提供身份信息，不能新登记人员"
        )
        return Words.of(said)
    if not known.agrees:
        return Words.of(
            gettext_lazy("这条记录以前是另一姓名或证件号码的人员的；这个来源不提供身份信息，不能更改")
        )
    return None


def _whom(source: Source, told: Iterable[tuple[str, str, str]]) -> Mapping[str, _Known]:
    """By record: whoever the record was of before, else the one person of one's areas who bears number and name."""
    records, numbers, names = zip(*told, strict=True) if (told := list(told)) else ((), (), ())
    documents = [f"{RESIDENT_ID}:{number.upper()}" for number in numbers]
    with connection.cursor() as cursor:
        cursor.execute(_WHOM, [list(records), documents, list(names), source.pk])
        return {record: _Known(*found) for record, *found in cursor.fetchall()}


_WHOM = """
    select asked.record, p.name, p.id_number, p.born_on, p.register_division,
        registry_name_key(p.name) = registry_name_key(asked.name)
        and exists (select from registry_identifier i
            where i.person_id = p.id and i.document = asked.document and i.until is null)
    from unnest(%s::text[], %s::text[], %s::text[]) asked(record, document, name)
    left join registry_provenance v on v.source_id = %s and v.source_record = asked.record
    left join lateral (
        select min(i.person_id::text)::uuid as person from registry_identifier i
        where v.person_id is null and i.until is null and i.document = asked.document
          and i.name_key = registry_name_key(asked.name)
        having count(distinct i.person_id) = 1) m on true
    join registry_person p on p.id = coalesce(v.person_id, m.person) and p.until is null
"""
