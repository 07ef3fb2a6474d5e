"""Issuing many licences from one list 批量核发: read as a whole or refused as a whole, then done in portions.

Each portion is a transaction: numbers, rows, papers and the lines that say so. Whatever stops it in between, it goes on
where it stood, and no number is missing or given twice; the sealed files follow from the outbox, like those of any paper.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan import clock, journal
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.reading import Column, Row, read_cells, rows_of
from yizhan.identity.directory.report import Reject, Report, Words
from yizhan.identity.models import Unit
from yizhan.licences import life, paper, types
from yizhan.licences.life import Wanted
from yizhan.licences.models import Batch, BatchLine
from yizhan.licences.refusals import Refused, UnknownKind
from yizhan.records.models import Paper
from yizhan.registry import entities, finding
from yizhan.registry.faults import NotHere
from yizhan.registry.licences import Word
from yizhan.registry.purposes import Reason
from yizhan.seals import waiting

PORTION = 25
LARGEST = 10 * 1024 * 1024
_NAMES = uuid.UUID(
    "0d6c2a54-9f0b-4a51-8b53-2f8a4f3a7c11"
)  # ours; a line's command follows from batch and row
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """What is to be issued, by which unit, on whose word and why."""

    kind: str
    unit: str
    by: str
    because: str


@dataclass(frozen=True)
class Standing:
    """How far a batch is: issued, refused, and still to come."""

    issued: int
    refused: int
    waiting: int


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as wrong:
        raise CellRefused(Words.of(gettext_lazy("日期应写成 2026-11-20"))) from wrong


COLUMNS = (
    Column("code", gettext_lazy("统一社会信用代码或公民身份号码"), str, required=True),
    Column("name", gettext_lazy("名称或姓名"), str, required=True),
    Column("number", gettext_lazy("证照编号"), str),
    Column("begins", gettext_lazy("有效期自"), _day),
)
"""What a list says; number and first day may be left to the kind's rule and to the day of issue."""


def take(data: bytes, order: Order) -> tuple[Report, Batch | None]:
    """Read a list: holders must be on record by code and name. With a row that is wrong nothing is taken.

    Args:
        data: CSV, UTF-8 or GB 18030, at most 10 MB.
        order: what is to be issued.

    Raises:
        FileRefused: the file as a whole cannot be read.
        UnknownKind, Refused: no such licences, or nobody issues them.
    """
    try:
        brought = types.find(order.kind)
    except KeyError:
        raise UnknownKind(_("没有“%(kind)s”这种证照。") % {"kind": order.kind}) from None
    if not Unit.objects.open().filter(code=order.unit).exists():
        raise Refused(_("没有代码为 %(unit)s 的单位。") % {"unit": order.unit})
    rows = rows_of(data, COLUMNS, largest=LARGEST)
    report = Report("licences", rows=len(rows), rejects=read_cells(rows, COLUMNS))
    lines: list[BatchLine] = []
    with transaction.atomic():
        known: dict[str, int] = {}
        for row in rows:
            subject = _subject(row, brought.type.holder, order)
            if subject is None:
                why = Words.of(gettext_lazy("登记簿中没有号码和名称都相符的"))
                report.rejects.append(
                    Reject(row.number, str(COLUMNS[0].title), row.cells.get("code", ""), why)
                )
            elif subject in known:
                why = Words.of(gettext_lazy("与第 %(row)s 行重复"), row=known[subject])
                report.rejects.append(
                    Reject(row.number, str(COLUMNS[0].title), row.cells.get("code", ""), why)
                )
            else:
                known[subject] = row.number
                lines.append(_line(row, subject))
        if report.rejects:
            report.rejects.sort(key=lambda one: one.row)
            return report, None
        batch = Batch.objects.create(
            kind=order.kind,
            unit=order.unit,
            by=order.by,
            because=order.because,
            at=clock.now(),
            lines=len(lines),
        )
        for line in lines:
            line.batch = batch
        BatchLine.objects.bulk_create(lines)
        journal.write("licences.batch_taken", subject=f"batch:{batch.pk}", actor=order.by, lines=len(lines))
    report.new, report.loaded = len(lines), True
    return report, batch


def run(batch: Batch, *, progress: Progress = lambda _done, _many: None) -> Standing:
    """Issue what is still to come, portion by portion; what cannot be issued is told on its line and left.

    Before each portion it is seen that the papers can be sealed; where they cannot (``hindrance``), the rest waits.
    """
    while not hindrance(batch):
        with transaction.atomic():
            left = BatchLine.objects.select_for_update(skip_locked=True, no_key=True).filter(
                batch=batch, licence=None, fault=""
            )
            portion = list(left.order_by("row")[:PORTION])
            for line in portion:
                _issue(batch, line)
        if not portion:
            return standing(batch)
        told = standing(batch)
        progress(batch.lines - told.waiting, batch.lines)
    return standing(batch)


def standing(batch: Batch) -> Standing:
    """How far it is."""
    mine = BatchLine.objects.filter(batch=batch)
    issued, refused = mine.exclude(licence=None).count(), mine.exclude(fault="").count()
    return Standing(issued, refused, batch.lines - issued - refused)


def hindrance(batch: Batch) -> str:
    """Why its papers cannot be sealed now, and who has to act; empty where they can, or where there are none."""
    kind = paper.seal_of(batch.kind)
    return waiting.hindrance(batch.unit, kind) if kind else ""


def unsealed(batch: Batch) -> int:
    """How many of its licences are issued and have no sealed file yet."""
    issued = BatchLine.objects.filter(batch=batch, licence__paper__isnull=False).values("licence__paper")
    return Paper.objects.filter(id__in=issued, original=None, withdrawal=None).count()


def refused(batch: Batch) -> list[BatchLine]:
    """The lines of which nothing came, with the reason."""
    return list(BatchLine.objects.filter(batch=batch).exclude(fault="").order_by("row"))


def _issue(batch: Batch, line: BatchLine) -> None:
    word = Word(batch.by, batch.because, command=uuid.uuid5(_NAMES, f"{batch.pk}/{line.row}"))
    wanted = Wanted(unit=batch.unit, number=line.number, begins=line.begins)
    try:
        with transaction.atomic():
            line.licence = life.issue(line.subject, batch.kind, word=word, wanted=wanted)
    except (Refused, NotHere) as why:
        line.fault = str(why)[:400] or _("登记簿中没有这一持有人")
    line.save(update_fields=["licence", "fault"])


def _subject(row: Row, holder: str, order: Order) -> str | None:
    """Whom a row means, as the registers know them."""
    code, name = str(row.values.get("code") or ""), str(row.values.get("name") or "")
    if not code or not name:
        return None
    purpose = Reason(order.because)
    if holder == "entity":
        return entities.known_as(code, name, purpose=purpose)
    return finding.known_as(name, code, purpose=purpose)


def _line(row: Row, subject: str) -> BatchLine:
    values = row.values
    return BatchLine(
        row=row.number, subject=subject, number=values.get("number") or "", begins=values.get("begins")
    )
