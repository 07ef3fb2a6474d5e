"""Whether a process with gateways comes to its end 走向检查: its moves are tried without data, all choices free.

Each body is tried by itself. A case that stands somewhere is a set of places; what needs nobody else goes first, so
that branches side by side cost no more than they must.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from yizhan.workflow.bpmn.moves import Marking, Moves, Step
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.haste import lasts_nothing, may_be_over, reached
from yizhan.workflow.words import Words

MOST_STATES = 20_000
_MOST_MOVES = 10  # for each of these situations
_MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Unsound:
    """One way in which a process goes wrong, at a node.

    Attributes:
        complete: false where not everything could be tried.
    """

    node: str
    words: Words
    complete: bool = True


@dataclass
class _Seen:
    """What trying one body has shown.

    Attributes:
        before: from which marking a marking was come to first, and by leaving which node.
        stuck: markings from which nothing goes on.
        met: nodes come to by a second token while one is there, with the marking before.
    """

    before: dict[Marking, tuple[Marking, str] | None] = field(default_factory=dict)
    after: dict[Marking, list[Marking]] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    stuck: list[Marking] = field(default_factory=list)
    met: dict[str, tuple[Marking, str]] = field(default_factory=dict)
    complete: bool = True


def unsound(graph: Graph, most: int = MOST_STATES) -> list[Unsound]:
    """Every way in which a process goes wrong, with how it comes about.

    Args:
        graph: the process.
        most: how many situations are tried in each body.
    """
    found: list[Unsound] = []
    for within in dict.fromkeys(node.within for node in graph.nodes.values()):
        moves = Moves(graph, within)
        found += _circles(graph, moves)
        found += _circles_of_time(graph, moves)
        seen = _tried(moves, most)
        found += _told(graph, moves, seen)
    return found


def _tried(moves: Moves, most: int) -> _Seen:
    seen = _Seen()
    waiting: deque[Marking] = deque()
    for first in moves.starts():
        seen.reached |= moves.nodes_of(first)
        if first not in seen.before:
            seen.before[first] = None
            waiting.append(first)
    left = most * _MOST_MOVES
    while waiting and seen.complete:
        here = waiting.popleft()
        following = list(islice(moves.following(here), left + 1))
        left -= len(following)
        if not following and here:
            seen.stuck.append(here)
        waiting += _followed(seen, here, following)
        seen.complete = left >= 0 and len(seen.before) <= most
    return seen


def _followed(seen: _Seen, here: Marking, following: list[Step]) -> Iterator[Marking]:
    """Keep what the moves of one situation lead to; those that are new."""
    seen.after[here] = []
    for step in following:
        seen.reached |= step.came_to
        for node in step.twice:
            seen.met.setdefault(node, (here, step.left))
        if step.twice:
            continue  # what comes of it follows from this
        seen.after[here].append(step.marking)
        if step.marking not in seen.before:
            seen.before[step.marking] = (here, step.left)
            yield step.marking


def _told(graph: Graph, moves: Moves, seen: _Seen) -> Iterator[Unsound]:
    for node, (marking, left) in list(seen.met.items())[:_MOST_TOLD]:
        how = _path(graph, seen, marking, left, node)
        yield Unsound(
            node,
            Words(
                zh=f"两路会先后来到这里，缺少汇聚（{how.zh}）",
                en=f"two ways come here one after the other; they never meet before ({how.en})",
            ),
        )
    told: set[str] = set()
    for marking in seen.stuck:
        for node, missing in moves.waited_for(marking):
            if node not in told:
                told.add(node)
                how = _path(graph, seen, marking)
                lacks = "、".join(_title(graph, one).zh for one in missing)
                lacking = ", ".join(_title(graph, one).en for one in missing)
                yield Unsound(
                    node,
                    Words(
                        zh=f"汇聚等不齐：一直等“{lacks}”那一路（{how.zh}）",
                        en=f"it waits for ever for the way from “{lacking}” ({how.en})",
                    ),
                )
    if not seen.complete:
        yield _bound(graph, moves, len(seen.after))
    elif not seen.met:
        yield from _never(graph, moves, seen)
        if not seen.stuck:
            yield from _traps(graph, seen)


def _bound(graph: Graph, moves: Moves, count: int) -> Unsound:
    words = Words(
        zh=f"走法太多，只查了前 {count} 种处境，其余没有查",
        en=f"there are too many ways: {count} situations were tried, the rest was not",
    )
    return Unsound(moves.within or next(iter(graph.nodes)), words, complete=False)


def _never(graph: Graph, moves: Moves, seen: _Seen) -> Iterator[Unsound]:
    for key in moves.keys:
        if key not in seen.reached:
            node = graph.nodes[key]
            if isinstance(node, n.End):
                yield Unsound(
                    key,
                    Words(
                        zh="无论怎样办理都走不到这个结束", en="no way through the process comes to this end"
                    ),
                )
            else:
                yield Unsound(
                    key, Words(zh="无论怎样办理都走不到这里", en="no way through the process comes here")
                )


def _traps(graph: Graph, seen: _Seen) -> Iterator[Unsound]:
    """Situations from which the end cannot be come to, though something always goes on."""
    back: dict[Marking, list[Marking]] = {}
    for source, targets in seen.after.items():
        for target in targets:
            back.setdefault(target, []).append(source)
    done: Marking = ()
    finishing: dict[Marking, None] = {done: None} if done in seen.before else {}
    waiting = list(finishing)
    while waiting:
        for before in back.get(waiting.pop(), []):
            if before not in finishing:
                finishing[before] = None
                waiting.append(before)
    lost = next((marking for marking in seen.before if marking not in finishing), None)
    if lost is not None:
        how = _path(graph, seen, lost)
        words = Words(
            zh=f"从这里再也走不到结束（{how.zh}）", en=f"from here no end can be reached ({how.en})"
        )
        yield Unsound(lost[0].node, words)


def _circles(graph: Graph, moves: Moves) -> Iterator[Unsound]:
    """Circles in which nothing rests: the process would never stop."""
    alone = {key for key in moves.keys if not moves.rests(key)}
    steps = {key: [one.target for one in graph.arrows_from(key) if one.target in alone] for key in alone}
    told: set[str] = set()
    for key in moves.keys:
        if key in alone and key not in told:
            circle = _way_back(key, steps)
            if circle:
                told |= set(circle)
                how = _joined(graph, [*circle, key])
                yield Unsound(
                    key,
                    Words(
                        zh=f"循环里没有人工或等待环节，永远停不下来（{how.zh}）",
                        en=f"nothing rests in this circle; it never ends ({how.en})",
                    ),
                )


def _circles_of_time(graph: Graph, moves: Moves) -> Iterator[Unsound]:
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


def _path(graph: Graph, seen: _Seen, marking: Marking, *more: str) -> Words:
    """How a marking is come to: the nodes left on the shortest way to it."""
    left: list[str] = []
    step = seen.before.get(marking)
    while step is not None:
        left.append(step[1])
        step = seen.before.get(step[0])
    return _joined(graph, [*left[::-1], *more])


def _joined(graph: Graph, keys: list[str]) -> Words:
    titles = [_title(graph, key) for key in dict.fromkeys(keys[:1] + keys[1:])] or [
        Words(zh="开始", en="start")
    ]
    if len(keys) > 1 and keys[0] == keys[-1]:
        titles.append(_title(graph, keys[0]))
    if len(titles) > _MOST_TOLD:
        titles = [*titles[:3], Words(zh="……", en="…"), *titles[-6:]]
    return Words(zh=" → ".join(one.zh for one in titles), en=" → ".join(one.en for one in titles))


def _title(graph: Graph, key: str) -> Words:
    title = graph.nodes[key].title
    return Words(zh=title.zh, en=title.en)
