"""What is to be arranged, and where it stands then 布局数据: plain values in whole pixels, for every notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A place, from the upper left corner of the whole."""

    x: int
    y: int


class Size(NamedTuple):
    """How wide and how high something is."""

    w: int
    h: int


class Box(NamedTuple):
    """A rectangle: its upper left corner, width and height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """Where it ends on the right."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """Where it ends below."""
        return self.y + self.h

    @property
    def middle(self) -> Point:
        """Its middle."""
        return Point(self.x + self.w // 2, self.y + self.h // 2)

    def moved(self, x: int, y: int) -> Box:
        """The same elsewhere."""
        return Box(self.x + x, self.y + y, self.w, self.h)


@dataclass(frozen=True, slots=True)
class Item:
    """A box to be placed.

    Attributes:
        within: the item in which it lies; empty: in none.
        size: how big it is; of one that others lie in, how wide at least, and how high its heading is.
        beside: room to the right of it, for words; below it, where the whole runs to the right.
        pointed: lines meet it in the middle only, as at a diamond.
        signs: the events on its edge, each with a place of its own there.
        rank: how far on it is, where that is known; lines that lead to a lower one lead back.
        column: stands beside the others in the same item, as high as they are; no line leads to or from it.
    """

    key: str
    size: Size
    within: str = ""
    beside: int = 0
    pointed: bool = False
    signs: tuple[str, ...] = ()
    rank: int | None = None
    column: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one box to another; ``sign`` is the event on the edge at which it begins.

    ``label`` is the room its words need on it; none where it has no words.
    """

    key: str
    source: str
    target: str
    sign: str = ""
    label: Size | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """How a line runs, from the edge of one box to the edge of another, and where its words stand."""

    points: tuple[Point, ...]
    label: Box | None = None

    def moved(self, x: int, y: int) -> Route:
        """The same elsewhere."""
        label = self.label.moved(x, y) if self.label else None
        return Route(tuple(Point(a + x, b + y) for a, b in self.points), label)


@dataclass(slots=True)
class Patience:
    """What is left of the work that one drawing may cost 布局上限.

    Attributes:
        places: rows that lines may pass; with more of them nobody could follow a line, and nothing is drawn.
        effort: places looked at while single lines and neighbours are moved; then the order stands as it is.
    """

    places: int = 20_000
    effort: int = 1_500_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands.

    Attributes:
        boxes: by key of the item.
        routes: by key of the line; a line between an item and what lies in it has none.
        signs: the middle of each event's sign, by item and sign.
        too_dense: some of it has more lines than can be drawn, and stands there without them.
    """

    boxes: Mapping[str, Box]
    routes: Mapping[str, Route]
    signs: Mapping[tuple[str, str], Point]
    size: Size
    too_dense: bool = False
