"""What can be asked about a person 信息项目录: keys, meanings, and which column and source answers.

A new value of the population register is a column of a table, a number in :data:`COLUMNS` and an entry here;
nothing else changes. Keys are part of the house's contract: forms, decision tables and processes name them.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from yizhan.registry import masking, reading
from yizhan.registry.faults import UnknownKey
from yizhan.registry.reading import Reader, column
from yizhan.releases.words import Text

COLUMNS: Mapping[str, int] = MappingProxyType(
    {
        "name": 1, "former_name": 2, "sex": 3, "born_on": 4, "ethnic_group": 5, "id_number": 6, "phone": 7,
        "died_on": 8, "household": 9, "registered": 10, "living": 11,
    }
)  # fmt: skip
"""What a source can vouch for, by numbers that :class:`Provenance` keeps: never changed, never used again."""

Type = Literal["text", "date", "integer", "boolean", "code"]
Group = Literal["basic", "contact", "sensitive"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that can be asked.

    Attributes:
        key: its name, ``person.born``.
        meaning: what it says, in both languages.
        type: of the value; a ``code`` is a code of the list ``codes``.
        group: what kind of data it is 字段组; contact and sensitive ones always have a mask.
        column: the name in :data:`COLUMNS` whose source answers for it.
        read: how to get it from the row.
        mask: how it looks masked; None for what is never masked.
        codes: the list of the room ``codes`` that a code belongs to; ``divisions`` for division codes.
    """

    key: str
    meaning: Text
    type: Type
    group: Group
    column: str
    read: Reader
    mask: Callable[[Any], str] | None = None
    codes: str = ""


def entry(key: str) -> Entry:
    """The entry of a key.

    Raises:
        UnknownKey: there is none; the text names the nearest.
    """
    try:
        return CATALOGUE[key]
    except KeyError:
        near = difflib.get_close_matches(key, CATALOGUE, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UnknownKey(f"the register knows no {key!r}{hint}") from None


def _entry(key: str, meaning: tuple[str, str], **more: Any) -> Entry:
    text = Text(zh=meaning[0], en=meaning[1])
    return Entry(key=key, meaning=text, **{"type": "text", "group": "basic", **more})


_PERSON = (
    _entry("person.name", ("姓名", "name"), column="name", read=column("name"), mask=masking.name),
    _entry("person.former_name", ("曾用名", "former name"),
           column="former_name", read=column("former_name"), mask=masking.name),
    _entry("person.sex", ("性别", "sex"), type="code", codes="sex", column="sex", read=column("sex")),
    _entry("person.born", ("出生日期", "date of birth"), type="date", group="sensitive",
           column="born_on", read=column("born_on"), mask=masking.day),
    _entry("person.age", ("周岁年龄", "age in completed years"), type="integer",
           column="born_on", read=reading.age),
    _entry("person.ethnic_group", ("民族", "ethnic group"), type="code", codes="ethnic_group",
           group="sensitive", column="ethnic_group", read=column("ethnic_group"),
           mask=masking.hidden),
    _entry("person.id_type", ("证件类型", "type of identity document"), type="code", codes="document_type",
           column="id_number", read=column("id_type")),
    _entry("person.id_number", ("证件号码", "number of the identity document"), group="sensitive",
           column="id_number", read=column("id_number"), mask=masking.number),
    _entry("person.id_number_ok", ("证件号码校验是否通过", "whether the number passes its check"),
           type="boolean", column="id_number", read=column("id_ok")),
    _entry("person.phone", ("联系电话", "phone number"), group="contact",
           column="phone", read=column("phone"), mask=masking.phone),
    _entry("person.alive", ("是否在世", "whether the person is alive"), type="boolean",
           column="died_on", read=reading.alive),
    _entry("person.died", ("死亡日期", "date of death"), type="date", group="sensitive",
           column="died_on", read=column("died_on"), mask=masking.day),
)  # fmt: skip

_HOUSEHOLD = (
    _entry("household.book_number", ("户口簿户号", "number of the household book"), group="sensitive",
           column="household", read=column("book_number"), mask=masking.number),
    _entry("household.relation", ("与户主关系", "relation to the head of the household"), type="code",
           codes="family_relation", group="sensitive",
           column="household", read=column("relation"), mask=masking.hidden),
    _entry("household.address", ("户籍地址", "registered address"), group="contact",
           column="registered", read=column("registered_address"), mask=masking.address),
    _entry("household.registered_division", ("户籍所在区划", "registered division"), type="code",
           codes="divisions", column="registered", read=column("registered_division")),
    _entry("household.registered_subdistrict", ("户籍所在街道", "registered sub-district"), type="code",
           codes="divisions", column="registered", read=reading.subdistrict("registered_division")),
    _entry("household.registered_in_district", ("是否本区户籍", "whether registered in this district"),
           type="boolean", column="registered", read=reading.in_district),
    _entry("household.registered_since", ("户籍登记起始日期", "registered there since"), type="date",
           column="registered", read=column("registered_since")),
)  # fmt: skip

_RESIDENCE = (
    _entry("residence.address", ("居住地址", "address of residence"), group="contact",
           column="living", read=column("living_address"), mask=masking.address),
    _entry("residence.subdistrict", ("居住地街道", "sub-district of residence"), type="code",
           codes="divisions", column="living", read=reading.subdistrict("lived_in_division")),
    _entry("residence.committee", ("居住地社区居委会", "committee of residence"), type="code",
           codes="divisions", column="living", read=reading.committee("lived_in_division")),
    _entry("residence.since", ("现住址居住起始日期", "living there since"), type="date",
           column="living", read=column("living_since")),
)  # fmt: skip

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {one.key: one for one in (*_PERSON, *_HOUSEHOLD, *_RESIDENCE)}
)
