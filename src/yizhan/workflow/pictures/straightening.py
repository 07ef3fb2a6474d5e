"""Small steps in lines are taken out 拉直: the line is moved to where it leaves or comes, if there is room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from yizhan.workflow.pictures.grid import Grid, Slot
from yizhan.workflow.pictures.placing import distance
from yizhan.workflow.pictures.ports import Ports, ports_of

ASIDE, TIMES = 28, 4


def straightened(grid: Grid) -> Ports:
    """The ports of all boxes, after lines were moved to them where there is room."""
    ports = ports_of(grid)
    for _time in range(TIMES):
        if not _straighten(grid, ports):
            break
        ports = ports_of(grid)
    return ports


def _straighten(grid: Grid, ports: Ports) -> bool:
    """Whether any line was moved."""
    beside: dict[int, tuple[Slot | None, Slot | None]] = {}
    for row in grid.rows:
        for left, slot, right in zip([None, *row], row, [*row[1:], None], strict=False):
            beside[slot.number] = left, right
    moved = False
    for chain in grid.chains:
        bends = chain.slots[1:-1]
        if bends and not chain.back:
            moved |= _move(bends, ports.out[chain.line.key], beside)
            moved |= _move(bends[::-1], ports.into[chain.line.target], beside)
    return moved


def _move(bends: Sequence[Slot], x: int, beside: dict[int, tuple[Slot | None, Slot | None]]) -> bool:
    """Move the straight piece with which a line begins."""
    at = bends[0].x
    piece = list(takewhile(lambda slot: slot.x == at, bends))
    if not 0 < abs(x - at) <= ASIDE or not all(_fits(slot, x, *beside[slot.number]) for slot in piece):
        return False
    for slot in piece:
        slot.x = x
    return True


def _fits(slot: Slot, x: int, left: Slot | None, right: Slot | None) -> bool:
    enough = left is None or x - left.x >= distance(left, slot)
    return enough and (right is None or right.x - x >= distance(slot, right))
