"""The ground of the demo district 演示区地面: invented shapes in which real committees' names stand.

Every committee is a field of a bent chequerboard, divided into three grids; its streets run through it with up to 212
buildings. Nothing is where it is in truth. A building and its rooms follow from the committee's code and the building's
number alone, so whoever needs an address makes it without asking, and every scale has the same ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from yizhan.registry.places import Place
from yizhan.registry.shapes import Rings

BUILT = {"small": 12, "tenth": 60, "full": 212}
"""Buildings of each committee by scale: 2,664, 13,320 and 47,064 in 222 committees."""

_ROADS = [
    "云澜",
    "望溪",
    "榕荫",
    "朝晖",
    "拾翠",
    "流霞",
    "松涛",
    "听雨",
    "远山",
    "明德",
    "春申",
    "锦屏",
    "书香",
    "泮水",
    "观澜",
    "栖霞",
]
_KINDS = ("路", "街", "巷", "大街", "横街")
_WEST, _SOUTH, _WIDE, _HIGH, _COLUMNS = 113.2360, 23.1080, 0.0042, 0.0031, 16
_LOTS, _ROWS, _GRIDS, _FINE = 15, 15, 3, 12
_OFFICE, _SHOPS = 11, 7  # of every twelve buildings
HOMES = tuple(number for number in range(max(BUILT.values())) if number % 12 not in (_OFFICE, _SHOPS))
PUBLIC, PUBLIC_TOO = _OFFICE, _SHOPS
"""Numbers of the first two buildings in which nobody lives: where a committee has its service points."""


@dataclass(frozen=True)
class House:
    """A building as it is made up: its place without room, and how many rooms it has."""

    place: Place
    kind: str
    floors: int
    units: int
    rooms_on_a_floor: int
    built: int
    name: str

    def room(self, unit: int, floor: int, number: int) -> Place:
        """One of its rooms; unit, floor and number begin with 1."""
        here = self.place
        return Place(
            division=here.division, road=here.road, door_plate=here.door_plate, building=here.building,
            unit=f"{unit}梯" if self.units > 1 else "", room=f"{floor}{number:02d}房",
        )  # fmt: skip

    def rooms(self) -> list[Place]:
        """All its rooms."""
        spans = (range(1, self.units + 1), range(1, self.floors + 1), range(1, self.rooms_on_a_floor + 1))
        return [
            self.room(unit, floor, number) for unit in spans[0] for floor in spans[1] for number in spans[2]
        ]


@lru_cache(maxsize=60_000)
def house(committee: str, number: int) -> House:
    """The building of a number in a committee's area."""
    dice, street, lot = Random(f"{committee} {number}"), number // _LOTS, number % _LOTS
    road = (int(committee) + 7 * street) % (len(_ROADS) * len(_KINDS))
    kind = {_OFFICE: "3", _SHOPS: "4", 5: "2"}.get(number % 12, "1")
    tall = dice.random() < 0.06
    return House(
        place=Place(
            division=committee,
            road=_ROADS[road % len(_ROADS)] + _KINDS[road // len(_ROADS)],
            door_plate=f"{2 * lot + 1 + street % 2}号{dice.choice(('', '', '', '之一', '之二'))}",
            building=f"自编{1 + number % 3}栋" if number % 6 == 3 else "",
        ),
        kind=kind,
        floors=dice.randrange(16, 31) if tall else dice.randrange(3, 10),
        units=1 if tall else dice.choice((1, 1, 1, 2)),
        rooms_on_a_floor=dice.randrange(4, 7) if tall else dice.randrange(2, 5),
        built=dice.randrange(1958, 2021),
        name=f"{_ROADS[dice.randrange(len(_ROADS))]}大厦" if kind == "3" or tall else "",
    )


def home(dice: Random, committee: str, built: int) -> Place:
    """The address of somebody who lives in a committee's area: a room of one of its first buildings."""
    while (number := dice.choice(HOMES)) >= built:
        pass
    found = house(committee, number)
    return found.room(
        dice.randint(1, found.units), dice.randint(1, found.floors), dice.randint(1, found.rooms_on_a_floor)
    )


def point(field: int, number: int) -> tuple[str, str]:
    """Where a building stands, by the field of its committee: longitude and latitude with seven decimals."""
    east, north = _bent(field, *_lot(number))
    return f"{east:.7f}", f"{north:.7f}"


def outline(field: int, number: int) -> Rings:
    """What it covers: an oblong around its point."""
    across, up = _lot(number)
    wide, high = 0.022 + 0.004 * (number % 3), 0.018 + 0.003 * (number % 4)
    corners = [(-wide, -high), (wide, -high), (wide, high), (-wide, high), (-wide, -high)]
    return [[_rounded(_bent(field, across + x, up + y)) for x, y in corners]]


def grid(field: int, third: int) -> Rings:
    """One of the three grids of a committee's field, its edges as bent as what stands in it."""
    left, right = third / _GRIDS, (third + 1) / _GRIDS
    steps = [step / _FINE for step in range(_FINE)]
    edge = [
        *((left + (right - left) * step, 0.0) for step in steps),
        *((right, step) for step in steps),
        *((right - (right - left) * step, 1.0) for step in steps),
        *((left, 1.0 - step) for step in steps),
        (left, 0.0),
    ]
    return [[_rounded(_bent(field, x, y)) for x, y in edge]]


def _lot(number: int) -> tuple[float, float]:
    """Across and up within the field, 0 to 1; the first street runs through the middle, the next beside it."""
    street = number // _LOTS
    row = _ROWS // 2 + (street + 1) // 2 * (1 if street % 2 else -1)
    return (number % _LOTS + 0.5) / _LOTS, (row + 0.5) / _ROWS


def _bent(field: int, across: float, up: float) -> tuple[float, float]:
    """From within a field to degrees; the board is bent so that nobody takes it for a map."""
    east = _WEST + (field % _COLUMNS + across) * _WIDE
    north = _SOUTH + (field // _COLUMNS + up) * _HIGH
    return (
        east + 0.0009 * math.sin(2 * math.pi * (north - _SOUTH) / 0.021),
        north + 0.0007 * math.sin(2 * math.pi * (east - _WEST) / 0.026),
    )


def _rounded(degrees: tuple[float, float]) -> list[float]:
    return [round(degrees[0], 7), round(degrees[1], 7)]
