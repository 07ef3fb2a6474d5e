"""Columns that places share: a division, a point, an outline."""

from __future__ import annotations

import json
import re

from django.utils.translation import gettext_lazy

from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.reading import Column
from yizhan.identity.directory.report import Words
from yizhan.registry.shapes import Rings

division = cells.matching(r"\d{12}", gettext_lazy("区划代码应为 12 位数字"))
_POLYGON = re.compile(r"POLYGON\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
_WRONG = gettext_lazy("轮廓应写成 POLYGON((经度 纬度, …)) 或 [[[经度,纬度],…]]")


def point_columns() -> tuple[Column, Column]:
    """Longitude and latitude, as text: how many decimals they have is looked at with the point."""
    return (
        Column("longitude", gettext_lazy("经度"), cells.text(20)),
        Column("latitude", gettext_lazy("纬度"), cells.text(20)),
    )


def point(values: dict[str, str]) -> tuple[str, str] | None:
    """The point of a row; none where neither is told."""
    east, north = values["longitude"], values["latitude"]
    return (east, north) if east or north else None


def outline(cell: str) -> Rings:
    """Rings as GeoJSON writes their coordinates, or as a POLYGON of well-known text; whether they hold is not asked here."""
    if not cell:
        return []
    polygon = _POLYGON.fullmatch(cell.strip())
    try:
        found = _rings(polygon[1]) if polygon else json.loads(cell)
        return [[[float(x), float(y)] for x, y in ring] for ring in found]
    except (ValueError, TypeError, RecursionError):
        raise CellRefused(Words.of(_WRONG)) from None


def _rings(text: str) -> list[list[list[str]]]:
    return [[pair.split() for pair in ring.split(",")] for ring in re.findall(r"\(([^()]*)\)", text)]
