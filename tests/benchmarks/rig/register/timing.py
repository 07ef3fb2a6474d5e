"""What one looker waits for, beside a row read by its key, in transactions that leave nothing."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.rig.register.lookers import Looker

UNIT = "a key read"
_Call = Callable[[], object]


def seconds_of(do: _Call) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


class _Undone(Exception):
    """Ends the transaction without leaving anything."""


@contextmanager
def undone(looker: Looker) -> Iterator[None]:
    """The looker's scope; whatever happens in the block is undone."""
    try:
        with looker.looking():
            yield
            raise _Undone
    except _Undone:
        pass


@dataclass
class Timed:
    """Seconds of each kind, how many found somebody, and the numbers of statements that it took."""

    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def beside(self, looker: Looker, kind: str, pairs: list[tuple[_Call, _Call]]) -> None:
        """Take the time of each second call right after that of its first, a key read."""
        with undone(looker):
            for call in pairs[0]:
                call()  # the session's caches fill
            for _unit, call in (pairs[0], pairs[-1]):
                call()  # a division is named once a day, whoever asks first
                with CaptureQueriesContext(connection) as sent:
                    call()
                self.statements[kind].add(len(sent))
            for pair in pairs:
                for name, call in zip((UNIT, kind), pair, strict=True):
                    began = time.perf_counter()
                    found = call()
                    self.seconds[name].append(time.perf_counter() - began)
                    self.found[name] += bool(found)
