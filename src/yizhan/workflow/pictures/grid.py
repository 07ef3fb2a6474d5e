"""Rows of places 网格: boxes, and the places that lines take where they pass a row.

A line leaves a box below and comes to a box from above, always. One that leads back therefore passes the rows
of both its boxes beside them, upwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from yizhan.workflow.pictures.layers import backward, layered
from yizhan.workflow.pictures.plan import Item, Line, Patience, Size


@dataclass(slots=True, eq=False)
class Slot:
    """A place in a row: a box, or where a line passes.

    Attributes:
        item: the box; none where a line passes.
        line: the line that passes.
        left, right: how far it reaches from its axis, where lines run.
        x, y: its axis and its upper edge, once they are known.
    """

    number: int
    row: int
    left: int
    right: int
    height: int
    item: Item | None = None
    line: Line | None = None
    labelled: bool = False
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """The places of a line from its source to its target; ``back``: it leads upwards."""

    line: Line
    slots: tuple[Slot, ...]
    back: bool


@dataclass
class Grid:
    """The rows with what stands in them, and what is linked.

    Attributes:
        rows: the places of each row, from left to right.
        links: places of neighbouring rows that a line joins, upper and lower.
        turns: a box and the place beside it through which a line that leads back passes.
        chains: the lines.
        place: that of each box.
    """

    rows: list[list[Slot]] = field(default_factory=list)
    links: list[tuple[Slot, Slot]] = field(default_factory=list)
    turns: list[tuple[Slot, Slot]] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    place: dict[str, Slot] = field(default_factory=dict)
    count: int = 0

    def next(self) -> int:
        """A number for one more place."""
        self.count += 1
        return self.count


class TooDense(Exception):
    """There are more and longer lines than can be drawn."""


def grid_of(
    items: Sequence[Item], lines: Sequence[Line], sizes: Mapping[str, Size], patience: Patience
) -> Grid:
    """Boxes and lines in rows, in the order in which a case comes to them.

    Raises:
        TooDense: lines pass more rows than the drawing has patience for.
    """
    keys = [item.key for item in items]
    back = backward(keys, lines, {item.key: item.rank for item in items})
    layer = layered(keys, lines, back)
    row_of = _rows(layer, lines, back)
    patience.places -= sum(abs(row_of[line.source] - row_of[line.target]) for line in lines)
    if patience.places < 0:
        raise TooDense
    made = Grid()
    made.rows = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    by_key = {item.key: item for item in items}
    for key in _in_order(keys, lines):
        made.place[key] = _box(made, by_key[key], row_of[key], sizes[key])
    for line in lines:
        _pass(made, line, line.key in back)
    return made


def _in_order(keys: Sequence[str], lines: Sequence[Line]) -> list[str]:
    """As a case comes to them, whatever order the keys have."""
    reached = {line.target for line in lines if line.source != line.target}
    ways: dict[str, list[str]] = {}
    for line in lines:
        ways.setdefault(line.source, []).append(line.target)
    found = dict.fromkeys(key for key in keys if key not in reached)
    waiting = list(found)
    for start in [*waiting, *keys]:
        found.setdefault(start)
        queue = [start]
        for key in queue:
            fresh = [other for other in ways.get(key, ()) if other not in found]
            found.update(dict.fromkeys(fresh))
            queue += dict.fromkeys(fresh)
    return list(found)


def _rows(layer: Mapping[str, int], lines: Sequence[Line], back: frozenset[str]) -> dict[str, int]:
    """The row of each box; below a layer that words leave there is a row for the words."""
    wordy = {layer[line.source] for line in lines if line.label and line.key not in back}
    row, rows = 0, {}
    for number in range(max(layer.values(), default=-1) + 1):
        rows[number] = row
        row += 2 if number in wordy else 1
    return {key: rows[number] for key, number in layer.items()}


def _box(made: Grid, item: Item, row: int, size: Size) -> Slot:
    half = size.w // 2
    slot = Slot(made.next(), row, half, size.w - half + item.beside, size.h, item=item)
    made.rows[row].append(slot)
    return slot


def _pass(made: Grid, line: Line, back: bool) -> None:
    source, target = made.place[line.source], made.place[line.target]
    chain = [source]
    if back:
        chain += [_bend(made, line, row, row == source.row) for row in range(source.row, target.row - 1, -1)]
        made.turns += [(source, chain[1]), (target, chain[-1])]
        made.links += [(upper, lower) for lower, upper in pairwise(chain[1:])]
        chain.append(target)
    else:
        rows = range(source.row + 1, target.row)
        chain += [_bend(made, line, row, row == source.row + 1) for row in rows]
        chain.append(target)
        made.links += pairwise(chain)
    made.chains.append(Chain(line, tuple(chain), back))


def _bend(made: Grid, line: Line, row: int, first: bool) -> Slot:
    label = line.label if first else None
    half = label.w // 2 if label else 0
    slot = Slot(made.next(), row, half, half, label.h if label else 0, line=line, labelled=label is not None)
    made.rows[row].append(slot)
    return slot
