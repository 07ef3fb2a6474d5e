"""Buildings 楼栋: entered by the office that surveys them, changed, and their rooms.

A building is entered once by its code. Its grid is found by its point when it is written. Addresses that were entered
before it and have its elements belong to it from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from yizhan import clock, codes, journal
from yizhan.codes import addresses
from yizhan.identity.actor import Actor
from yizhan.registry import grids, shapes
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.fitting import fits
from yizhan.registry.keeping_values import plain
from yizhan.registry.models import Address, Building, PlaceHistory
from yizhan.registry.offices import source_written_by
from yizhan.registry.places import Place, is_a_division
from yizhan.registry.shapes import Rings

_ELEMENTS = ("division", "road", "door_plate", "building")
_LONGEST_WORDS = 100
TOLD = (*_ELEMENTS, "name", "kind", "floors", "units", "built", "longitude", "latitude", "outline", "since")


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A building as its office surveyed it 楼栋普查; what is not known is left out.

    Attributes:
        point: longitude and latitude, CGCS2000, as :func:`shapes.degrees` reads them.
        outline: rings as :func:`shapes.outline` reads them; empty when nobody drew it.
        since: the building is there from this day, or known from it.

    Raises:
        Refused: what cannot be written down; nothing is mended.
    """

    code: str
    division: str
    road: str = ""
    door_plate: str = ""
    building: str = ""
    name: str = ""
    kind: str = ""
    floors: int | None = None
    units: int | None = None
    built: int | None = None
    point: tuple[str | Decimal, str | Decimal] | None = None
    outline: Rings = field(default_factory=list)
    since: date

    def __post_init__(self) -> None:
        is_a_division(self.division)
        for column in ("code", "road", "door_plate", "building", "name"):
            fits(Building, column, getattr(self, column))
        if not self.code.strip() or not (self.road + self.door_plate + self.building):
            raise Refused(_("楼栋缺少编码或地址要素，未作登记。"))
        if self.kind:
            _is_a_kind(self.kind)
        for number, most in ((self.floors, 200), (self.units, 500)):
            if number is not None and not 0 < number <= most:
                raise Refused(_("楼层数或单元数不合理，未作登记，请核对。"))
        if self.built is not None and not 1000 <= self.built <= clock.today().year:
            raise Refused(_("建成年份不合理，未作登记，请核对。"))
        if self.point is not None:
            object.__setattr__(self, "point", shapes.degrees(*self.point))
        if self.outline:
            object.__setattr__(self, "outline", shapes.outline(self.outline))

    @property
    def columns(self) -> dict[str, object]:
        """The columns of the row that it tells."""
        east, north = self.point or (None, None)
        told = {name: getattr(self, name) for name in TOLD if name not in ("longitude", "latitude")}
        return {**told, "longitude": east, "latitude": north}


def enter(surveys: Iterable[Survey], *, source: str, as_of: date, by: Actor) -> list[Building]:
    """Enter buildings; those whose code is known are left alone. The new ones.

    Raises:
        NotAllowed: not the office of the source.
        Refused: another building has the same address.
    """
    vouching = source_written_by(source, by)
    came = {one.code: one for one in surveys}
    known = set(Building.objects.filter(code__in=came).values_list("code", flat=True))
    rows = [
        Building(code=one.code, source=vouching, as_of=as_of, **one.columns)
        for one in came.values()
        if one.code not in known
    ]
    grids.place(rows)
    try:
        with transaction.atomic():
            Building.objects.bulk_create(rows, batch_size=2_000)
            adopt([row.id for row in rows])
            if rows:
                journal.write(
                    "building.entered", subject=f"source:{source}", actor=by.key, buildings=len(rows)
                )
    except IntegrityError as refused:
        if "registry_building_once" not in str(refused):
            raise
        raise Refused(_("同一地址已有另一楼栋，未作登记；如系拆分，请先注销原楼栋。")) from None
    return rows


def change(code: str, survey: Survey, *, source: str, on: date, by: Actor) -> Building:
    """Write down what became so with a building from a day on; what was is kept.

    Raises:
        NotAllowed: not the office of the source.
        NotHere: no such building.
        Refused: the survey is of another building.
    """
    if survey.code != code:
        raise Refused(_("楼栋编码不一致，未作改动。"))
    vouching = source_written_by(source, by)
    with transaction.atomic():
        row = Building.objects.select_for_update().filter(code=code, until=None).first()
        if row is None:
            raise NotHere(f"building {code}")
        was = {name: getattr(row, name) for name in (*TOLD, "grid")}
        for name, value in survey.columns.items():
            setattr(row, name, value)
        row.source, row.as_of, row.recorded_at = vouching, on, clock.now()
        grids.place([row])
        changed = {name: plain(value) for name, value in was.items() if getattr(row, name) != value}
        if changed:
            row.save()
            PlaceHistory.objects.create(
                building=row, state=changed, because="survey", valid_until=on, by=by.key
            )
            adopt([row.id])
            grids.follow([row.id])
            journal.write(
                "building.changed", subject=f"building:{code}", actor=by.key, columns=sorted(changed)
            )
    return row


def end(code: str, *, on: date, source: str, by: Actor) -> None:
    """A building is no more 注销: its addresses keep saying that they belonged to it.

    Raises:
        NotAllowed: not the office of the source.
        NotHere: no such building.
    """
    source_written_by(source, by)
    with transaction.atomic():
        if not Building.objects.filter(code=code, until=None).update(until=on, recorded_at=clock.now()):
            raise NotHere(f"building {code}")
        journal.write("building.ended", subject=f"building:{code}", actor=by.key)


def enter_rooms(places: Iterable[Place]) -> int:
    """Enter standard addresses that are not there yet; how many. A trigger finds their buildings."""
    came = list(dict.fromkeys(places))
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into registry_address (division, road, door_plate, building, unit, floor, room, full_text)
               select * from unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                   %s::text[])
               on conflict (division, full_text) do nothing""",
            [
                [getattr(one, name) for one in came]
                for name in (*_ELEMENTS, "unit", "floor", "room", "full_text")
            ],
        )
        return int(cursor.rowcount)


def rooms_of(building: Building) -> Sequence[Address]:
    """The rooms of a building, floor by floor as their numbers run."""
    return sorted(
        building.rooms.all(), key=lambda one: (one.unit, len(one.floor + one.room), one.floor + one.room)
    )


def find(words: str, limit: int = 50) -> Sequence[Building]:
    """Buildings whose written address, name or code begins with these words; of a longer text, the building it means."""
    wanted = "".join(words.split())[:_LONGEST_WORDS]
    if not wanted:
        return []
    written = Building.objects.filter(until=None).annotate(written=Concat("road", "door_plate", "building"))
    found = written.filter(
        Q(written__startswith=wanted) | Q(name__startswith=wanted) | Q(code__startswith=wanted)
    )
    if not (rows := list(found.order_by("written", "division", "code")[: limit + 1])):
        said = addresses.parse(wanted)
        if said.road and said.door_plate:
            meant = written.filter(road=said.road, door_plate=said.door_plate)
            meant = meant.filter(building=said.building) if said.building else meant
            rows = list(meant.order_by("division", "code")[: limit + 1])
    return sorted(
        rows,
        key=lambda one: (one.division, one.road, *_numbers(one.door_plate), one.door_plate, one.building),
    )


def in_view(west: float, south: float, east: float, north: float, limit: int = 1_500) -> list[Building]:
    """Buildings whose point lies between these degrees, those that stand longest first when they are too many."""
    around = Building.objects.filter(
        until=None, longitude__range=(west, east), latitude__range=(south, north)
    )
    return list(around.order_by("id")[:limit])


def adopt(buildings: list[int]) -> None:
    """Addresses entered before their building belong to it now, with its grid."""
    if not buildings:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """update registry_address a set estate_id = b.id, grid = nullif(b.grid, '') from registry_building b
               where b.id = any(%s) and a.division = b.division and a.estate_id is null
                 and a.road || a.door_plate || a.building <> ''
                 and registry_building_writing(a.road, a.door_plate, a.building)
                   = registry_building_writing(b.road, b.door_plate, b.building)""",
            [buildings],
        )


def _numbers(door_plate: str) -> list[int]:
    """9号 stands before 11号."""
    return [int(number) for number in re.findall(r"[0-9]{1,5}", door_plate)][:1] or [0]


def _is_a_kind(code: str) -> None:
    try:
        codes.entry("building_kind", code)
    except codes.UnknownCode:
        raise Refused(_("楼栋类型 %(code)s 不在代码表中，未作登记。") % {"code": code}) from None
