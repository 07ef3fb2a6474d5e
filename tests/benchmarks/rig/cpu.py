"""Processor time of processes, from the kernel's own accounting: other programs on the machine do not count."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TICK = 1 / os.sysconf("SC_CLK_TCK")


def used(pids: Iterable[int]) -> float:
    """Seconds of processor time that these processes have used since they began; gone ones count nothing."""
    return sum(map(_of, pids))


def _of(pid: int) -> float:
    try:
        exact = _by_the_nanosecond(pid)
        return exact if exact else _by_the_tick(pid)
    except OSError:
        return 0.0


def _by_the_nanosecond(pid: int) -> float:
    """What the scheduler has counted for every thread; zero where the kernel does not tell."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def _by_the_tick(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * _TICK
