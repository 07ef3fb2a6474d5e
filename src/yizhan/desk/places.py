"""What pages of buildings say in words and shapes 楼栋页面: grid or why none, what was, GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yizhan.codes import divisions
from yizhan.codes.models import Division
from yizhan.registry import grids
from yizhan.registry.facilities import Near
from yizhan.registry.models import Address, Building, Grid


def grid_of(building: Building) -> str:
    """The name of its grid, or why there is none."""
    if building.grid:
        row = Grid.objects.filter(code=building.grid, until=None).first()
        return f"{row.name}（{row.code}）" if row else building.grid
    if building.grid_doubt == Building.Doubt.NO_POINT:
        return _("尚未测绘坐标，网格未定")
    if building.grid_doubt == Building.Doubt.SEVERAL:
        return _("坐标落在多个网格（%(codes)s），需由网格管理部门核定") % {
            "codes": "、".join(grids.grids_holding(building))
        }
    return _("坐标不在任何网格内，需由网格管理部门核定")


def communities(found: Sequence[Building]) -> dict[str, str]:
    """By division code the names of sub-district and committee, in one statement; codes that mean nothing today stay."""
    codes = {one.division for one in found}
    wanted = codes | {f"{code[:9]}000" for code in codes}
    names = dict(Division.objects.filter(code__in=wanted, valid_to=None).values_list("code", "name"))
    return {
        code: "".join(names.get(one, "") for one in dict.fromkeys((f"{code[:9]}000", code))) or code
        for code in codes
    }


def past(place: Building | Address) -> list[dict[str, Any]]:
    """What a building or an address was before, the newest first: until when, and what."""
    words = {
        "grid": _("网格"), "division": _("所在社区"), "name": _("楼栋名称"), "kind": _("楼栋类型"), "floors": _("层数"),
        "units": _("单元数"), "built": _("建成年份"), "road": _("路名"), "door_plate": _("门牌号"), "building": _("栋号"),
        "longitude": _("经度"), "latitude": _("纬度"), "outline": _("轮廓"), "since": _("起始"),
    }  # fmt: skip
    told = []
    for row in place.history.order_by("-replaced_at", "-id")[:50]:
        was = [
            (words.get(name, name), _was(name, value)) for name, value in row.state.items() if name in words
        ]
        told.append({"until": row.valid_until, "was": was})
    return told


def drawn(found: Iterable[Building], here: str = "") -> dict[str, Any]:
    """Buildings as GeoJSON; one without an outline is its point, one without a point is left out."""
    features = [_feature(one, here=one.code == here) for one in found if one.longitude is not None]
    return {"type": "FeatureCollection", "features": features}


def around(building: Building, near: Sequence[Near]) -> dict[str, Any] | None:
    """One building and the facilities near it as GeoJSON; None where nobody surveyed it."""
    if building.longitude is None:
        return None
    points = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [float(one.facility.longitude or 0), float(one.facility.latitude or 0)],
            },
            "properties": {"title": str(one.facility), "what": "facility"},
        }
        for one in near
    ]
    return {"type": "FeatureCollection", "features": [_feature(building, here=True), *points]}


def _feature(one: Building, *, here: bool) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [float(one.longitude or 0), float(one.latitude or 0)]}
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": one.outline} if one.outline else point,
        "properties": {
            "title": f"{one} {one.name}".strip(),
            "url": reverse("desk:place", args=[one.code]),
            "what": "here" if here else "building",
        },
    }


def _was(name: str, value: Any) -> str:
    if name == "division":
        return divisions.full_name(str(value)) or str(value)
    if name == "outline":
        return _("有") if value else _("无")
    return str(value) if value not in (None, "") else _("无")
