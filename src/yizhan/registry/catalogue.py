"""What can be asked about a person 信息项目录: keys, meanings, and which column and source answers.

A new value of the population register is a column of a table, a number in :data:`COLUMNS` and an entry here;
what is known of companies stands in ``entity_catalogue``. Keys are part of the house's contract: forms, decision
tables and processes name them.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from yizhan.registry import masking, reading
from yizhan.registry.entity_catalogue import ENTITY_ENTRIES
from yizhan.registry.entries import Entry, Of, written
from yizhan.registry.faults import UnknownKey
from yizhan.registry.reading import column

__all__ = ["CATALOGUE", "COLUMNS", "Entry", "entry", "keys_of"]

COLUMNS: Mapping[str, int] = MappingProxyType(
    {
        "name": 1, "former_name": 2, "sex": 3, "born_on": 4, "ethnic_group": 5, "id_number": 6, "phone": 7,
        "died_on": 8, "household": 9, "registered": 10, "living": 11,
    }
)  # fmt: skip
"""What a source can vouch for, by numbers that :class:`Provenance` keeps: never changed, never used again."""


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


_PERSON = (
    written("person.name", ("姓名", "name"), column="name", read=column("name"), mask=masking.name),
    written("person.former_name", ("曾用名", "former name"),
           column="former_name", read=column("former_name"), mask=masking.name),
    written("person.sex", ("性别", "sex"), type="code", codes="sex", column="sex", read=column("sex")),
    written("person.born", ("出生日期", "date of birth"), type="date", group="sensitive",
           column="born_on", read=column("born_on"), mask=masking.day),
    written("person.age", ("周岁年龄", "age in completed years"), type="integer",
           column="born_on", read=reading.age),
    written("person.ethnic_group", ("民族", "ethnic group"), type="code", codes="ethnic_group",
           group="sensitive", column="ethnic_group", read=column("ethnic_group"),
           mask=masking.hidden),
    written("person.id_type", ("证件类型", "type of identity document"), type="code", codes="document_type",
           column="id_number", read=column("id_type")),
    written("person.id_number", ("证件号码", "number of the identity document"), group="sensitive",
           column="id_number", read=column("id_number"), mask=masking.number),
    written("person.id_number_ok", ("证件号码校验是否通过", "whether the number passes its check"),
           type="boolean", column="id_number", read=column("id_ok")),
    written("person.phone", ("联系电话", "phone number"), group="contact",
           column="phone", read=column("phone"), mask=masking.phone),
    written("person.alive", ("是否在世", "whether the person is alive"), type="boolean",
           column="died_on", read=reading.alive),
    written("person.died", ("死亡日期", "date of death"), type="date", group="sensitive",
           column="died_on", read=column("died_on"), mask=masking.day),
)  # fmt: skip

_HOUSEHOLD = (
    written("household.book_number", ("户口簿户号", "number of the household book"), group="sensitive",
           column="household", read=column("book_number"), mask=masking.number),
    written("household.relation", ("与户主关系", "relation to the head of the household"), type="code",
           codes="family_relation", group="sensitive",
           column="household", read=column("relation"), mask=masking.hidden),
    written("household.address", ("户籍地址", "registered address"), group="contact",
           column="registered", read=column("registered_address"), mask=masking.address),
    written("household.registered_division", ("户籍所在区划", "registered division"), type="code",
           codes="divisions", column="registered", read=column("registered_division")),
    written("household.registered_subdistrict", ("户籍所在街道", "registered sub-district"), type="code",
           codes="divisions", column="registered", read=reading.subdistrict("registered_division")),
    written("household.registered_in_district", ("是否本区户籍", "whether registered in this district"),
           type="boolean", column="registered", read=reading.in_district),
    written("household.registered_since", ("户籍登记起始日期", "registered there since"), type="date",
           column="registered", read=column("registered_since")),
)  # fmt: skip

_RESIDENCE = (
    written("residence.address", ("居住地址", "address of residence"), group="contact",
           column="living", read=column("living_address"), mask=masking.address),
    written("residence.subdistrict", ("居住地街道", "sub-district of residence"), type="code",
           codes="divisions", column="living", read=reading.subdistrict("lived_in_division")),
    written("residence.committee", ("居住地社区居委会", "committee of residence"), type="code",
           codes="divisions", column="living", read=reading.committee("lived_in_division")),
    written("residence.since", ("现住址居住起始日期", "living there since"), type="date",
           column="living", read=column("living_since")),
)  # fmt: skip

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {one.key: one for one in (*_PERSON, *_HOUSEHOLD, *_RESIDENCE, *ENTITY_ENTRIES)}
)


def keys_of(subject: Of) -> list[str]:
    """All that can be asked of a person, or of a company."""
    return [key for key, one in CATALOGUE.items() if one.of == subject]
