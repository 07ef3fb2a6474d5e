"""Trying one body of a process without data 试走: all situations that its moves come to, all choices free.

A case that stands somewhere is a set of places; what needs nobody else goes first, so that branches side by side cost
no more than they must.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from yizhan.workflow.bpmn.moves import Marking, Moves, Step

_MOST_MOVES = 10  # for each situation that may be tried


@dataclass
class Seen:
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


def tried(moves: Moves, most: int) -> Seen:
    """All that is come to; ``complete`` is false where there are more than ``most`` situations."""
    seen = Seen()
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


def _followed(seen: Seen, here: Marking, following: list[Step]) -> Iterator[Marking]:
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
