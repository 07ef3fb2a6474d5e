"""The order within rows 行内次序: by where neighbours stand, forth and back; the order with fewest crossings is kept."""

from __future__ import annotations

from bisect import bisect_right, insort

from yizhan.workflow.pictures.grid import Grid, Slot
from yizhan.workflow.pictures.plan import Patience

SWEEPS = 10
EXCHANGES = 4


def untangle(grid: Grid, patience: Patience) -> None:
    """Order the rows of a grid so that few lines cross."""
    order = _Order(grid, patience)
    order.beside()
    best, kept = order.crossings(), [list(row) for row in grid.rows]
    for sweep in range(SWEEPS):
        if not best:
            break
        order.sweep(down=sweep % 2 == 0, rightmost=sweep % 4 >= 2)
        found = order.crossings()
        if found < best:
            best, kept = found, [list(row) for row in grid.rows]
    grid.rows[:] = kept
    order.number()
    order.aside()
    for _round in range(EXCHANGES):
        if not order.exchange():
            break


class _Order:
    """The rows as they stand now; ``at`` is the place of each slot in its row."""

    def __init__(self, grid: Grid, patience: Patience) -> None:
        self.grid, self.patience = grid, patience
        self.above: dict[int, list[Slot]] = {}
        self.below: dict[int, list[Slot]] = {}
        for upper, lower in grid.links:
            self.below.setdefault(upper.number, []).append(lower)
            self.above.setdefault(lower.number, []).append(upper)
        self.host: dict[int, Slot] = {bend.number: box for box, bend in grid.turns}
        self.turning: list[list[tuple[Slot, Slot, bool]]] = [[] for _ in grid.rows]
        for chain in grid.chains:
            if chain.back:
                source, first, *_between = chain.slots
                *_between, last, target = chain.slots
                self.turning[source.row].append((source, first, True))
                self.turning[target.row].append((target, last, False))
        self.at: dict[int, int] = {}
        self.number()

    def number(self) -> None:
        """Note where each slot stands."""
        for row in self.grid.rows:
            self.at.update((slot.number, place) for place, slot in enumerate(row))

    def beside(self) -> None:
        """Begin with lines that lead back on the right of their boxes."""
        for row in self.grid.rows:
            row.sort(key=lambda slot: (slot.item is None, self.at[slot.number]))
        self.number()

    def sweep(self, *, down: bool, rightmost: bool) -> None:
        """Order each row by the middle of its neighbours in the row before."""
        near = self.above if down else self.below
        for row in self.grid.rows if down else self.grid.rows[::-1]:
            middle = {slot.number: self._middle(slot, near.get(slot.number, [])) for slot in row}
            for slot in row:
                host = self.host.get(slot.number)
                if host is not None and not near.get(slot.number):
                    after = self.at[slot.number] > self.at[host.number]
                    middle[slot.number] = middle[host.number] + (0.3 if after else -0.3)
            places = range(len(row) - 1, -1, -1) if rightmost else range(len(row))
            tie = {slot.number: place for place, slot in zip(places, row, strict=True)}
            if rightmost:
                row.sort(key=lambda slot: tie[slot.number])
            row.sort(key=lambda slot: middle[slot.number])
            self.at.update((slot.number, place) for place, slot in enumerate(row))

    def _middle(self, slot: Slot, near: list[Slot]) -> float:
        if not near:
            return float(self.at[slot.number])
        return sum(self.at[other.number] for other in near) / len(near)

    def crossings(self) -> int:
        """How many lines cross; one that passes both rows counts twice, since it should run straight."""
        return sum(self._below(row) + self._turned(row) for row in range(len(self.grid.rows)))

    def _below(self, row: int) -> int:
        """Crossings between a row and the next."""
        links = [
            (self.at[slot.number], self.at[lower.number], slot.item is None and lower.item is None)
            for slot in self.grid.rows[row]
            for lower in self.below.get(slot.number, ())
        ]
        links.sort()
        seen: list[int] = []
        long: list[int] = []
        count = 0
        for _upper, lower, passes in links:
            crossed = len(seen) - bisect_right(seen, lower) + len(long) - bisect_right(long, lower)
            count += crossed * (1 + passes)
            insort(seen, lower)
            if passes:
                insort(long, lower)
        return count

    def _turned(self, row: int) -> int:
        count = 0
        for box, bend, under in self.turning[row]:
            low, high = sorted((self.at[box.number], self.at[bend.number]))
            near = self.below if under else self.above
            count += sum(len(near.get(slot.number, ())) for slot in self.grid.rows[row][low + 1 : high])
        return count

    def aside(self) -> None:
        """Move whole lines to the left or right of everything where that takes crossings away."""
        for chain in self.grid.chains:
            if self.patience.effort < 0:
                return
            bends = chain.slots[1:-1]
            rows = sorted({slot.row for slot in bends})
            for leftmost in (True, False) if len(bends) > 1 else ():
                best = self._near(rows)
                if not best:
                    break
                before = {number: list(self.grid.rows[number]) for number in rows}
                for slot in bends:
                    row = self.grid.rows[slot.row]
                    row.remove(slot)
                    row.insert(0 if leftmost else len(row), slot)
                self._number(rows)
                if self._near(rows) >= best:
                    for number, row in before.items():
                        self.grid.rows[number][:] = row
                    self._number(rows)

    def _near(self, rows: list[int]) -> int:
        """The crossings that these rows take part in."""
        between = {number - 1 for number in rows if number} | set(rows)
        self.patience.effort -= sum(len(self.grid.rows[number]) for number in between)
        return sum(map(self._below, sorted(between))) + sum(map(self._turned, rows))

    def _number(self, rows: list[int]) -> None:
        for number in rows:
            self.at.update((slot.number, place) for place, slot in enumerate(self.grid.rows[number]))

    def exchange(self) -> bool:
        """Exchange neighbours where that takes crossings away; whether it did."""
        better = False
        for number, row in enumerate(self.grid.rows):
            for place in range(len(row) - 1):
                before = self._near([number])
                if not before or self.patience.effort < 0:
                    break
                self._swap(row, place)
                if self._near([number]) < before:
                    better = True
                else:
                    self._swap(row, place)
        return better

    def _swap(self, row: list[Slot], place: int) -> None:
        row[place], row[place + 1] = row[place + 1], row[place]
        self.at[row[place].number], self.at[row[place + 1].number] = place, place + 1
