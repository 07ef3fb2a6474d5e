"""Undoing a file of laws 撤销法规政策导入: what it changed is as it was, what came with it is shown to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yizhan import clock, journal
from yizhan.identity.actor import Actor
from yizhan.registry import laws
from yizhan.registry.keeping_values import plain
from yizhan.registry.models import Import, ImportedRow, Law, LawHistory

_KEPT = (*laws.COLUMNS, "unit", "pack", "source_id", "sought", "sort")


def states(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Known laws as JSON keeps them, by code."""
    return {row.code: _state(row) for row in laws.here().filter(code__in=list(codes))}


def changed_since(file: Import) -> int:
    """How many of the file's laws have changed since, by whatever way."""
    codes = ImportedRow.objects.filter(file=file).values("key")
    return codes.count() - laws.here().filter(code__in=codes, recorded_at=file.at).count()


def undo(file: Import, *, by: Actor) -> None:
    """Put back what a file did; the past of what was known before tells of both."""
    kept = {row.key: row.was for row in ImportedRow.objects.filter(file=file)}
    for row in laws.here().select_for_update().filter(code__in=kept):
        before = kept[row.code]
        if before is None:
            row.left_on, row.recorded_at = clock.today(), clock.now()
        else:
            _put_back(row, before, by)
        row.save()


def _put_back(row: Law, before: dict[str, Any], by: Actor) -> None:
    now = _state(row)
    for name in _KEPT:
        setattr(row, name, laws.read(name, before[name]))
    row.recorded_at = datetime.fromisoformat(
        before["recorded_at"]
    )  # so that the file before can be undone too
    wrong = {name: now[name] for name in laws.COLUMNS if now[name] != before[name]}
    LawHistory.objects.create(
        law=row, was=wrong, columns=sorted(wrong), replaced_at=clock.now(), by=by.key, because="undo"
    )
    journal.write("law.changed", subject=f"law:{row.code}", actor=by.key, columns=sorted(wrong))


def _state(row: Law) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in (*_KEPT, "recorded_at")}
