"""Circles of a process that never end 死循环: nothing rests in them, or a time that is over passes again at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from yizhan.workflow.bpmn.moves import Moves
from yizhan.workflow.bpmn.unsound import Unsound, way_through
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.haste import lasts_nothing, may_be_over, reached
from yizhan.workflow.words import Words


def restless(graph: Graph, moves: Moves) -> Iterator[Unsound]:
    """Circles in which nothing rests: the process would never stop."""
    alone = {key for key in moves.keys if not moves.rests(key)}
    steps = {key: [one.target for one in graph.arrows_from(key) if one.target in alone] for key in alone}
    told: set[str] = set()
    for key in moves.keys:
        if key in alone and key not in told:
            circle = _way_back(key, steps)
            if circle:
                told |= set(circle)
                how = way_through(graph, [*circle, key])
                yield Unsound(
                    key,
                    Words(
                        zh=f"循环里没有人工或等待环节，永远停不下来（{how.zh}）",
                        en=f"nothing rests in this circle; it never ends ({how.en})",
                    ),
                )


def of_time(graph: Graph, moves: Moves) -> Iterator[Unsound]:
    """Timers that may be over as soon as they are set, and lead back, at once, to where they are."""
    hasty = {key: [way for way in graph.arrows_from(key) if _is_hasty(graph, way)] for key in moves.keys}
    at_once = {
        key: {way.target for way in (hasty[key] if moves.rests(key) else graph.arrows_from(key))}
        for key in moves.keys
    }
    for key, ways in hasty.items():
        if any(key in reached([way.target], at_once) for way in ways):
            yield Unsound(
                key,
                Words(
                    zh="时间一到又回到这里；时间已过时会立刻再次触发，永远停不下来",
                    en="a time leads back here; once it is over it passes again and again, for ever",
                ),
            )


def _is_hasty(graph: Graph, way: Arrow) -> bool:
    boundary = graph.boundaries(way.source).get(way.by) if way.via is Via.BOUNDARY else None
    if boundary is None or boundary.kind != "timer" or boundary.delay is None:
        return False
    limit, moment = boundary.delay.limit, boundary.delay.moment
    if limit is not None:
        return lasts_nothing({limit.unit: limit.amount})
    return moment is not None and may_be_over(moment)


def _way_back(key: str, steps: Mapping[str, list[str]]) -> list[str]:
    """The shortest circle through a node; empty if there is none."""
    before: dict[str, str] = {}
    waiting = deque([key])
    while waiting:
        here = waiting.popleft()
        for target in steps[here]:
            if target == key:
                circle = [here]
                while circle[-1] != key:
                    circle.append(before[circle[-1]])
                return circle[::-1]
            if target not in before:
                before[target] = here
                waiting.append(target)
    return []
