"""One level of boxes and the lines between them 一层布局: rows from above to below, routes through channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from yizhan.workflow.pictures.channels import APART, Hop, Net, nets_of
from yizhan.workflow.pictures.grid import Chain, Grid, Slot, TooDense, grid_of
from yizhan.workflow.pictures.ordering import untangle
from yizhan.workflow.pictures.placing import BETWEEN_BOXES, place
from yizhan.workflow.pictures.plan import Box, Item, Line, Patience, Plan, Point, Route, Size
from yizhan.workflow.pictures.ports import Ports
from yizhan.workflow.pictures.straightening import straightened

BELOW, BELOW_SIGN, ABOVE, CLOSED = 12, 20, 14, 14
COLUMNS = 7


def arranged(
    items: Sequence[Item], lines: Sequence[Line], sizes: Mapping[str, Size], patience: Patience
) -> Plan:
    """Place the items of one level, whose sizes are known; the upper left corner is at 0, 0."""
    if items and all(item.column for item in items):
        return _columns(items, sizes)
    try:
        grid = grid_of(items, lines, sizes, patience)
    except TooDense:
        return _listed(items, sizes)
    untangle(grid, patience)
    place(grid)
    ports = straightened(grid)
    channels, hops = nets_of(grid, ports)
    heights = [_height(grid, number, channel) for number, channel in enumerate(channels)]
    tops = _set_rows(grid, heights)
    drawn = _Drawn(grid, ports, channels, hops, tops)
    routes = {chain.line.key: drawn.route(chain) for chain in grid.chains}
    boxes = {key: _box(slot) for key, slot in grid.place.items()}
    signs = {(key, sign): Point(x, boxes[key].bottom) for (key, sign), x in ports.signs.items()}
    return _at_corner(Plan(boxes, routes, signs, Size(0, 0)), grid, tops, heights)


def _columns(items: Sequence[Item], sizes: Mapping[str, Size]) -> Plan:
    """Side by side and equally high; where there are many, in several rows."""
    rows = ceil(len(items) / COLUMNS)
    each = ceil(len(items) / rows)
    boxes: dict[str, Box] = {}
    y = width = 0
    for start in range(0, len(items), each):
        row = items[start : start + each]
        height = max(sizes[item.key].h for item in row)
        x = 0
        for item in row:
            boxes[item.key] = Box(x, y, sizes[item.key].w, height)
            x += sizes[item.key].w + BETWEEN_BOXES // 2
        width = max(width, x - BETWEEN_BOXES // 2)
        y += height + BETWEEN_BOXES // 2
    return Plan(boxes, {}, {}, Size(width, y - BETWEEN_BOXES // 2))


def _listed(items: Sequence[Item], sizes: Mapping[str, Size]) -> Plan:
    """One below the other and without lines: what has too many of them."""
    boxes: dict[str, Box] = {}
    y = width = 0
    for item in items:
        width = max(width, sizes[item.key].w)
        boxes[item.key] = Box(0, y, *sizes[item.key])
        y += sizes[item.key].h + BETWEEN_BOXES
    return Plan(boxes, {}, {}, Size(width, y), too_dense=True)


def _height(grid: Grid, number: int, channel: Mapping[str, Net]) -> int:
    across = [net for net in channel.values() if not net.straight]
    if not channel and number in {0, len(grid.rows)}:
        return 0
    above = grid.rows[number - 1] if number else []
    signs = any(slot.item is not None and slot.item.signs for slot in above)
    tracks = (max(net.track for net in across) * APART) if across else 0
    edge = 0 if number == len(grid.rows) else ABOVE
    return (BELOW_SIGN if signs else BELOW) + tracks + max(edge, 0 if across else CLOSED)


def _set_rows(grid: Grid, heights: Sequence[int]) -> list[int]:
    """Set the upper edge of every slot; the upper edge of every channel is given back."""
    y, tops = 0, []
    for number, row in enumerate(grid.rows):
        tops.append(y)
        y += heights[number]
        height = max((slot.height for slot in row), default=0)
        for slot in row:
            slot.y = y if slot.item is not None else y + (height - slot.height) // 2
        y += height
    return [*tops, y]


def _box(slot: Slot) -> Box:
    beside = slot.item.beside if slot.item else 0
    return Box(slot.x - slot.left, slot.y, slot.left + slot.right - beside, slot.height)


@dataclass(frozen=True)
class _Drawn:
    grid: Grid
    ports: Ports
    channels: Sequence[Mapping[str, Net]]
    hops: Mapping[str, Sequence[Hop]]
    tops: Sequence[int]

    def route(self, chain: Chain) -> Route:
        line, source, target = chain.line, chain.slots[0], chain.slots[-1]
        points = [Point(self.ports.out[line.key], _box(source).bottom)]
        for hop in self.hops[line.key]:
            if hop.start != hop.end:
                y = self._track(hop)
                points += [Point(hop.start, y), Point(hop.end, y)]
        points.append(Point(self.ports.into[line.target], target.y))
        label = next((_box(slot) for slot in chain.slots if slot.labelled), None)
        return Route(_simple(points), label)

    def _track(self, hop: Hop) -> int:
        above = self.grid.rows[hop.channel - 1] if hop.channel else []
        signs = any(slot.item is not None and slot.item.signs for slot in above)
        track = self.channels[hop.channel][hop.net].track
        return self.tops[hop.channel] + (BELOW_SIGN if signs else BELOW) + track * APART


def _simple(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without points that lie straight between their neighbours."""
    found: list[Point] = []
    for point in points:
        if found and found[-1] == point:
            continue
        if len(found) > 1 and (
            found[-2].x == found[-1].x == point.x or found[-2].y == found[-1].y == point.y
        ):
            found.pop()
        found.append(point)
    return tuple(found)


def _at_corner(plan: Plan, grid: Grid, tops: Sequence[int], heights: Sequence[int]) -> Plan:
    """Moved to the corner, with the size of all that is drawn."""
    slots = [slot for row in grid.rows for slot in row]
    left = min((slot.x - slot.left for slot in slots), default=0)
    right = max((slot.x + slot.right for slot in slots), default=0)
    return Plan(
        {key: box.moved(-left, 0) for key, box in plan.boxes.items()},
        {key: route.moved(-left, 0) for key, route in plan.routes.items()},
        {key: Point(x - left, y) for key, (x, y) in plan.signs.items()},
        Size(right - left, tops[-1] + heights[-1]),
    )
