"""Entering the demo's ground: grids, buildings with their rooms, facilities with hours, by the verbs of the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from yizhan import clock, hanzi
from yizhan.codes import divisions
from yizhan.codes.models import Division
from yizhan.demo import ground, population
from yizhan.demo.organisation import GOVERNMENT
from yizhan.identity.actor import HOUSE
from yizhan.registry import buildings, facilities, grids, sources
from yizhan.registry.buildings import Survey
from yizhan.registry.facilities import Hours, Offered

SOURCE = "housing.buildings"
_SINCE = date(2015, 1, 1)
_OFFICE_HOURS: Hours = [
    (day, *span) for day in range(1, 6) for span in (("09:00", "12:00"), ("13:00", "17:00"))
]
_MEALS: Hours = [(day, *span) for day in range(1, 8) for span in (("10:30", "13:00"), ("16:30", "18:30"))]
_LONG: Hours = [(day, "09:00", "21:00") for day in range(2, 8)]
_OF_A_SUBDISTRICT = (
    ("1", "街政务服务中心", "Sub-district Service Centre", _OFFICE_HOURS),
    ("3", "街社区卫生服务中心", "Community Health Centre", [(day, "08:00", "17:30") for day in range(1, 8)]),
    ("4", "街长者饭堂", "Canteen for the Elderly", _MEALS),
    ("5", "街图书室", "Reading Room", _LONG),
)


def draw() -> None:
    """Declare the source and draw three grids for every committee."""
    unit = f"{GOVERNMENT}-zjj"
    sources.declare(SOURCE, zh="楼栋和网格普查（演示）", en="Survey of buildings and grids (demo)", unit=unit)
    drawn = [
        grids.Drawn(
            code=f"{committee.code}{third + 1:02d}",
            division=committee.code,
            name=f"{committee.name.removesuffix('居委会')}第{'一二三'[third]}网格",
            outline=ground.grid(field, third),
        )
        for field, committee in _fields()
        for third in range(3)
    ]
    grids.draw(drawn, source=SOURCE, on=_SINCE, by=HOUSE)


def build(subdistrict: str, built: int) -> None:
    """Enter the first so many buildings of each committee of a sub-district, with all their rooms."""
    here = [(field, one.code) for field, one in _fields() if one.code.startswith(subdistrict[:9])]
    surveys = [_survey(field, committee, number) for field, committee in here for number in range(built)]
    new = {one.code for one in buildings.enter(surveys, source=SOURCE, as_of=_today(), by=HOUSE)}
    houses = [
        ground.house(committee, number)
        for _field, committee in here for number in range(built) if _code(committee, number) in new
    ]  # fmt: skip
    buildings.enter_rooms(chain.from_iterable(one.rooms() for one in houses))


def furnish() -> None:
    """Enter service points: a station in every committee, and four more in every sub-district."""
    facilities.enter(chain(_stations(), _of_subdistricts()), source=SOURCE, as_of=_today(), by=HOUSE)


def subdistricts() -> list[str]:
    """The codes of all sub-districts."""
    return [one.code for one in population.subdistricts()]


def _fields() -> list[tuple[int, Division]]:
    """Every committee with its field of the board."""
    return list(enumerate(committee for code in subdistricts() for committee in divisions.children(code)))


def _code(committee: str, number: int) -> str:
    return f"{committee}{number + 1:04d}"


def _survey(field: int, committee: str, number: int) -> Survey:
    one = ground.house(committee, number)
    return Survey(
        code=_code(committee, number), division=committee, road=one.place.road, door_plate=one.place.door_plate,
        building=one.place.building, name=one.name, kind=one.kind, floors=one.floors, units=one.units, built=one.built,
        point=ground.point(field, number), outline=ground.outline(field, number), since=_SINCE,
    )  # fmt: skip


def _stations() -> Iterator[Offered]:
    for field, committee in _fields():
        yield Offered(
            code=f"S{committee.code}", kind="2", name_zh=f"{committee.name.removesuffix('居委会')}服务站",
            place=ground.house(committee.code, ground.PUBLIC).room(1, 1, 1), point=ground.point(field, ground.PUBLIC),
            hours=_OFFICE_HOURS, phone=f"020-0000{field:04d}", since=_SINCE,
            unit=f"{GOVERNMENT}-j{committee.code[6:9]}-{committee.code[9:]}",
        )  # fmt: skip


def _of_subdistricts() -> Iterator[Offered]:
    fields = _fields()
    for code in subdistricts():
        here = [(field, one.code) for field, one in fields if one.code.startswith(code[:9])]
        short = (one.name if (one := divisions.at(code)) else "").removesuffix("街道").removesuffix("道")
        for (field, committee), (kind, name, name_en, hours) in zip(here, _OF_A_SUBDISTRICT, strict=False):
            yield Offered(
                code=f"S{kind}{code}", kind=kind, name_zh=f"{short}{name}",
                name_en=f"{hanzi.pinyin(short).replace(' ', '').capitalize()} {name_en}",
                place=ground.house(committee, ground.PUBLIC_TOO).room(1, 1, 1),
                point=ground.point(field, ground.PUBLIC_TOO), hours=hours, phone=f"020-00010{field:03d}", since=_SINCE,
                unit=f"{GOVERNMENT}-j{code[6:9]}",
            )  # fmt: skip


def _today() -> date:
    return clock.today() - timedelta(days=2)
