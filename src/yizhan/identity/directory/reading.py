"""From the bytes of a file to rows of cells: encodings, size, header, and what each cell may hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yizhan.codes.typed import shown
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.report import Reject, Words
from yizhan.identity.faults import Refused
from yizhan.ui.language import listed

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 100_000


class FileRefused(Refused):
    """The file as a whole cannot be read; no row was looked at."""


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


def rows_of(data: bytes, columns: Sequence[Column], *, largest: int = LARGEST) -> list[Row]:
    """The rows of a file of at most so many bytes, empty ones left out.

    Raises:
        FileRefused: too large, in no encoding we know, no table, or other columns than expected.
    """
    lines = _table(_text(data, largest))
    names = _header(next(lines, []), columns)
    found = []
    for number, line in enumerate(lines, start=2):
        cells = {name: shown(cell) for name, cell in zip(names, line, strict=False) if name}
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


def _text(data: bytes, largest: int) -> str:
    if len(data) > largest:
        raise FileRefused(_("文件超过 %(n)s MB，请分成几个文件") % {"n": largest // (1024 * 1024)})
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # which no table of text holds; UTF-16 is full of them
            return text
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
        raise FileRefused(_("不认识的列：%(columns)s") % {"columns": listed(strange)})
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise FileRefused(_("列重复：%(columns)s") % {"columns": listed(sorted(twice))})
    missing = [str(column.title) for column in columns if column.required and column.name not in names]
    if missing:
        raise FileRefused(_("缺少列：%(columns)s") % {"columns": listed(missing)})
    return names
