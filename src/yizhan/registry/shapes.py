"""Shapes on the ground 空间图形: whether an outline is one, and which outlines hold a point.

The only module that knows Shapely. PostgreSQL's own polygons count points near an edge twice (measured), so nothing
about whose area it is rests on them; and a point is placed once, when it is written, not each time somebody asks.
Degrees are taken as a plane: over a district the difference is far below what outlines are exact to.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from yizhan.registry.faults import Refused

Rings = list[list[list[float]]]
"""Rings of an outline, each a list of points ``[longitude, latitude]``: around first, then what is cut out."""

MOST_POINTS = 5_000
_CHINA = ((73.0, 136.0), (3.0, 54.0))
_DECIMALS = 6
"""Degrees with fewer are a street wrong or more: two decimals are a kilometre."""


class Ground:
    """Outlines, each under a key, ready to be asked for points."""

    def __init__(self, outlines: Mapping[str, Rings]) -> None:
        self._keys = list(outlines)
        self._tree = _shapely().STRtree([_polygon(outlines[key]) for key in self._keys])

    def holding(self, points: Sequence[tuple[float, float]]) -> list[list[str]]:
        """For each point the keys of the outlines that hold it, edges included, in order."""
        found: list[list[str]] = [[] for _one in points]
        if not points or not self._keys:
            return found
        pairs = self._tree.query(_shapely().points(points), predicate="intersects")
        for point, outline in zip(*pairs.tolist(), strict=True):
            found[point].append(self._keys[outline])
        for keys in found:
            keys.sort()
        return found


def outline(said: Any) -> Rings:
    """An outline as somebody gives it, checked: closed rings within the country that do not cross themselves.

    Raises:
        Refused: it is no such list, has too many points, lies elsewhere, or crosses itself; nothing is mended.
    """
    rings = _rings(said)
    polygon = _polygon(rings)
    if not polygon.is_valid:
        why = _shapely().is_valid_reason(polygon)
        at = why[why.find("[") :].strip("[]") if "[" in why else ""
        raise Refused(_("轮廓线自相交或内外环不合（%(at)s 附近），未作登记，请重新绘制。") % {"at": at})
    if polygon.area == 0:
        raise Refused(_("轮廓线没有围成面，未作登记，请重新绘制。"))
    return rings


def degrees(longitude: str | Decimal, latitude: str | Decimal) -> tuple[Decimal, Decimal]:
    """A point as somebody writes it, in CGCS2000 degrees, with at least six decimals.

    Raises:
        Refused: no numbers, outside of the country, or too coarse.
    """
    try:
        east, north = Decimal(longitude), Decimal(latitude)
    except InvalidOperation:
        raise Refused(_("坐标应为以度为单位的数，未作登记，请核对。")) from None
    if not (east.is_finite() and north.is_finite() and _in_china(float(east), float(north))):
        raise Refused(_("坐标不在国境范围内，未作登记；请核对经度和纬度是否写反。"))
    if any(int(one.as_tuple().exponent) > -_DECIMALS for one in (east, north)):
        raise Refused(_("坐标应至少保留 %(n)s 位小数，未作登记，请向测绘单位索取。") % {"n": _DECIMALS})
    return round(east, 7), round(north, 7)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points in metres, within some per mille: enough to say what is near."""
    north = (other[1] - one[1]) * 111_320
    east = (other[0] - one[0]) * 111_320 * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, north)


def bounds(outlines: Iterable[Rings]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all of them together; None without any."""
    points = [point for rings in outlines for ring in rings[:1] for point in ring]
    if not points:
        return None
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    return min(easts), min(norths), max(easts), max(norths)


def _rings(said: Any) -> Rings:
    try:
        rings = [[[float(x), float(y)] for x, y in ring] for ring in said]
    except (TypeError, ValueError):
        raise Refused(_("轮廓线的格式不正确，未作登记：应为若干环，每环为经纬度点的列表。")) from None
    if not rings or sum(len(ring) for ring in rings) > MOST_POINTS:
        raise Refused(_("轮廓线为空或超过 %(n)s 个点，未作登记。") % {"n": MOST_POINTS})
    if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        raise Refused(_("轮廓线没有闭合，未作登记：每环至少四个点，首尾相同。"))
    if not all(_in_china(x, y) for ring in rings for x, y in ring):
        raise Refused(_("坐标不在国境范围内，未作登记；请核对经度和纬度是否写反。"))
    return rings


def _in_china(east: float, north: float) -> bool:
    (west, far_east), (south, far_north) = _CHINA
    return west <= east <= far_east and south <= north <= far_north


def _polygon(rings: Rings) -> Any:
    return _shapely().Polygon(rings[0], rings[1:])


def _shapely() -> Any:
    """Loaded by whoever needs it: with NumPy it takes a sixth of the time in which a process starts, and 20 MB."""
    import shapely  # noqa: PLC0415 (see above)

    return shapely
