"""Going through a file: every cell, then every row in an order that works, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from yizhan import journal
from yizhan.identity.actor import Actor
from yizhan.identity.directory.kinds import POSTS, STAFF, UNITS, Kind
from yizhan.identity.directory.reading import Row, read_cells, rows_of
from yizhan.identity.directory.report import Reject, Report, Words, refusal

KINDS = {kind.name: kind for kind in (UNITS, POSTS, STAFF)}


def preview(kind: str, data: bytes, *, by: Actor) -> Report:
    """What a file would change, and what is wrong with it; nothing is changed.

    Args:
        kind: ``units``, ``posts`` or ``staff``; load them in this order.
        data: a CSV in UTF-8 (with or without mark) or GB 18030, at most 10 MB; the columns by their names
            or their Chinese headings, in any order.
        by: the system administrator.

    Raises:
        NotAllowed: not the system administrator.
        FileRefused: the file as a whole cannot be read.
    """
    return _go_through(KINDS[kind], data, by, keep=False)


def load(kind: str, data: bytes, *, by: Actor) -> Report:
    """Enter a file, if nothing is wrong with any of its rows; otherwise say what is, and change nothing.

    Raises:
        NotAllowed: not the system administrator.
        FileRefused: the file as a whole cannot be read.
    """
    return _go_through(KINDS[kind], data, by, keep=True)


def template(kind: str) -> bytes:
    """An empty file with the headings of a kind, to be filled in."""
    return (",".join(str(column.title) for column in KINDS[kind].columns) + "\r\n").encode("utf-8-sig")


def _go_through(kind: Kind, data: bytes, by: Actor, *, keep: bool) -> Report:
    by.require("platform.system_admin")
    rows = rows_of(data, kind.columns)
    report = Report(kind.name, rows=len(rows))
    report.rejects = read_cells(rows, kind.columns)
    unreadable = {reject.row for reject in report.rejects}
    readable = [row for row in rows if row.number not in unreadable]
    report.rejects += _repeated(kind, readable)
    with _all_or_nothing() as kept:
        for row in _in_order(kind, readable):
            _enter(kind, row, by, report)
        kept.append(keep and not report.rejects)
        if kept[0]:
            report.loaded = True
            journal.write(
                "directory.loaded",
                subject=f"directory:{kind.name}",
                actor=by.key,
                rows=report.rows,
                new=report.new,
                changed=report.changed,
                sha256=hashlib.sha256(data).hexdigest(),
            )
    report.rejects.sort(key=lambda reject: reject.row)
    return report


@contextmanager
def _all_or_nothing() -> Iterator[list[bool]]:
    """A transaction whose block says at its end whether it is kept."""
    kept: list[bool] = []
    with transaction.atomic():
        yield kept
        if not kept[0]:
            transaction.set_rollback(True)


def _enter(kind: Kind, row: Row, by: Actor, report: Report) -> None:
    done: list[str] = []

    def act() -> None:
        with transaction.atomic():
            done.append(kind.enter(row.values, by))

    words = refusal(act)
    if words is not None:
        named = {column.name: column for column in kind.columns}[kind.key[0]]
        report.rejects.append(Reject(row.number, str(named.title), row.cells[named.name], words))
    else:
        setattr(report, done[0], getattr(report, done[0]) + 1)


def _repeated(kind: Kind, rows: list[Row]) -> list[Reject]:
    """Rows that name again what an earlier row named."""
    first: dict[tuple[Any, ...], int] = {}
    rejects = []
    for row in rows:
        key = tuple(row.values[name] for name in kind.key)
        before = first.setdefault(key, row.number)
        if before != row.number:
            why = Words.of(gettext_lazy("与第 %(n)s 行重复"), n=before)
            rejects.append(Reject(row.number, kind.key[0], row.cells[kind.key[0]], why))
    return rejects


def _in_order(kind: Kind, rows: list[Row]) -> list[Row]:
    """Rows after those they stand upon, whatever their order in the file; circles come last, as they are."""
    if not kind.stands_on:
        return rows
    here = {row.values[kind.key[0]]: row for row in rows}
    ordered: dict[int, Row] = {}
    for row in rows:
        pile: dict[int, Row] = {}
        under: Row | None = row
        while under is not None and not (under.number in pile or under.number in ordered):
            pile[under.number] = under
            under = here.get(under.values[kind.stands_on])
        ordered |= dict(reversed(pile.items()))
    return list(ordered.values())
