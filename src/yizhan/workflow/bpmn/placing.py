"""Where the elements of a written file stand 布局: columns from left to right, sub-processes around what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

GAP_X, GAP_Y, PAD = 60, 40, 30
SIZES = {"Event": (36, 36), "Gateway": (50, 50)}
TASK = (120, 80)


class Box(NamedTuple):
    """A place: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Half its height."""
        return self.y + self.height // 2


class Line(NamedTuple):
    """A flow between two elements."""

    id: str
    source: str
    target: str


@dataclass
class Sketch:
    """What is to be placed.

    Attributes:
        shown: id of each element, with its kind and the sub-process it stands in.
        attached: boundary events, with what they are attached to.
    """

    shown: Mapping[str, tuple[str, str]]
    lines: Sequence[Line]
    attached: Mapping[str, str]


@dataclass
class Placed:
    """Boxes and routes, by id."""

    boxes: dict[str, Box] = field(default_factory=dict)
    routes: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def placed(sketch: Sketch) -> Placed:
    """Place everything; the same things always stand the same way."""
    found = Placed()
    _space(sketch, "", found, 0, 0)
    for line in sketch.lines:
        found.routes[line.id] = _route(found.boxes[line.source], found.boxes[line.target], line, sketch)
    return found


def _space(sketch: Sketch, within: str, found: Placed, left: int, top: int) -> tuple[int, int]:
    """Place what a space holds; its width and height."""
    mine = [
        key for key, (_kind, space) in sketch.shown.items() if space == within and key not in sketch.attached
    ]
    inner = {key: _space(sketch, key, found, 0, 0) for key in mine if sketch.shown[key][0] == "subProcess"}
    x, bottom = left + PAD, top + PAD
    for column in _columns(sketch, mine):
        y = top + PAD
        wide = 0
        for key in column:
            width, height = inner.get(key, _size(sketch.shown[key][0]))
            wide = max(wide, width)
            found.boxes[key] = Box(x, y, width, height)
            y += height + GAP_Y
        for key in column:
            box = found.boxes[key]
            found.boxes[key] = box._replace(x=x + (wide - box.width) // 2)
            if key in inner:
                _move(sketch, key, found, found.boxes[key])
            _attach(sketch, key, found)
        x += wide + GAP_X
        bottom = max(bottom, y)
    return max(x - GAP_X + PAD - left, TASK[0]), max(bottom - GAP_Y + PAD - top, TASK[1])


def _size(kind: str) -> tuple[int, int]:
    return next((size for end, size in SIZES.items() if kind.endswith(end)), TASK)


def _move(sketch: Sketch, key: str, found: Placed, to: Box) -> None:
    """Move what stands in a sub-process to where that stands."""
    for inside, (_kind, space) in sketch.shown.items():
        if space == key and inside in found.boxes:
            box = found.boxes[inside]
            found.boxes[inside] = box._replace(x=box.x + to.x, y=box.y + to.y)
            if sketch.shown[inside][0] == "subProcess":
                _move(sketch, inside, found, Box(to.x, to.y, 0, 0))


def _attach(sketch: Sketch, host: str, found: Placed) -> None:
    """Boundary events stand on the lower edge of what they are attached to."""
    box = found.boxes[host]
    events = [event for event, other in sketch.attached.items() if other == host]
    for number, event in enumerate(events):
        x = box.x + (number + 1) * box.width // (len(events) + 1) - 18
        found.boxes[event] = Box(x, box.y + box.height - 18, 36, 36)


def _columns(sketch: Sketch, mine: list[str]) -> list[list[str]]:
    """Each element one column after the farthest that leads to it; ways back do not count."""
    ways: dict[str, list[str]] = {key: [] for key in mine}
    for line in sketch.lines:
        source = sketch.attached.get(line.source, line.source)
        if source in ways and line.target in ways:
            ways[source].append(line.target)
    order = _order(mine, ways)
    place = {key: number for number, key in enumerate(order)}
    column = dict.fromkeys(mine, 0)
    for key in order:
        for target in ways[key]:
            if place[target] > place[key]:
                column[target] = max(column[target], column[key] + 1)
    found: list[list[str]] = [[] for _ in range(max(column.values(), default=0) + 1)]
    for key in mine:
        found[column[key]].append(key)
    return found


def _order(mine: list[str], ways: Mapping[str, list[str]]) -> list[str]:
    """An order in which each element comes after what leads to it, but for ways back."""
    found: list[str] = []
    seen: set[str] = set()
    for first in mine:
        waiting = [(first, False)]
        while waiting:
            key, done = waiting.pop()
            if done:
                found.append(key)
            elif key not in seen:
                seen.add(key)
                waiting.append((key, True))
                waiting += [(target, False) for target in ways[key] if target not in seen]
    return found[::-1]


def _route(source: Box, target: Box, line: Line, sketch: Sketch) -> list[tuple[int, int]]:
    if line.source in sketch.attached:
        x, low = source.x + source.width // 2, source.y + source.height
        return [(x, low), (x, max(low + 20, target.middle)), (target.x, max(low + 20, target.middle))]
    right, end = source.x + source.width, target.x
    if end > right:
        middle = end - GAP_X // 2
        if source.middle == target.middle:
            return [(right, source.middle), (end, target.middle)]
        return [
            (right, source.middle),
            (middle, source.middle),
            (middle, target.middle),
            (end, target.middle),
        ]
    low = max(source.y + source.height, target.y + target.height) + GAP_Y // 2
    leave, come = source.x + source.width // 2, target.x + target.width // 2
    return [(leave, source.y + source.height), (leave, low), (come, low), (come, target.y + target.height)]
