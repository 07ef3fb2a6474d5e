"""Rounds: every page a few times, then all of them again, so that a noisy minute hits them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.rig import cpu

Processes = Callable[[], Iterable[int]]


@dataclass
class Turn:
    """What is measured: ``do`` is done ``times`` times a round; seconds of one time, for each round.

    ``web`` and ``database`` name the processes whose time is its time.
    """

    name: str
    do: Callable[[], object]
    web: Processes
    database: Processes = tuple
    times: int = 10
    web_seconds: list[float] = field(default_factory=list)
    database_seconds: list[float] = field(default_factory=list)
    wall_seconds: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        """Processor time of one time, web and database together, round by round."""
        return [web + data for web, data in zip(self.web_seconds, self.database_seconds, strict=True)]

    def forget(self) -> None:
        """Throw away what was measured: it was for warming up."""
        for seconds in (self.web_seconds, self.database_seconds, self.wall_seconds):
            seconds.clear()

    def take(self) -> None:
        """One round of it."""
        web, database = list(self.web()), list(self.database())
        before = cpu.used(web), cpu.used(database), time.perf_counter()
        for _ in range(self.times):
            self.do()
        after = cpu.used(web), cpu.used(database), time.perf_counter()
        spent = [(end - begin) / self.times for begin, end in zip(before, after, strict=True)]
        self.web_seconds.append(spent[0])
        self.database_seconds.append(spent[1])
        self.wall_seconds.append(spent[2])


def take(turns: Sequence[Turn], rounds: int) -> None:
    """So many rounds; each begins with another turn, so that none always follows the same one."""
    for number in range(rounds):
        first = number % len(turns)
        for turn in [*turns[first:], *turns[:first]]:
            turn.take()


def ratio(turn: Turn, unit: Turn) -> float:
    """How many times the unit it costs: the median of the rounds, each against the unit of its own round."""
    return median(one / other for one, other in zip(turn.seconds, unit.seconds, strict=True))


def milliseconds(seconds: Sequence[float]) -> float:
    """The median round in milliseconds."""
    return median(seconds) * 1000
