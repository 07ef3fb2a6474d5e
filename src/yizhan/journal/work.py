"""What a worker does: rounds that rooms announce, each in transactions of its own.

Rooms above add what every transaction needs first (such as opening the scope of row-level security)
with :func:`in_every_transaction`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

log = logging.getLogger("yizhan.worker")

Round = Callable[[], int]
rounds: dict[str, Round] = {}
_openings: list[Callable[[], None]] = []
_stop: ContextVar[threading.Event | None] = ContextVar("told to stop", default=None)


def round(name: str) -> Callable[[Round], Round]:
    """Announce a round: a function that does one batch of waiting work and says how much it did.

    Raises:
        ValueError: another round bears that name.
    """

    def register(function: Round) -> Round:
        if name in rounds:
            raise ValueError(f"two rounds are called {name}")
        rounds[name] = function
        return function

    return register


@contextmanager
def until(stop: threading.Event) -> Iterator[None]:
    """Within the block, rounds learn of ``stop`` by :func:`stopping`."""
    token = _stop.set(stop)
    try:
        yield
    finally:
        _stop.reset(token)


def stopping() -> bool:
    """Whether the worker was told to stop: a round asks between two items and leaves the rest for the next start."""
    stop = _stop.get()
    return stop is not None and stop.is_set()


def in_every_transaction(opening: Callable[[], None]) -> Callable[[], None]:
    """Have a function run at the start of every transaction of a worker."""
    _openings.append(opening)
    return opening


@contextmanager
def one_transaction() -> Iterator[None]:
    """A worker's transaction, opened with all that the rooms need."""
    with transaction.atomic():
        for opening in _openings:
            opening()
        yield
