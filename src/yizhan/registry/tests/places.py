"""Buildings, grids and shapes for tests: invented squares near 113.27 E, 23.13 N."""

from __future__ import annotations

from datetime import date
from typing import Any

from yizhan.registry.buildings import Survey
from yizhan.registry.grids import Drawn
from yizhan.registry.shapes import Rings
from yizhan.registry.tests.people import COMMITTEE_X

SURVEYED = "housing.buildings"
SINCE = date(2020, 1, 1)
WEST, SOUTH, STEP = 113.2700001, 23.1300001, 0.001


def square(column: int, row: int, *, wide: float = 1, high: float = 1) -> Rings:
    """A square of the raster, its lower left corner by column and row."""
    west, south = WEST + column * STEP, SOUTH + row * STEP
    east, north = west + wide * STEP, south + high * STEP
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def middle(column: float, row: float) -> tuple[str, str]:
    """The middle of a square, as a surveyor writes it."""
    return f"{WEST + (column + 0.5) * STEP:.7f}", f"{SOUTH + (row + 0.5) * STEP:.7f}"


def grid(code: str, outline: Rings, division: str = COMMITTEE_X) -> Drawn:
    return Drawn(code=code, division=division, name=f"第{code}网格", outline=outline)


def survey(code: str, **more: Any) -> Survey:
    """The building of the people of ``people.place``: 榕荫街12号之一2栋."""
    told = {
        "code": code, "division": COMMITTEE_X, "road": "榕荫街", "door_plate": "12号之一", "building": "2栋",
        "kind": "1", "floors": 9, "point": middle(0, 0), "outline": square(0, 0, wide=0.3), "since": SINCE,
    }  # fmt: skip
    return Survey(**{**told, **more})
