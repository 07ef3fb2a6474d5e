"""Licences that other offices issued, from a file 证照归集: all rows or none; the same row again changes nothing."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy

from yizhan import journal
from yizhan.codes import licence_identifier
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.reading import Column, Row, read_cells, rows_of
from yizhan.identity.directory.report import Reject, Report, Words
from yizhan.licences import life, types
from yizhan.registry import entities, finding, licences
from yizhan.registry.licences import Issued, Word
from yizhan.registry.purposes import Purpose, Reason
from yizhan.releases.words import Text

_NAMES = uuid.UUID("7a0f7e0c-3d8b-4a6e-9b1e-5f6d2c9a4e10")  # ours; a row's command follows from what it says


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as wrong:
        raise CellRefused(Words.of(gettext_lazy("日期应写成 2026-11-20"))) from wrong


def _identifier(cell: str) -> str:
    read = licence_identifier.read(cell)
    if cell and not read.ok:
        raise CellRefused(Words.of(gettext_lazy("电子证照标识校验不符")))
    return read.text if cell else ""


COLUMNS = (
    Column("kind", gettext_lazy("证照类型"), str, required=True),
    Column("code", gettext_lazy("统一社会信用代码或公民身份号码"), str, required=True),
    Column("name", gettext_lazy("名称或姓名"), str, required=True),
    Column("number", gettext_lazy("证照编号"), str, required=True),
    Column("issuer", gettext_lazy("发证机关代码"), str, required=True),
    Column("issued_by", gettext_lazy("发证机关"), str, required=True),
    Column("valid_from", gettext_lazy("有效期自"), _day, required=True),
    Column("valid_to", gettext_lazy("有效期至"), _day),
    Column("identifier", gettext_lazy("电子证照标识"), _identifier),
)
"""What a row says; without a last day the licence has no end."""


def gather(data: bytes, *, by: str, because: str) -> Report:
    """Enter what another office says that it issued; with a row that is wrong nothing is entered.

    Args:
        data: CSV, UTF-8 or GB 18030, at most 10 MB.
        by: who hands it in, as the journal names them.
        because: on what grounds.

    Raises:
        FileRefused: the file as a whole cannot be read.
        registry.faults.Refused: the grounds are no reason.
    """
    why = Reason(because)
    rows = rows_of(data, COLUMNS)
    report = Report("licences", rows=len(rows), rejects=read_cells(rows, COLUMNS))
    wrong = {one.row for one in report.rejects}
    with transaction.atomic():
        meant: list[tuple[Row, str]] = []
        for row in (one for one in rows if one.number not in wrong):
            found = _meant(row, why)
            if isinstance(found, str):
                meant.append((row, found))
            else:
                column, words = found
                cell = row.cells.get(column.name, "")
                report.rejects.append(Reject(row.number, str(column.title), cell, words))
        if report.rejects:
            report.rejects.sort(key=lambda one: one.row)
            return report
        for row, subject in meant:
            _enter(row, subject, report, Word(by, because))
        journal.write("licences.gathered", subject=f"licences:{by}", actor=by, lines=report.new)
    report.loaded = True
    return report


def _meant(row: Row, why: Purpose) -> str | tuple[Column, Words]:
    """Whose licence a row is; or in which column it is wrong, and why."""
    kind, values = str(row.values["kind"]), row.values
    brought = types.in_folders().get(kind)
    if brought is None:
        return COLUMNS[0], Words.of(gettext_lazy("没有应用包提供这种证照"))
    here = brought.type.issuer.unit if brought.type.issuer else ""
    if here == values["issuer"]:
        return COLUMNS[4], Words.of(gettext_lazy("本区核发的证照由系统登记，不从文件收"))
    if values["valid_to"] is not None and values["valid_to"] < values["valid_from"]:
        return COLUMNS[7], Words.of(gettext_lazy("有效期至早于有效期自"))
    code, name = str(values["code"]), str(values["name"])
    subject = (
        entities.known_as(code, name, purpose=why)
        if brought.type.holder == "entity"
        else finding.known_as(name, code, purpose=why)
    )
    if subject is None:
        return COLUMNS[1], Words.of(gettext_lazy("登记簿中没有号码和名称都相符的"))
    ours = licences.standing(subject, kind)
    if ours is not None and ours.issuer == here:
        return COLUMNS[3], Words.of(gettext_lazy("持有人已有本区核发的同类证照"))
    return subject


def _enter(row: Row, subject: str, report: Report, word: Word) -> None:
    values = row.values
    says = f"{subject}/{values['kind']}/{values['issuer']}/{values['number']}/{values['valid_from']}/{values['valid_to']}"
    command = uuid.uuid5(_NAMES, says)
    if licences.answered(command) is not None:
        return
    name = str(values["issued_by"])
    issued = Issued(
        kind=str(values["kind"]),
        number=str(values["number"]),
        issuer=str(values["issuer"]),
        issued_by=Text(zh=name, en=name),
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        identifier=str(values["identifier"] or ""),
        holder=str(values["name"]),
    )
    life.enter(subject, issued, word=Word(word.by, word.because, command=command))
    report.new += 1
