"""Who kills 强制结束: which process, by a seeded random; how long until the product works again."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from random import Random

import psycopg

from tests.product import Product
from tests.proofs.rig.crash.acknowledged import Book, now

TARGETS = ("database", "backend", "web", "web process", "worker")
"""The database's main process; one that serves a connection; the web server; one of its processes; the worker."""

_PATIENCE = 120.0
_WORKS = """
    select pid from pg_stat_activity where datname = 'yizhan' and application_name in ('yizhan web', 'yizhan worker')
    order by pid
"""
_WORKER_IS_BACK = """
    select count(*) > 0 from pg_stat_activity where application_name = 'yizhan worker' and backend_start > %s
"""


@dataclass(frozen=True)
class Kill:
    """One kill -9: what, after how many answered steps, and the seconds until the product worked again."""

    what: str
    steps: int
    recovery: float


def order(kills: int, seed: int) -> list[str]:
    """What is killed, one after the other: each target as often as the others, in a random order."""
    random = Random(f"{seed}/targets")
    whole = [
        target for _ in range(-(-kills // len(TARGETS))) for target in random.sample(TARGETS, len(TARGETS))
    ]
    return whole[:kills]


class Killer:
    """Kills one after the other, each only when the product works again."""

    def __init__(self, product: Product, book: Book, seed: int) -> None:
        self._product, self._book = product, book
        self._random = Random(f"{seed}/kills")

    def kill(self, what: str) -> Kill:
        """Let the load run a moment, kill, wait.

        Raises:
            AssertionError: the product does not work again.
        """
        time.sleep(self._random.uniform(1.0, 4.0))
        (clock,) = self._product.rows("select clock_timestamp()")[0]
        standing = set(self._product.pids("web"))
        pid = self._victim(what)
        steps, at = len(self._book.steps), now()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        while not self._works_again(what, pid, at, clock, len(standing)):
            assert now() - at < _PATIENCE, f"the product does not work again after {what} was killed"
            time.sleep(0.05)
        return Kill(what, steps, now() - at)

    def _victim(self, what: str) -> int:
        if what == "backend":
            return int(self._random.choice(self._product.rows(_WORKS))[0])
        main, *others = self._product.pids(what.removesuffix(" process"))
        return self._random.choice(others) if what == "web process" else main

    def _works_again(self, what: str, pid: int, at: float, clock: object, web: int) -> bool:
        """What was killed is there anew, and somebody's step that began afterwards has been answered."""
        part = {"backend": "database", "web process": "web"}.get(what, what)
        there = self._product.pids(part)
        if not there or pid in there or len(self._product.pids("web")) < web:
            return False
        if self._book.first_since(at) is None:
            return False
        if what != "worker":
            return True
        with suppress(psycopg.Error):
            return bool(self._product.rows(_WORKER_IS_BACK, clock)[0][0])
        return False
