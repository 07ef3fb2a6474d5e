"""Where lines leave boxes and come to them 接点: straight below and above, as far as others leave room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from yizhan.workflow.pictures.grid import Chain, Grid, Slot
from yizhan.workflow.pictures.plan import Item, Line

CORNER, LINE, SIGN = 14, 14, 26


@dataclass
class Ports:
    """The places on the edges of boxes.

    Attributes:
        out: where each line leaves its source, by its key.
        into: where lines come to an item, by its key; all in one place.
        signs: where events stand on the lower edge, by item and sign.
    """

    out: dict[str, int] = field(default_factory=dict)
    into: dict[str, int] = field(default_factory=dict)
    signs: dict[tuple[str, str], int] = field(default_factory=dict)


def ports_of(grid: Grid) -> Ports:
    """The ports of all boxes of a grid."""
    found = Ports()
    leaving: dict[str, list[Chain]] = {key: [] for key in grid.place}
    coming: dict[str, list[Chain]] = {key: [] for key in grid.place}
    for chain in grid.chains:
        leaving[chain.line.source].append(chain)
        coming[chain.line.target].append(chain)
    for key, slot in grid.place.items():
        if slot.item is not None:
            _leave(slot, slot.item, leaving[key], found)
    for key, slot in grid.place.items():
        if slot.item is not None and coming[key]:
            found.into[key] = _come(slot, slot.item, coming[key], found)
    return found


def _leave(slot: Slot, item: Item, chains: Sequence[Chain], found: Ports) -> None:
    ends: dict[str, list[int]] = {}
    for chain in chains:
        ends.setdefault(_port(chain.line), []).append(chain.slots[1].x)
    wanted = {port: sum(xs) // len(xs) for port, xs in ends.items()}
    low, high = _edge(slot, item, CORNER)
    for number, sign in enumerate(item.signs):
        wanted.setdefault(f"sign {sign}", high + number)  # one that leads nowhere stands on the right
    places = dict.fromkeys(wanted, slot.x) if item.pointed else spread(wanted, low, high, slot.x)
    for chain in chains:
        found.out[chain.line.key] = places[_port(chain.line)]
    for sign in item.signs:
        found.signs[item.key, sign] = places[f"sign {sign}"]


def _port(line: Line) -> str:
    return f"sign {line.sign}" if line.sign else f"line {line.key}"


def _edge(slot: Slot, item: Item, margin: int) -> tuple[int, int]:
    return slot.x - slot.left + margin, slot.x + slot.right - item.beside - margin


def spread(wanted: Mapping[str, int], low: int, high: int, middle: int) -> dict[str, int]:
    """Places between ``low`` and ``high``, near to what is wanted, in that order, not too near to one another.

    What is wanted outside leaves half-way to that corner, or beyond those that go straight down.
    """
    order = sorted(wanted, key=lambda port: wanted[port])
    room = [SIGN if "sign" in (one[:4], other[:4]) else LINE for one, other in pairwise(order)]
    ends = _near([wanted[port] for port in order], room, low, high, middle)
    if sum(room) > high - low:
        room = [(high - low) // len(room)] * len(room)
    offsets = [sum(room[:number]) for number in range(len(order))]
    moved = _rising([end - offset for end, offset in zip(ends, offsets, strict=True)])
    last = offsets[-1] if offsets else 0
    return {
        port: max(low, min(x, high - last)) + offset
        for port, x, offset in zip(order, moved, offsets, strict=True)
    }


def _near(wanted: Sequence[int], room: Sequence[int], low: int, high: int, middle: int) -> list[int]:
    half = (high - low) // 4
    ends = list(wanted)
    inside = [number for number, x in enumerate(wanted) if low <= x <= high]
    first = inside[0] if inside else sum(x < low for x in wanted)
    left, right = middle - half, middle + half
    if inside:
        left = min(left, ends[first] - room[first - 1]) if first else left
        right = max(right, ends[inside[-1]] + room[inside[-1]]) if inside[-1] < len(room) else right
    for number in range(first):
        ends[number] = left - sum(room[number : first - 1])
    after = inside[-1] + 1 if inside else first
    for number in range(after, len(ends)):
        ends[number] = right + sum(room[after:number])
    return ends


def _rising(wanted: Sequence[int]) -> list[int]:
    """The nearest values that never fall: neighbours that would are put in their common middle."""
    pools: list[tuple[int, int]] = []
    for value in wanted:
        total, count = value, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            before, many = pools.pop()
            total, count = total + before, count + many
        pools.append((total, count))
    return [total // count for total, count in pools for _ in range(count)]


def _come(slot: Slot, item: Item, chains: Sequence[Chain], found: Ports) -> int:
    """Straight below what comes from above, if that is above it; else the middle."""
    if item.pointed:
        return slot.x
    ends = [c.slots[-2].x if len(c.slots) > 2 else found.out[c.line.key] for c in chains]
    low, high = _edge(slot, item, CORNER)
    if len(ends) > 1:
        quarter = (high - low) // 4
        low, high = slot.x - quarter, slot.x + quarter
    return min((x for x in ends if low <= x <= high), key=lambda x: (abs(x - slot.x), x), default=slot.x)
