"""The rows of a register's file as entries, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from yizhan.codes import identity_number
from yizhan.identity.directory.reading import Row, read_cells, rows_of
from yizhan.identity.directory.report import Reject, Report, Words
from yizhan.registry import numbers
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import PARTICULARS
from yizhan.registry.import_columns import columns
from yizhan.registry.places import Place, Reader
from yizhan.registry.registration import Registration

LARGEST = 100 * 1024 * 1024


def read(data: bytes) -> tuple[Report, list[Registration]]:
    """What a file says, row by row; with rejects the entries are not to be used.

    Raises:
        FileRefused: the file as a whole cannot be read.
    """
    heads = columns()
    rows = rows_of(data, heads, largest=LARGEST)
    report = Report("persons", rows=len(rows), rejects=read_cells(rows, heads))
    unreadable = {reject.row for reject in report.rejects}
    entries: dict[str, Registration] = {}
    places, titles = Reader(), {one.name: str(one.title) for one in heads}
    for row in (row for row in rows if row.number not in unreadable):
        entry = _registration(row, places)
        if isinstance(entry, Words):
            report.rejects.append(_reject(row, titles, entry))
        elif entry.source_record in entries:
            report.rejects.append(_reject(row, titles, Words.of(gettext_lazy("记录号在文件中重复"))))
        else:
            entries[entry.source_record] = entry
    report.warnings = list(_doubts(entries.values()))
    report.rejects.sort(key=lambda reject: reject.row)
    return report, list(entries.values())


def template() -> bytes:
    """An empty file with the headings, to be filled in."""
    return (",".join(str(column.title) for column in columns()) + "\r\n").encode("utf-8-sig")


def _doubts(entries: Iterable[Registration]) -> Iterator[Words]:
    """Numbers that belong to nobody: a demo's, or somebody's test data among the real."""
    many = 0 if settings.DEMO else sum(numbers.is_invented(entry.id_number) for entry in entries)
    if many:
        said = gettext_lazy(
            "有 %(n)s 个公民身份号码的区划 440199 从未编发，只用于演示数据；已照录并标记，请核对来源"
        )
        yield Words.of(said, n=many)


def _registration(row: Row, places: Reader) -> Registration | Words:
    """The row as an entry, or why it is refused."""
    number = identity_number.read(row.values["id_number"])
    try:
        return _entry(row.values, number, places)
    except Refused:
        return Words(*_in_both(lambda: _why(row.values, number, places)))


def _entry(said: dict[str, Any], number: identity_number.IdentityNumber, places: Reader) -> Registration:
    home = _place(places, said["division"], said["address"])
    return Registration(
        source_record=said["record"],
        as_of=said["as_of"],
        name=said["name"],
        sex=said["sex"] or (number.sex.value if number.sex else "0"),
        born_on=said["born_on"] or number.born,
        died_on=said["died_on"],
        id_number=number.number,
        former_name=said["former_name"],
        ethnic_group=said["ethnic_group"],
        phone=said["phone"],
        book_number=said["book_number"],
        relation=said["relation"],
        registered=home,
        living=_place(places, said["living_division"], said["living_address"]),
        tenure=said["tenure"],
        particulars={name: said[name] for name in PARTICULARS if said[name] not in ("", None)},
    )


def _place(places: Reader, division: str, address: str) -> Place | None:
    return places.read(division, address) if division or address else None


def _why(said: dict[str, Any], number: identity_number.IdentityNumber, places: Reader) -> str:
    try:
        _entry(said, number, places)
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


def _reject(row: Row, titles: Mapping[str, str], words: Words) -> Reject:
    """A row that is wrong as a whole is named by its record."""
    return Reject(row.number, titles["record"], row.cells.get("record", ""), words)
