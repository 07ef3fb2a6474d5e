"""Rounds: one request of every page after another, again and again, as in a district at work.

A page that is asked for a hundred times on end finds the processor's caches full of itself, and the emptier the page
the more it gains; and a noisy minute hits pages alike that take turns within it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.rig import cpu

Processes = Callable[[], Iterable[int]]
_SETTLED = 0.002  # seconds after the last byte in which a server puts its things away


@dataclass
class Turn:
    """What is measured, and in which processes; seconds of one request, the mean of each round."""

    name: str
    do: Callable[[], object]
    web: Processes
    database: Processes = tuple
    web_seconds: list[float] = field(default_factory=list)
    database_seconds: list[float] = field(default_factory=list)
    wall_seconds: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        """Processor time of web and database together, round by round."""
        return [web + data for web, data in zip(self.web_seconds, self.database_seconds, strict=True)]

    def once(self) -> tuple[float, float, float]:
        """Do it once: seconds of the web server, of the database, and on the clock."""
        web, database = list(self.web()), list(self.database())
        before = cpu.used(web), cpu.used(database)
        began = time.perf_counter()
        self.do()
        wall = time.perf_counter() - began
        time.sleep(_SETTLED)
        return cpu.used(web) - before[0], cpu.used(database) - before[1], wall

    def keep(self, spent: list[tuple[float, float, float]]) -> None:
        """Remember the mean of a round."""
        web, database, wall = (sum(part) / len(spent) for part in zip(*spent, strict=True))
        self.web_seconds.append(web)
        self.database_seconds.append(database)
        self.wall_seconds.append(wall)


def take(turns: Sequence[Turn], rounds: int, times: int) -> None:
    """So many rounds, in each of which every turn comes so many times; each time another one begins."""
    for number in range(rounds):
        spent: list[list[tuple[float, float, float]]] = [[] for _ in turns]
        for time_ in range(times):
            for place in range(len(turns)):
                which = (number + time_ + place) % len(turns)
                spent[which].append(turns[which].once())
        for turn, its in zip(turns, spent, strict=True):
            turn.keep(its)


def ratio(turn: Turn, unit: Turn) -> float:
    """How many times the unit it costs: the median of the rounds, each against the unit of its own round."""
    return median(one / other for one, other in zip(turn.seconds, unit.seconds, strict=True))


def milliseconds(seconds: Sequence[float]) -> float:
    """The median round in milliseconds."""
    return median(seconds) * 1000
