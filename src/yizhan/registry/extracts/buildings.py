"""The survey of buildings as files 楼栋信息."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from yizhan.identity.actor import Actor
from yizhan.identity.directory import cells
from yizhan.identity.directory.reading import Column
from yizhan.registry import surveying
from yizhan.registry.buildings import Survey
from yizhan.registry.extracts import coordinates
from yizhan.registry.extracts.register import Done, Loading, Register
from yizhan.registry.import_columns import coded, count
from yizhan.registry.models import Import
from yizhan.registry.surveying import Surveyed


def columns() -> Sequence[Column]:
    """The columns, in any order; code, day and division must be there."""
    return (
        Column("code", gettext_lazy("楼栋编码"), cells.text(30), required=True),
        Column("as_of", gettext_lazy("数据日期"), cells.day, required=True),
        Column("division", gettext_lazy("所在区划代码"), coordinates.division, required=True),
        Column("road", gettext_lazy("路名"), cells.text(60)),
        Column("door_plate", gettext_lazy("门牌号"), cells.text(40)),
        Column("building", gettext_lazy("栋号"), cells.text(40)),
        Column("name", gettext_lazy("楼栋名称"), cells.text(80)),
        Column("kind", gettext_lazy("楼栋类型"), coded("building_kind")),
        Column("floors", gettext_lazy("层数"), count),
        Column("units", gettext_lazy("单元数"), count),
        Column("built", gettext_lazy("建成年份"), count),
        *coordinates.point_columns(),
        Column("outline", gettext_lazy("轮廓"), coordinates.outline),
    )


def _made(values: dict[str, Any]) -> Surveyed:
    told = {
        name: values[name] for name in ("code", "division", "road", "door_plate", "building", "name", "kind")
    }
    numbers = {name: values[name] for name in ("floors", "units", "built")}
    survey = Survey(
        **told, **numbers, point=coordinates.point(values), outline=values["outline"], since=values["as_of"]
    )
    return Surveyed(survey, values["as_of"])


def _enter(entries: list[Surveyed], file: Import, how: Loading) -> Done:
    return Done(*surveying.enter(entries, file, by=how.actor))


def _undo(file: Import, by: Actor) -> None:
    surveying.undo(file, by=by)


REGISTER: Register[Surveyed] = Register(
    key="buildings",
    title=gettext_lazy("楼栋普查"),
    unit=gettext_lazy("栋"),
    columns=columns,
    maker=lambda: _made,
    record=lambda one: one.survey.code,
    key_column="code",
    enter=_enter,
    changed_since=surveying.changed_since,
    undo=_undo,
)
