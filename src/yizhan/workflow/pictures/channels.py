"""Between rows 通道: lines run across there, each at a height of its own, so that none lies upon another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from yizhan.workflow.pictures.grid import Chain, Grid
from yizhan.workflow.pictures.ports import Ports

NEAR, APART, UPON = 6, 10, 100
SHIFT, SHIFTS = 7, 6


@dataclass
class Net:
    """What runs across a channel at one height: a line, or several that come together there.

    Attributes:
        upper, lower: where it comes from above, and where it goes on below; with what stands there.
    """

    key: str
    upper: set[tuple[int, str]] = field(default_factory=set)
    lower: set[tuple[int, str]] = field(default_factory=set)
    track: int = 0

    @property
    def low(self) -> int:
        """Its left end."""
        return min(x for x, _what in self.upper | self.lower)

    @property
    def high(self) -> int:
        """Its right end."""
        return max(x for x, _what in self.upper | self.lower)

    @property
    def straight(self) -> bool:
        """Whether it goes straight through."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Hop:
    """How a line passes a channel: from one axis to another."""

    channel: int
    start: int
    end: int
    net: str


def nets_of(grid: Grid, ports: Ports) -> tuple[list[dict[str, Net]], dict[str, list[Hop]]]:
    """The nets of each channel, with their tracks, and the hops of each line.

    The channel of a number lies above the row of that number; the last below the last row.
    """
    for _time in range(SHIFTS):
        channels, hops = _nets(grid, ports)
        upon = [one for channel in channels for one in _tracks(list(channel.values()))]
        moved = [_shift(grid, ports, what) for what in dict.fromkeys(upon)]
        if not any(moved):
            break
    return channels, hops


def _nets(grid: Grid, ports: Ports) -> tuple[list[dict[str, Net]], dict[str, list[Hop]]]:
    channels: list[dict[str, Net]] = [{} for _ in range(len(grid.rows) + 1)]
    hops: dict[str, list[Hop]] = {}
    many = [chain.line.target for chain in grid.chains]
    shared = {target for target in many if many.count(target) > 1}
    for chain in grid.chains:
        hops[chain.line.key] = [
            _hop(channels, chain, place, ports, shared) for place in range(len(chain.slots) - 1)
        ]
    return channels, hops


def _hop(channels: list[dict[str, Net]], chain: Chain, place: int, ports: Ports, shared: set[str]) -> Hop:
    line, one, other = chain.line, chain.slots[place], chain.slots[place + 1]
    first, last = place == 0, place == len(chain.slots) - 2
    item = chain.slots[0].item
    shares = item is not None and (item.pointed or bool(line.sign))
    port = f"out {line.source} {line.sign}" if shares else f"line {line.key}"
    start = (ports.out[line.key], port) if first else (one.x, f"slot {one.number}")
    end = (ports.into[line.target], f"into {line.target}") if last else (other.x, f"slot {other.number}")
    number = one.row if chain.back and not first else other.row + (1 if chain.back else 0)
    key = f"line {line.key}"
    if last and line.target in shared:
        key = f"into {line.target}"
    elif first:
        key = port
    net = channels[number].setdefault(key, Net(key))
    (net.lower if chain.back and not first else net.upper).add(start)
    (net.upper if chain.back and not last else net.lower).add(end)
    return Hop(number, start[0], end[0], key)


def _tracks(nets: Sequence[Net]) -> Iterable[str]:
    """Give each net a track; what stands where one would still lie upon another."""
    across = [net for net in nets if not net.straight]
    order = _ordered(across)
    upon: list[str] = []
    for number, net in enumerate(order):
        meets = [other for other in order[:number] if _meet(other, net)]
        net.track = max((other.track + 1 for other in meets), default=0)
        upon += [what for other in meets for what in _upon(other, net)]
    for net in nets:
        if net.straight:
            upon += [what for other in across for what in [*_upon(net, other), *_upon(other, net)]]
    return upon


def _ordered(nets: Sequence[Net]) -> list[Net]:
    """From above to below, so that few cross and none lies upon another: best first, one by one."""
    gain = {net.key: 0 for net in nets}
    wish: dict[tuple[str, str], int] = {}
    for number, one in enumerate(nets):
        for other in nets[number + 1 :]:
            if _meet(one, other):
                better = _cost(other, one) - _cost(one, other)
                wish[one.key, other.key], wish[other.key, one.key] = better, -better
                gain[one.key] += better
                gain[other.key] -= better
    left, found = list(nets), []
    while left:
        free = [n for n in left if all(wish.get((o.key, n.key), 0) <= 0 for o in left)] or left
        best = max(free, key=lambda net: gain[net.key])
        left.remove(best)
        found.append(best)
        for other in left:
            gain[other.key] -= wish.get((other.key, best.key), 0)
    return found


def _meet(one: Net, other: Net) -> bool:
    return one.low - NEAR < other.high and other.low - NEAR < one.high


def _cost(above: Net, below: Net) -> int:
    """What it costs to run above the other: crossings, and places where they would lie upon one another."""
    crossings = sum(below.low < x < below.high for x, _what in above.lower)
    crossings += sum(above.low < x < above.high for x, _what in below.upper)
    return crossings + UPON * len(_upon(above, below))


def _upon(above: Net, below: Net) -> list[str]:
    """What one goes on to where the other comes from; not where the one comes from nowhere else."""
    comes_back = above.key.startswith("into") and len(above.lower) > 1
    only = set() if comes_back or len(above.upper) > 1 else above.upper
    return [
        what
        for x, what in sorted(above.lower)
        for other_x, other in sorted(below.upper)
        if abs(x - other_x) < NEAR and (other_x, other) not in only
    ]


def _shift(grid: Grid, ports: Ports, what: str) -> bool:
    """Move what stands there a little aside; false where it cannot be moved."""
    kind, key = what.split(" ", 1)
    if kind == "slot":
        slot = next(slot for row in grid.rows for slot in row if slot.number == int(key))
        slot.x += SHIFT
        return True
    item = grid.place[key].item if kind == "into" else None
    if item is None or item.pointed:
        return False
    ports.into[key] += SHIFT
    return True
