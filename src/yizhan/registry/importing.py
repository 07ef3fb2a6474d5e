"""A department's extract of its register as a file 数据导入: look first, then enter all of it or nothing.

One row is one record of the source. A record that was entered before is left alone, so the same file can come
again. Birthday and sex follow from the identity number where the file does not say them; a wrong number is entered
and marked, as everywhere in the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from yizhan.codes import identity_number
from yizhan.identity.directory import cells
from yizhan.identity.directory.reading import Column, Row, read_cells, rows_of
from yizhan.identity.directory.report import Reject, Report, Words
from yizhan.registry import loading, numbers
from yizhan.registry.faults import Refused
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration

_DIVISION = cells.matching(r"\d{12}", gettext_lazy("区划代码应为 12 位数字"))

COLUMNS: Sequence[Column] = (
    Column("record", gettext_lazy("记录号"), cells.text(80), required=True),
    Column("as_of", gettext_lazy("数据日期"), cells.day, required=True),
    Column("name", gettext_lazy("姓名"), cells.text(100), required=True),
    Column("id_number", gettext_lazy("公民身份号码"), cells.text(40), required=True),
    Column("sex", gettext_lazy("性别代码"), cells.matching("[0129]", gettext_lazy("应为 0、1、2 或 9"))),
    Column("born_on", gettext_lazy("出生日期"), cells.day),
    Column("died_on", gettext_lazy("死亡日期"), cells.day),
    Column("phone", gettext_lazy("联系电话"), cells.text(30)),
    Column("book_number", gettext_lazy("户号"), cells.text(40)),
    Column("relation", gettext_lazy("与户主关系代码"), cells.text(2)),
    Column("division", gettext_lazy("户籍区划代码"), _DIVISION),
    Column("address", gettext_lazy("户籍地址"), cells.text(300)),
    Column("living_division", gettext_lazy("居住区划代码"), _DIVISION),
    Column("living_address", gettext_lazy("居住地址"), cells.text(300)),
)


def load(data: bytes, *, source: str, by: str = "") -> Report:
    """Enter a file, if nothing is wrong with any of its rows; otherwise say what is, and change nothing.

    Args:
        data: a CSV in UTF-8 or GB 18030, at most 10 MB; columns by their names or Chinese headings, in any order.
        source: the code of the source, which is declared.
        by: the key of who enters it; empty for the house itself.

    Raises:
        FileRefused: the file as a whole cannot be read.
        Source.DoesNotExist: nobody declared the source.
    """
    rows = rows_of(data, COLUMNS)
    report = Report("persons", rows=len(rows))
    report.rejects = read_cells(rows, COLUMNS)
    unreadable = {reject.row for reject in report.rejects}
    entries: dict[str, Registration] = {}
    for row in (row for row in rows if row.number not in unreadable):
        entry = _registration(row)
        if isinstance(entry, Reject):
            report.rejects.append(entry)
        elif entry.source_record in entries:
            report.rejects.append(_reject(row, "record", Words.of(gettext_lazy("记录号在文件中重复"))))
        else:
            entries[entry.source_record] = entry
    report.warnings = list(_doubts(entries.values()))
    report.rejects.sort(key=lambda reject: reject.row)
    if not report.rejects:
        loaded = loading.load(entries.values(), source=source, by=by)
        report.new, report.same, report.loaded = len(loaded.subjects), loaded.known, True
    return report


def template() -> bytes:
    """An empty file with the headings, to be filled in."""
    return (",".join(str(column.title) for column in COLUMNS) + "\r\n").encode("utf-8-sig")


def _doubts(entries: Iterable[Registration]) -> Iterator[Words]:
    """Numbers that belong to nobody: a demo's, or somebody's test data among the real."""
    many = 0 if settings.DEMO else sum(numbers.is_invented(entry.id_number) for entry in entries)
    if many:
        said = gettext_lazy(
            "有 %(n)s 个公民身份号码的区划 440199 从未编发，只用于演示数据；已照录并标记，请核对来源"
        )
        yield Words.of(said, n=many)


def _registration(row: Row) -> Registration | Reject:
    number = identity_number.read(row.values["id_number"])
    try:
        return _entry(row.values, number)
    except Refused:
        return _reject(row, "record", Words(*_in_both(lambda: _why(row.values, number))))


def _entry(said: dict[str, Any], number: identity_number.IdentityNumber) -> Registration:
    home = _place(said["division"], said["address"])
    return Registration(
        source_record=said["record"],
        as_of=said["as_of"],
        name=said["name"],
        sex=said["sex"] or (number.sex.value if number.sex else "0"),
        born_on=said["born_on"] or number.born,
        died_on=said["died_on"],
        id_number=number.number,
        phone=said["phone"],
        book_number=said["book_number"],
        relation=said["relation"],
        registered=home,
        living=_place(said["living_division"], said["living_address"]) or home,
    )


def _place(division: str, address: str) -> Place | None:
    return Place(division=division, full_text=address) if division or address else None


def _why(said: dict[str, Any], number: identity_number.IdentityNumber) -> str:
    try:
        _entry(said, number)
    except Refused as refused:
        return str(refused)
    raise RuntimeError("refused once and not twice")


def _in_both(said: Any) -> list[str]:
    """What is said in one language, asked for in both: files travel."""
    words = []
    for language in ("zh-hans", "en"):
        with override(language):
            words.append(str(said()))
    return words


def _reject(row: Row, column: str, words: Words) -> Reject:
    titles = {one.name: str(one.title) for one in COLUMNS}
    return Reject(row.number, titles[column], row.cells.get(column, ""), words)
