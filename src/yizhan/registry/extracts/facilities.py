"""Public facilities and service points as files 公共设施信息."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from yizhan import clock
from yizhan.identity.actor import Actor
from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.reading import Column
from yizhan.identity.directory.report import Words
from yizhan.registry import facilities
from yizhan.registry.extracts import coordinates
from yizhan.registry.extracts.register import Done, Loading, Register
from yizhan.registry.facilities import Hours, Offered
from yizhan.registry.import_columns import coded
from yizhan.registry.models import Facility, Import, ImportedRow
from yizhan.registry.offices import source_written_by
from yizhan.registry.places import Reader

_DAYS = re.compile(r"([1-7])(?:-([1-7]))?")
_SPAN = re.compile(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")
_WRONG = gettext_lazy("开放时间应写成 1-5 09:00-12:00 13:00-17:00; 6 09:00-12:00（1 为周一）")


@dataclass(frozen=True)
class Told:
    """A facility as a file tells it for a day."""

    offered: Offered
    as_of: date


def hours(cell: str) -> Hours:
    """Spans by weekday: groups parted by semicolons, in each the days and then from and to."""
    found: list[tuple[int, str, str]] = []
    for group in filter(None, (part.strip() for part in cell.replace("；", ";").split(";"))):
        days, *spans = group.split()
        which, told = _DAYS.fullmatch(days), [_SPAN.fullmatch(span) for span in spans]
        if which is None or not told or None in told:
            raise CellRefused(Words.of(_WRONG))
        for day in range(int(which[1]), int(which[2] or which[1]) + 1):
            found += [(day, span[1], span[2]) for span in told if span]
    return sorted(found)


def columns() -> Sequence[Column]:
    """The columns, in any order."""
    return (
        Column("code", gettext_lazy("设施编码"), cells.text(30), required=True),
        Column("as_of", gettext_lazy("数据日期"), cells.day, required=True),
        Column("kind", gettext_lazy("设施类别"), coded("facility_kind"), required=True),
        Column("name_zh", gettext_lazy("设施名称"), cells.text(80), required=True),
        Column("name_en", gettext_lazy("设施英文名称"), cells.text(120)),
        Column("division", gettext_lazy("所在区划代码"), coordinates.division, required=True),
        Column("address", gettext_lazy("设施地址"), cells.text(300), required=True),
        *coordinates.point_columns(),
        Column("hours", gettext_lazy("开放时间"), hours),
        Column("phone", gettext_lazy("电话"), cells.text(30)),
        Column("unit", gettext_lazy("运营单位"), cells.text(100)),
        Column("until", gettext_lazy("停办日期"), cells.day),
    )


class _Maker:
    def __init__(self) -> None:
        self._places = Reader()

    def __call__(self, values: dict[str, Any]) -> Told:
        told = {
            name: values[name] for name in ("code", "kind", "name_zh", "name_en", "hours", "phone", "unit")
        }
        place = self._places.read(values["division"], values["address"])
        offered = Offered(
            **told, place=place, point=coordinates.point(values), since=values["as_of"], until=values["until"]
        )
        return Told(offered, values["as_of"])


def _enter(entries: list[Told], file: Import, how: Loading) -> Done:
    source_written_by(how.source, how.actor)
    known = Facility.objects.in_bulk([one.offered.code for one in entries], field_name="code")
    was = {code: _state(row) for code, row in known.items()}
    for on in sorted({one.as_of for one in entries}):
        ones = [
            one.offered for one in entries if one.as_of == on and _newer(one, known.get(one.offered.code))
        ]
        facilities.enter(ones, source=how.source, as_of=on, by=how.actor)
    now = {
        row.code: _state(row)
        for row in Facility.objects.filter(code__in=[one.offered.code for one in entries])
    }
    different = [code for code in now if now[code] != was.get(code)]
    ImportedRow.objects.bulk_create(
        [ImportedRow(file=file, key=code, fresh=code not in was,
                     was={"was": was.get(code), "became": now[code]}) for code in different]
    )  # fmt: skip
    fresh = sum(code not in was for code in different)
    return Done(fresh, len(different) - fresh)


def _newer(one: Told, row: Facility | None) -> bool:
    return row is None or one.as_of >= row.as_of


def _state(row: Facility) -> dict[str, Any]:
    """The columns of a facility as JSON keeps them."""
    return facilities.state(row)


def _changed_since(file: Import) -> int:
    kept = {row.key: row.was["became"] for row in ImportedRow.objects.filter(file=file) if row.was}
    now = {row.code: _state(row) for row in Facility.objects.filter(code__in=kept)}
    return sum(now.get(code) != became for code, became in kept.items())


def _undo(file: Import, by: Actor) -> None:
    source_written_by(file.source.code, by)
    kept = {row.key: row.was or {} for row in ImportedRow.objects.filter(file=file)}
    for row in Facility.objects.filter(code__in=kept):
        before = kept[row.code].get("was") or {"until": clock.today().isoformat()}
        facilities.restore(row, before)


REGISTER: Register[Told] = Register(
    key="facilities",
    title=gettext_lazy("公共设施信息"),
    unit=gettext_lazy("处"),
    columns=columns,
    maker=_Maker,
    record=lambda told: told.offered.code,
    key_column="code",
    enter=_enter,
    changed_since=_changed_since,
    undo=_undo,
)
