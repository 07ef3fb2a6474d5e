"""The columns of a register's file 导入列: those of the person, her home, and every field of the population register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from yizhan import codes
from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.reading import Column
from yizhan.identity.directory.report import Words
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.fitting import PARTICULARS
from yizhan.registry.models import Particulars

_DIVISION = cells.matching(r"\d{12}", gettext_lazy("区划代码应为 12 位数字"))


def coded(listed: str) -> Callable[[str], str]:
    """A code of a list, written as the code, the name or an alias of it."""

    known = {"": ""}

    def read(cell: str) -> str:
        if cell not in known:
            found = codes.find(listed, cell)
            if found is None:
                raise CellRefused(Words.of(gettext_lazy("代码或名称不在代码表中")))
            known[cell] = found.code
        return known[cell]

    return read


def count(cell: str) -> int | None:
    """A number of things; nothing is not known."""
    if not cell:
        return None
    number = cells.whole_number(cell)
    if not 0 <= number <= 32_767:
        raise CellRefused(Words.of(gettext_lazy("应为整数")))
    return number


def yuan(cell: str) -> Decimal | None:
    """An amount with at most two decimals; nothing is not known."""
    if not cell:
        return None
    try:
        amount = Decimal(cell)
    except InvalidOperation:
        amount = Decimal(-1)
    if not (amount.is_finite() and 0 <= amount < 100_000_000 and amount == round(amount, 2)):
        raise CellRefused(Words.of(gettext_lazy("应为金额，最多两位小数")))
    return amount


def _particular(name: str) -> Column:
    entry = next(one for one in CATALOGUE.values() if one.of == "person" and one.column == name)
    field: models.Field[Any, Any] = Particulars._meta.get_field(name)  # type: ignore[assignment]
    if entry.codes:
        read: Callable[[str], Any] = coded(entry.codes)
    elif isinstance(field, models.DateField):
        read = cells.day
    elif isinstance(field, models.DecimalField):
        read = yuan
    else:
        read = cells.text(field.max_length or 0) if PARTICULARS[name] else count
    return Column(name, lazystr(entry.meaning), read)


def columns() -> Sequence[Column]:
    """The columns, in any order, by name or heading; only the first four must be there. Made anew for each file."""
    return (
        Column("record", gettext_lazy("记录号"), cells.text(80), required=True),
        Column("as_of", gettext_lazy("数据日期"), cells.day, required=True),
        Column("name", gettext_lazy("姓名"), cells.text(100), required=True),
        Column("id_number", gettext_lazy("公民身份号码"), cells.text(40), required=True),
        Column("sex", gettext_lazy("性别代码"), cells.matching("[0129]", gettext_lazy("应为 0、1、2 或 9"))),
        Column("born_on", gettext_lazy("出生日期"), cells.day),
        Column("died_on", gettext_lazy("死亡日期"), cells.day),
        Column("former_name", gettext_lazy("曾用名"), cells.text(100)),
        Column("ethnic_group", gettext_lazy("民族"), coded("ethnic_group")),
        Column("phone", gettext_lazy("联系电话"), cells.text(30)),
        Column("book_number", gettext_lazy("户号"), cells.text(40)),
        Column("relation", gettext_lazy("与户主关系代码"), cells.text(2)),
        Column("division", gettext_lazy("户籍区划代码"), _DIVISION),
        Column("address", gettext_lazy("户籍地址"), cells.text(300)),
        Column("living_division", gettext_lazy("居住区划代码"), _DIVISION),
        Column("living_address", gettext_lazy("居住地址"), cells.text(300)),
        Column("tenure", gettext_lazy("居住方式"), coded("tenure")),
        *(_particular(name) for name in PARTICULARS),
    )


def reads(column: str) -> Callable[[str], Any]:
    """How a value of a column of the person, or of the particulars, is read from what somebody typed.

    Raises:
        CellRefused: when it is called with what the column cannot hold.
    """
    return next(one.read for one in columns() if one.name == column)
