"""Whether a process with gateways comes to its end 走向检查: its moves are tried without data, each body by itself."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan.workflow.bpmn import circles
from yizhan.workflow.bpmn.moves import Marking, Moves
from yizhan.workflow.bpmn.trying import Seen, tried
from yizhan.workflow.bpmn.unsound import MOST_TOLD, Unsound, title, way_through
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.words import Words

__all__ = ["MOST_STATES", "Unsound", "unsound"]

MOST_STATES = 20_000


def unsound(graph: Graph, most: int = MOST_STATES) -> list[Unsound]:
    """Every way in which a process goes wrong, with how it comes about.

    Args:
        graph: the process.
        most: how many situations are tried in each body.
    """
    found: list[Unsound] = []
    for within in dict.fromkeys(node.within for node in graph.nodes.values()):
        moves = Moves(graph, within)
        found += circles.restless(graph, moves)
        found += circles.of_time(graph, moves)
        seen = tried(moves, most)
        found += _told(graph, moves, seen)
    return found


def _told(graph: Graph, moves: Moves, seen: Seen) -> Iterator[Unsound]:
    for node, (marking, left) in list(seen.met.items())[:MOST_TOLD]:
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
                lacks = "、".join(title(graph, one).zh for one in missing)
                lacking = ", ".join(title(graph, one).en for one in missing)
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


def _never(graph: Graph, moves: Moves, seen: Seen) -> Iterator[Unsound]:
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


def _traps(graph: Graph, seen: Seen) -> Iterator[Unsound]:
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


def _path(graph: Graph, seen: Seen, marking: Marking, *more: str) -> Words:
    """How a marking is come to: the nodes left on the shortest way to it."""
    left: list[str] = []
    step = seen.before.get(marking)
    while step is not None:
        left.append(step[1])
        step = seen.before.get(step[0])
    return way_through(graph, [*left[::-1], *more])
