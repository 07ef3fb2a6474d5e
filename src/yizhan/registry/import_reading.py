"""The rows of a register's file as entries, or what is wrong with them; whatever the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.utils.translation import gettext_lazy, override

from yizhan import clock
from yizhan.codes import divisions
from yizhan.codes.models import Division
from yizhan.identity.directory.reading import Column, Row, read_cells, rows_of
from yizhan.identity.directory.report import Reject, Report, Words
from yizhan.registry.extracts.register import Register
from yizhan.registry.faults import Refused
from yizhan.registry.models import Source

Entry = TypeVar("Entry")
LARGEST = 100 * 1024 * 1024


def read(data: bytes, register: Register[Entry], source: Source) -> tuple[Report, list[Entry]]:
    """What a file of a source says, row by row; with rejects the entries are not to be used.

    Raises:
        FileRefused: the file as a whole cannot be read.
    """
    heads = register.columns()
    rows = rows_of(data, heads, largest=LARGEST)
    report = Report(register.key, rows=len(rows), rejects=read_cells(rows, heads))
    wrong = {reject.row for reject in report.rejects}
    report.rejects += _strange_places([row for row in rows if row.number not in wrong], heads)
    wrong = {reject.row for reject in report.rejects}
    report.rejects += register.not_delivered([row for row in rows if row.number not in wrong], heads, source)
    wrong = {reject.row for reject in report.rejects}
    entries: dict[str, Entry] = {}
    title = next(str(one.title) for one in heads if one.name == register.key_column)
    make = register.maker()
    for row in (row for row in rows if row.number not in wrong):
        entry = _made(lambda row=row: make(row.values))  # type: ignore[misc]
        if isinstance(entry, Words):
            report.rejects.append(_reject(row, title, register.key_column, entry))
        elif register.record(entry) in entries:
            twice = Words.of(gettext_lazy("记录号在文件中重复"))
            report.rejects.append(_reject(row, title, register.key_column, twice))
        else:
            entries[register.record(entry)] = entry
    report.warnings = list(register.doubts(entries.values()))
    report.rejects.sort(key=lambda reject: reject.row)
    return report, list(entries.values())


def template(register: Register[Any]) -> bytes:
    """An empty file with the headings, to be filled in."""
    return (",".join(str(column.title) for column in register.columns()) + "\r\n").encode("utf-8-sig")


def _made(make: Callable[[], Entry]) -> Entry | Words:
    """The entry, or why it is refused, asked for in both languages: files travel."""
    try:
        return make()
    except Refused:
        said = []
    for language in ("zh-hans", "en"):
        with override(language):
            try:
                make()
            except Refused as refused:
                said.append(str(refused))
    return Words(*said)


def _reject(row: Row, title: str, column: str, words: Words) -> Reject:
    """A row that is wrong as a whole is named by its key."""
    return Reject(row.number, title, row.cells.get(column, ""), words)


def _strange_places(rows: Sequence[Row], heads: Sequence[Column]) -> list[Reject]:
    """Divisions that are no more, never were, or lie outside of what the present scope may write."""
    columns = [one for one in heads if one.name.endswith("division")]
    told = [(row, one, row.values[one.name]) for row in rows for one in columns if row.values[one.name]]
    looked = _Divisions({code for _row, _column, code in told}, _areas())
    return [
        Reject(row.number, str(column.title), row.cells.get(column.name, ""), words)
        for row, column, code in told
        if (words := looked.why_not(code, row.values.get("as_of") or clock.today()))
    ]


class _Divisions:
    """What is known of some codes, asked once for a whole file."""

    def __init__(self, codes: Iterable[str], areas: Sequence[str] | None) -> None:
        self._areas = areas
        wanted = list(codes)
        self._rows: dict[str, list[Division]] = {}
        for one in Division.objects.filter(code__in=wanted):
            self._rows.setdefault(one.code, []).append(one)
        districts = {code[:6] for code in wanted}
        self._listed = set(
            Division.objects.filter(code__in=[f"{code}000000" for code in districts]).values_list(
                "code", flat=True
            )
        )

    def why_not(self, code: str, on: date) -> Words | None:
        """Why a row of this day cannot lie there; None where it can."""
        if self._areas is not None and not code.startswith(tuple(self._areas)):
            return Words.of(gettext_lazy("区划 %(code)s 不在您的辖区内，请由所在地的部门导入"), code=code)
        rows = self._rows.get(code, [])
        if not rows and f"{code[:6]}000000" in self._listed:
            return Words.of(gettext_lazy("区划代码 %(code)s 不在区划数据中，请核对"), code=code)
        if not rows or any(one.valid_to is None or one.valid_to >= on for one in rows):
            return None
        last = max(rows, key=lambda one: one.valid_to or on)
        now = "、".join(f"{one.name} {one.code}" for one in divisions.current_successors(code))
        return Words.of(
            gettext_lazy("%(name)s（%(code)s）已于 %(day)s 撤销，现为：%(now)s；请改用现在的区划代码"),
            name=last.name,
            code=code,
            day=last.valid_to,
            now=now or "—",
        )


def _areas() -> list[str] | None:
    """The areas that the present scope may write; None for everywhere."""
    with connection.cursor() as cursor:
        cursor.execute("select scope_all(), scope_areas()")
        everywhere, areas = cursor.fetchone() or (False, [])
    return None if everywhere or "" in areas else list(areas)
