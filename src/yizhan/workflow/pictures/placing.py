"""Where slots stand in their rows 横向坐标: long lines straight, boxes in the middle of their neighbours.

After Brandes and Köpf (2002): slots are aligned with a middle neighbour in four ways, each is drawn together, and
every slot stands in the middle of its four places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from yizhan.workflow.pictures.grid import Chain, Grid, Slot

BETWEEN_BOXES, BETWEEN_LINES, BESIDE_LINE = 24, 14, 16
_Links = Mapping[int, list[Slot]]


def place(grid: Grid) -> None:
    """Set the axis of every slot; the leftmost edge is at 0."""
    apart = _crossing_long_lines(grid) | _asides(grid)
    found: list[dict[int, int]] = []
    for down in (True, False):
        for leftmost in (True, False):
            found.append(_placed(grid, apart, down, leftmost))
    _level(grid, found)
    for row in grid.rows:
        for slot in row:
            four = sorted(one[slot.number] for one in found)
            slot.x = (four[1] + four[2]) // 2
    for row in grid.rows:
        _keep_apart(row)
    edge = min((slot.x - slot.left for row in grid.rows for slot in row), default=0)
    for row in grid.rows:
        for slot in row:
            slot.x -= edge


def distance(left: Slot, right: Slot) -> int:
    """How far the axes of two neighbours are apart at least."""
    boxes = (left.item is not None) + (right.item is not None)
    gap = {2: BETWEEN_BOXES, 1: BESIDE_LINE, 0: BETWEEN_LINES}[boxes]
    return left.right + right.left + gap


def _crossing_long_lines(grid: Grid) -> set[tuple[int, int]]:
    """Links that cross a line which passes both rows; that one is kept straight."""
    at = {slot.number: place for row in grid.rows for place, slot in enumerate(row)}
    by_row: dict[int, list[tuple[int, int, bool, tuple[int, int]]]] = {}
    for upper, lower in grid.links:
        long = upper.item is None and lower.item is None
        link = (at[upper.number], at[lower.number], long, (upper.number, lower.number))
        by_row.setdefault(upper.row, []).append(link)
    found: set[tuple[int, int]] = set()
    for links in by_row.values():
        straight = [link for link in links if link[2]]
        for top, bottom, long, key in links:
            for other_top, other_bottom, _long, other in straight:
                crosses = (top - other_top) * (bottom - other_bottom) < 0
                if crosses and (not long or key > other):
                    found.add(key)
    return found


def _asides(grid: Grid) -> set[tuple[int, int]]:
    """Lines of events, or that lead far or to where it ends, where one also leads to the next box: that runs straight.

    Lines that come from far likewise, where one also comes from the box before.
    """
    goes_on = {chain.line.source for chain in grid.chains}
    boxed = {slot.row for slot in grid.place.values()}

    def near(chain: Chain) -> bool:
        return not any(slot.row in boxed for slot in chain.slots[1:-1])

    def weight(chain: Chain) -> tuple[bool, bool, bool]:
        return chain.line.target in goes_on, near(chain), not chain.line.sign

    onward = [chain for chain in grid.chains if not chain.back]
    leaving: dict[str, tuple[bool, bool, bool]] = {}
    coming: dict[str, tuple[bool, bool, bool]] = {}
    for chain in onward:
        one, other = chain.line.source, chain.line.target
        leaving[one] = max(leaving.get(one, weight(chain)), weight(chain))
        coming[other] = max(coming.get(other, weight(chain)), weight(chain))
    aside = {chain.slots[:2] for chain in onward if weight(chain) < leaving[chain.line.source]}
    aside |= {chain.slots[-2:] for chain in onward if weight(chain) < coming[chain.line.target]}
    return {(upper.number, lower.number) for upper, lower in aside}


def _placed(grid: Grid, apart: set[tuple[int, int]], down: bool, leftmost: bool) -> dict[int, int]:
    rows = [row if leftmost else row[::-1] for row in (grid.rows if down else grid.rows[::-1])]
    near: dict[int, list[Slot]] = {}
    for upper, lower in grid.links:
        if (upper.number, lower.number) not in apart:
            one, other = (upper, lower) if down else (lower, upper)
            near.setdefault(other.number, []).append(one)
    root = _aligned(rows, near)
    sign = 1 if leftmost else -1
    return {number: sign * x for number, x in _Blocks.of(rows, root, leftmost).drawn_together().items()}


def _aligned(rows: list[list[Slot]], near: _Links) -> dict[int, int]:
    """For each slot the first of the block in which it stands straight below the others."""
    root = {slot.number: slot.number for row in rows for slot in row}
    at: dict[int, int] = {}
    for row in rows:
        taken = -1
        for slot in row:
            neighbours = sorted(at[other.number] for other in near.get(slot.number, ()))
            by_place = {at[other.number]: other for other in near.get(slot.number, ())}
            half = (len(neighbours) - 1) / 2
            for number in dict.fromkeys((int(half), int(half + 0.5))) if neighbours else ():
                if neighbours[number] > taken:
                    taken = neighbours[number]
                    root[slot.number] = root[by_place[taken].number]
                    break
        at = {slot.number: number for number, slot in enumerate(row)}
    return root


@dataclass
class _Blocks:
    """Blocks and how far apart they must be; in a mirror, where they are drawn to the right."""

    root: Mapping[int, int]
    order: list[int]
    before: dict[int, list[tuple[int, int]]]
    after: dict[int, list[tuple[int, int]]]

    @classmethod
    def of(cls, rows: list[list[Slot]], root: Mapping[int, int], leftmost: bool) -> _Blocks:
        before: dict[int, list[tuple[int, int]]] = {number: [] for number in root.values()}
        after: dict[int, list[tuple[int, int]]] = {number: [] for number in root.values()}
        for row in rows:
            for left, right in pairwise(row):
                apart = distance(left, right) if leftmost else distance(right, left)
                before[root[right.number]].append((root[left.number], apart))
                after[root[left.number]].append((root[right.number], apart))
        open_ = {number: len(near) for number, near in before.items()}
        order = [number for number, count in open_.items() if not count]
        for number in order:
            for other, _apart in after[number]:
                open_[other] -= 1
                if not open_[other]:
                    order.append(other)
        return cls(root, order, before, after)

    def drawn_together(self) -> dict[int, int]:
        """Each slot as far to the left as it can, then to the right as far as the others leave it."""
        x: dict[int, int] = {}
        for number in self.order:
            x[number] = max((x[one] + apart for one, apart in self.before[number]), default=0)
        for number in reversed(self.order):
            x[number] = max(x[number], min((x[o] - a for o, a in self.after[number]), default=x[number]))
        return {slot: x[number] for slot, number in self.root.items()}


def _level(grid: Grid, found: list[dict[int, int]]) -> None:
    """Move the four over one another: those drawn left by their left edge, those drawn right by their right edge."""
    slots = [slot for row in grid.rows for slot in row]
    if not slots:
        return
    edges = [
        (min(x[s.number] - s.left for s in slots), max(x[s.number] + s.right for s in slots)) for x in found
    ]
    left, right = min(edges, key=lambda edge: (edge[1] - edge[0], edge))
    for number, (low, high) in enumerate(edges):
        move = left - low if number % 2 == 0 else right - high
        found[number] = {slot: x + move for slot, x in found[number].items()}


def _keep_apart(row: list[Slot]) -> None:
    """Halves of pixels add up; nobody may come too near for that."""
    for left, right in pairwise(row):
        right.x = max(right.x, left.x + distance(left, right))
