"""Grids as files 网格信息: outlines from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy

from yizhan.identity.actor import Actor
from yizhan.identity.directory import cells
from yizhan.identity.directory.reading import Column
from yizhan.registry import grids
from yizhan.registry.extracts import coordinates
from yizhan.registry.extracts.register import Done, Loading, Register
from yizhan.registry.grids import Drawn
from yizhan.registry.models import Grid, Import, ImportedRow


@dataclass(frozen=True)
class Outlined:
    """A grid with the day from which its outline holds."""

    drawn: Drawn
    on: date


def columns() -> Sequence[Column]:
    """The columns, in any order; all must be there."""
    return (
        Column("code", gettext_lazy("网格编码"), cells.text(20), required=True),
        Column("as_of", gettext_lazy("起始日期"), cells.day, required=True),
        Column("division", gettext_lazy("所在区划代码"), coordinates.division, required=True),
        Column("name", gettext_lazy("网格名称"), cells.text(80), required=True),
        Column("outline", gettext_lazy("轮廓"), coordinates.outline, required=True),
    )


def _made(values: dict[str, Any]) -> Outlined:
    drawn = Drawn(**{name: values[name] for name in ("code", "division", "name", "outline")})
    return Outlined(drawn, values["as_of"])


def _enter(entries: list[Outlined], file: Import, how: Loading) -> Done:
    """Draw what is different, day by day; the same outline again changes nothing."""
    present = Grid.objects.filter(code__in=[one.drawn.code for one in entries], until=None)
    known = {row.code: row for row in present}
    different = [one for one in entries if _differs(one.drawn, known.get(one.drawn.code))]
    for on, ones in groupby(sorted(different, key=lambda one: one.on), key=lambda one: one.on):
        grids.draw([one.drawn for one in ones], source=how.source, on=on, by=how.actor, at=file.at)
    ImportedRow.objects.bulk_create(
        [ImportedRow(file=file, key=one.drawn.code, fresh=one.drawn.code not in known) for one in different]
    )
    fresh = sum(one.drawn.code not in known for one in different)
    return Done(fresh, len(different) - fresh)


def _differs(drawn: Drawn, row: Grid | None) -> bool:
    return row is None or (row.name, row.division, row.outline) != (drawn.name, drawn.division, drawn.outline)


def _changed_since(file: Import) -> int:
    codes = ImportedRow.objects.filter(file=file).values("key")
    standing = Grid.objects.filter(code__in=codes, until=None, recorded_at=file.at).count()
    return codes.count() - standing


def _undo(file: Import, by: Actor) -> None:
    grids.take_back(file.at, by=by)


REGISTER: Register[Outlined] = Register(
    key="grids",
    title=gettext_lazy("网格信息"),
    unit=gettext_lazy("个网格"),
    columns=columns,
    maker=lambda: _made,
    record=lambda one: one.drawn.code,
    key_column="code",
    enter=_enter,
    changed_since=_changed_since,
    undo=_undo,
)
