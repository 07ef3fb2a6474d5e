"""Which box stands below which 分层: of each circle one line leads back; layers by longest path, drawn together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yizhan.workflow.pictures.plan import Line
from yizhan.workflow.processes.haste import reached

ROUNDS = 8


def backward(keys: Sequence[str], lines: Sequence[Line], rank: Mapping[str, int | None]) -> frozenset[str]:
    """The lines that lead back: from what is farther on, else to a box through which one came.

    Args:
        keys: of all boxes.
        lines: in the order in which they are tried.
        rank: how far on each box is.
    """
    back = _from_farther_on(keys, lines, rank)
    ways: dict[str, list[Line]] = {key: [] for key in keys}
    for line in lines:
        if line.key not in back:
            ways[line.source].append(line)
    begun: set[str] = set()
    done: set[str] = set()
    for first in _first(keys, lines):
        if first in begun:
            continue
        begun.add(first)
        walk = [(first, iter(ways[first]))]
        while walk:
            here, left = walk[-1]
            for line in left:
                if line.target not in begun:
                    begun.add(line.target)
                    walk.append((line.target, iter(ways[line.target])))
                    break
                if line.target not in done:
                    back.add(line.key)
            else:
                done.add(here)
                walk.pop()
    return frozenset(back)


def _from_farther_on(keys: Sequence[str], lines: Sequence[Line], rank: Mapping[str, int | None]) -> set[str]:
    """The lines of circles that lead to a lower rank."""
    steps: dict[str, set[str]] = {key: set() for key in keys}
    for line in lines:
        steps[line.source].add(line.target)
    falling = [line for line in lines if _falls(rank[line.source], rank[line.target])]
    onward = {target: reached([target], steps) for target in {line.target for line in falling}}
    return {line.key for line in falling if line.source in onward[line.target]}


def _falls(source: int | None, target: int | None) -> bool:
    return source is not None and target is not None and target < source


def _first(keys: Sequence[str], lines: Sequence[Line]) -> list[str]:
    """Where one begins: at boxes to which nothing leads, then at the first of the rest."""
    reached = {line.target for line in lines if line.source != line.target}
    return [key for key in keys if key not in reached] + list(keys)


def layered(keys: Sequence[str], lines: Sequence[Line], back: frozenset[str]) -> dict[str, int]:
    """The layer of each box; lines but those ``back`` lead to later layers, and are as short as can be."""
    into: dict[str, list[str]] = {key: [] for key in keys}
    out: dict[str, list[str]] = {key: [] for key in keys}
    for line in lines:
        if line.source != line.target:
            one, other = (line.target, line.source) if line.key in back else (line.source, line.target)
            out[one].append(other)
            into[other].append(one)
    layer: dict[str, int] = {}
    for key in _sorted(keys, into, out):
        layer[key] = max((layer[one] + 1 for one in into[key]), default=0)
    for _round in range(ROUNDS):
        if not _drawn_together(layer, into, out):
            break
    lowest = min(layer.values(), default=0)
    return {key: number - lowest for key, number in layer.items()}


def _sorted(keys: Sequence[str], into: Mapping[str, list[str]], out: Mapping[str, list[str]]) -> list[str]:
    """The boxes so that lines lead to later ones."""
    open_ = {key: len(into[key]) for key in keys}
    found = [key for key in keys if not open_[key]]
    for key in found:
        for other in out[key]:
            open_[other] -= 1
            if not open_[other]:
                found.append(other)
    return found


def _drawn_together(
    layer: dict[str, int], into: Mapping[str, list[str]], out: Mapping[str, list[str]]
) -> bool:
    """Move boxes to where more of their lines lead, as far as that is free; whether any was moved."""
    moved = False
    for key in sorted(layer, key=lambda one: -layer[one]):
        if len(out[key]) > len(into[key]):
            latest = min(layer[other] for other in out[key]) - 1
            moved |= latest > layer[key]
            layer[key] = max(layer[key], latest)
    for key in sorted(layer, key=layer.__getitem__):
        if len(into[key]) > len(out[key]):
            earliest = max(layer[one] for one in into[key]) + 1
            moved |= earliest < layer[key]
            layer[key] = min(layer[key], earliest)
    return moved
