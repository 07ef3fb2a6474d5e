"""From the bytes of a file to rows of cells: encodings, size, header, and what each cell may hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yizhan.codes import uscc
from yizhan.identity import phone as numbers
from yizhan.identity.directory.report import Reject, Words
from yizhan.identity.faults import Refused

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 100_000


class FileRefused(Refused):
    """The file as a whole cannot be read; no row was looked at."""


class CellRefused(Exception):
    """A cell holds what it must not; ``words`` say why."""

    def __init__(self, words: Words) -> None:
        self.words = words


@dataclass(frozen=True)
class Column:
    """A column: its name, its Chinese heading, and how a cell is read."""

    name: str
    title: Promise
    read: Callable[[str], Any]
    required: bool = False


@dataclass
class Row:
    """A row: its number as a spreadsheet counts, its cells as they stand, and what they mean."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)


def rows_of(data: bytes, columns: Sequence[Column]) -> list[Row]:
    """The rows of a file, empty ones left out.

    Raises:
        FileRefused: too large, in no encoding we know, no table, or other columns than expected.
    """
    lines = _table(_text(data))
    names = _header(next(lines, []), columns)
    found = []
    for number, line in enumerate(lines, start=2):
        cells = {name: cell.strip() for name, cell in zip(names, line, strict=False) if name}
        if any(cells.values()):
            found.append(Row(number, cells))
        if len(found) > MOST_ROWS:
            raise FileRefused(_("文件超过 %(n)s 行，请分成几个文件") % {"n": MOST_ROWS})
    if not found:
        raise FileRefused(_("文件里没有数据"))
    return found


def read_cells(rows: Iterable[Row], columns: Sequence[Column]) -> list[Reject]:
    """Read every cell into its meaning; what cannot be read."""
    rejects = []
    for row in rows:
        for column in columns:
            cell = row.cells.get(column.name, "")
            try:
                row.values[column.name] = _read(column, cell)
            except CellRefused as refused:
                rejects.append(Reject(row.number, str(column.title), cell, refused.words))
    return rejects


def _read(column: Column, cell: str) -> Any:
    if not cell and column.required:
        raise CellRefused(Words.of(gettext_lazy("必填项是空的")))
    return column.read(cell)


def text(most: int) -> Callable[[str], str]:
    """A text of at most so many characters."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise CellRefused(Words.of(gettext_lazy("超过 %(n)s 个字"), n=most))
        return cell

    return read


def matching(pattern: str, why: Promise) -> Callable[[str], str]:
    """A text of a certain form."""

    def read(cell: str) -> str:
        if cell and re.fullmatch(pattern, cell) is None:
            raise CellRefused(Words.of(why))
        return cell

    return read


def one_of(choices: type[TextChoices]) -> Callable[[str], str]:
    """One of some choices, by its code or by its heading in either language."""

    def read(cell: str) -> str:
        known: dict[str, str] = {}
        for language in ("zh-hans", "en"):
            with override(language):
                known |= {str(label).lower(): code for code, label in choices.choices}
        known |= {code: code for code in choices.values}
        if cell and cell.lower() not in known:
            raise CellRefused(
                Words.of(gettext_lazy("应为其中之一：%(codes)s"), codes=", ".join(choices.values))
            )
        return known[cell.lower()] if cell else ""

    return read


def day(cell: str) -> date | None:
    """A date as 2026-11-20, 2026/11/20 or 20261120."""
    if not cell:
        return None
    parts = re.fullmatch(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})", cell)
    try:
        return date(*(int(part) for part in parts.groups())) if parts else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise CellRefused(Words.of(gettext_lazy("不是有效日期，请写成 2026-11-20")))


def whole_number(cell: str) -> int:
    """A whole number; nothing is 0."""
    if not cell:
        return 0
    if re.fullmatch(r"-?\d{1,9}", cell) is None:
        raise CellRefused(Words.of(gettext_lazy("应为整数")))
    return int(cell)


def yes_or_no(cell: str) -> bool:
    """是 or 否, in the usual ways of writing it; nothing is no."""
    yes, no = Words.of(gettext_lazy("是")), Words.of(gettext_lazy("否"))
    if cell.lower() in {yes.zh, yes.en, "y", "1", "true"}:
        return True
    if cell.lower() in {no.zh, no.en, "n", "0", "false", ""}:
        return False
    raise CellRefused(Words.of(gettext_lazy("应为“是”或“否”")))


def social_credit_code(cell: str) -> str:
    """A unified social credit code with the right checks, or nothing."""
    if not cell:
        return ""
    found = uscc.read(cell)
    if not found.ok:
        raise CellRefused(Words.of(gettext_lazy("统一社会信用代码不正确，请对照证照核对")))
    return found.code


def phone(cell: str) -> str:
    """A phone number in its one form, or nothing."""
    try:
        return numbers.normal(cell) if cell else ""
    except Refused as refused:
        raise CellRefused(Words.of(gettext_lazy("手机号不正确"))) from refused


def email(cell: str) -> str:
    """An address of e-mail, or nothing."""
    try:
        if cell:
            validate_email(cell)
    except ValidationError as fault:
        raise CellRefused(Words.of(gettext_lazy("电子邮箱地址不正确"))) from fault
    return cell


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise FileRefused(_("文件超过 10 MB，请分成几个文件"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("无法识别文件编码，请另存为 UTF-8 或 GB 18030（GBK）编码的 CSV"))


def _table(text: str) -> Any:
    dialect = "excel-tab" if "\t" in text.split("\n", 1)[0] else "excel"
    try:
        yield from csv.reader(io.StringIO(text, newline=""), dialect, strict=True)
    except csv.Error as fault:
        raise FileRefused(_("不是有效的 CSV 文件：%(why)s") % {"why": fault}) from fault


def _header(cells: Sequence[str], columns: Sequence[Column]) -> list[str]:
    known: dict[str, str] = {}
    for language in ("en", "zh-hans"):
        with override(language):
            known |= {str(column.title).lower(): column.name for column in columns}
    known |= {column.name: column.name for column in columns}
    names = [known.get(cell.strip().lower(), "") for cell in cells]
    strange = [cell for cell, name in zip(cells, names, strict=True) if cell.strip() and not name]
    if strange:
        raise FileRefused(_("不认识的列：%(columns)s") % {"columns": "、".join(strange)})
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise FileRefused(_("列重复：%(columns)s") % {"columns": "、".join(sorted(twice))})
    missing = [str(column.title) for column in columns if column.required and column.name not in names]
    if missing:
        raise FileRefused(_("缺少列：%(columns)s") % {"columns": "、".join(missing)})
    return names
