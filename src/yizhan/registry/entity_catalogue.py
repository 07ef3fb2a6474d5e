"""What can be asked about a company 法人信息项, and about each licence it holds 持有证照."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yizhan.registry import masking
from yizhan.registry.entries import Entry, Type, written
from yizhan.registry.licence_kinds import KINDS
from yizhan.registry.reading import Reader, Row, column

ENTITY = "entity"
LICENCE = "licence."

_OF_COMPANY = (
    written("entity.name", ("企业名称", "name of the company"), column=ENTITY, read=column("name")),
    written("entity.uscc", ("统一社会信用代码", "unified social credit code"), column=ENTITY, read=column("uscc")),
    written("entity.kind", ("企业类型", "kind of company"), column=ENTITY, read=column("kind")),
    written("entity.representative", ("法定代表人（负责人）", "legal representative"), group="contact",
            column=ENTITY, read=column("representative"), mask=masking.name),
    written("entity.address", ("住所（经营场所）", "registered address"), column=ENTITY, read=column("address")),
    written("entity.division", ("住所所在区划", "registered division"), type="code", codes="divisions",
            column=ENTITY, read=column("division")),
    written("entity.established", ("成立日期", "day of establishment"), type="date",
            column=ENTITY, read=column("established_on")),
    written("entity.in_operation", ("是否存续", "whether it is in operation"), type="boolean",
            column=ENTITY, read=lambda row: row["until"] is None or row["until"] > row["on"]),
)  # fmt: skip


def _of_licence(kind: str, name: str) -> Reader:
    """A column of the licence of a kind that is in force on the day; nothing where there is none."""

    def read(row: Row) -> Any:
        licence = row["licences"].get(kind)
        return licence[name] if licence else None

    return read


def _held(kind: str) -> Reader:
    return lambda row: kind in row["licences"]


_OF_LICENCE: tuple[tuple[str, tuple[str, str], Type], ...] = (
    ("held", ("是否有效", "in force"), "boolean"),
    ("number", ("编号", "number"), "text"),
    ("valid_from", ("起始日期", "valid from"), "date"),
    ("valid_to", ("截止日期", "valid to"), "date"),
)


def _licences() -> Iterator[Entry]:
    for kind, title in KINDS.items():
        for name, (zh, en), type_ in _OF_LICENCE:
            yield written(
                f"entity.licence.{kind}.{name}",
                (title.zh + zh, f"{title.en}: {en}"),
                type=type_,
                column=LICENCE + kind,
                read=_held(kind) if name == "held" else _of_licence(kind, name),
            )


ENTITY_ENTRIES: tuple[Entry, ...] = (*_OF_COMPANY, *_licences())
