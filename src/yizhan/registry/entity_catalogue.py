"""What can be asked about a company 法人信息项, and about each licence it holds 持有证照."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from yizhan.registry import credit, licence_kinds, masking
from yizhan.registry.entries import Entry, Type, written
from yizhan.registry.reading import Reader, Row, amount, column
from yizhan.releases.words import Text

ENTITY_COLUMN = "entity."
LICENCE = "licence."

ENTITY_COLUMNS: Mapping[str, int] = MappingProxyType(
    {
        "name": 1, "representative": 2, "representative_document": 3, "kind": 4, "address": 5, "division": 6,
        "established_on": 7, "organisation_code": 8, "kind_code": 9, "state": 10, "registered_capital": 11,
        "currency": 12, "business_scope": 13, "industry": 14, "term_from": 15, "term_until": 16, "phone": 17,
        "parent": 18, "until": 19, "representative_person": 20,
    }
)  # fmt: skip
"""What a source can vouch for, by numbers that :class:`EntityProvenance` keeps: never changed, never used again."""


def _of(key: str, meaning: tuple[str, str], column_name: str = "", **more: Any) -> Entry:
    """An entry that a column of the company answers; ``column_name`` where the key is another."""
    name = column_name or key
    return written(f"entity.{key}", meaning, column=ENTITY_COLUMN + name, **{"read": column(name), **more})


def _count(kind: str) -> Reader:
    return lambda row: sum(one["kind"] == kind for one in row["records"])


def _in_operation(row: Row) -> bool:
    return row["until"] is None or row["until"] > row["on"]


_OF_COMPANY = (
    _of("name", ("企业名称", "name of the company")),
    _of("uscc", ("统一社会信用代码", "unified social credit code")),
    _of("kind", ("企业类型", "kind of company")),
    _of("representative", ("法定代表人（负责人）", "legal representative")),
    _of("address", ("住所（经营场所）", "registered address")),
    _of("division", ("住所所在区划", "registered division"), type="code", codes="divisions"),
    _of("established", ("成立日期", "day of establishment"), "established_on", type="date"),
    _of("in_operation", ("是否存续", "whether it is in operation"), "until", type="boolean", read=_in_operation),
    _of("organisation_code", ("组织机构代码", "organisation code")),
    _of("code_ok", ("代码校验是否通过", "whether the code passes its check"), type="boolean"),
    _of("former_name", ("企业曾用名", "former name of the company")),
    _of("kind_code", ("法人类型代码", "kind of legal entity"), type="code", codes="entity_kind"),
    _of("state", ("登记状态", "state of registration"), type="code", codes="entity_state"),
    _of("capital", ("注册资本", "registered capital"), "registered_capital", read=amount("registered_capital")),
    _of("currency", ("注册资本币种", "currency of the capital")),
    _of("scope", ("经营范围", "scope of business"), "business_scope"),
    _of("industry", ("行业门类", "section of industry"), type="code", codes="industry"),
    _of("term_from", ("营业期限自", "term of business from"), type="date"),
    _of("term_until", ("营业期限至", "term of business until"), type="date"),
    _of("struck_off", ("注销日期", "struck off on"), "until", type="date"),
    _of("standard_address", ("住所标准地址", "standard address"), "address", read=column("standard_address")),
    _of("parent", ("隶属法人代码", "code of the parent company")),
    _of("phone", ("企业联系电话", "telephone of the company"), group="contact", mask=masking.phone),
    _of("shareholders", ("股东人数", "number of shareholders"), type="integer"),
    _of("branches", ("分支机构数", "number of branches"), type="integer"),
    _of("penalties", ("公示期内行政处罚数", "penalties in their publicity term"), type="integer",
        read=_count("penalty")),
    _of("approvals", ("行政许可数", "administrative approvals"), type="integer", read=_count("approval")),
    _of("breaches", ("失信记录数", "records of broken trust"), type="integer", read=_count("breach")),
    _of("credit_score", ("信用评分（试行）", "credit score (on trial)"), type="integer",
        read=lambda row: credit.score(row).points),
)  # fmt: skip


def _of_licence(kind: str, name: str) -> Reader:
    """A column of the licence of a kind that is in force on the day; nothing where there is none."""

    def read(row: Row) -> Any:
        licence = row["licences"].get(kind)
        return licence[name] if licence else None

    return read


def _held(kind: str) -> Reader:
    return lambda row: kind in row["licences"]


_OF_LICENCE: Mapping[str, tuple[tuple[str, str], Type]] = MappingProxyType(
    {
        "held": (("是否有效", "in force"), "boolean"),
        "number": (("编号", "number"), "text"),
        "issuer": (("发证单位代码", "code of the issuing unit"), "text"),
        "valid_from": (("起始日期", "valid from"), "date"),
        "valid_to": (("截止日期", "valid to"), "date"),
    }
)
_OF_LICENCES = "entity.licence."


def licence_keys() -> Iterator[str]:
    """What can be asked about the licences of the kinds that packs bring now."""
    return (f"{_OF_LICENCES}{kind}.{name}" for kind in licence_kinds.known() for name in _OF_LICENCE)


def licence_entry(key: str) -> Entry | None:
    """The entry of a key such as ``entity.licence.food_business.number``; None where no pack ever brought the kind."""
    kind, _point, name = key.removeprefix(_OF_LICENCES).partition(".")
    if not key.startswith(_OF_LICENCES) or name not in _OF_LICENCE:
        return None
    title = licence_kinds.title(kind)
    return _licence(kind, name, title) if title else None


@lru_cache(maxsize=1024)
def _licence(kind: str, name: str, title: Text) -> Entry:
    (zh, en), type_ = _OF_LICENCE[name]
    return written(
        f"{_OF_LICENCES}{kind}.{name}", (title.zh + zh, f"{title.en}: {en}"), type=type_, column=LICENCE + kind,
        read=_held(kind) if name == "held" else _of_licence(kind, name),
    )  # fmt: skip


ENTITY_ENTRIES: tuple[Entry, ...] = _OF_COMPANY
