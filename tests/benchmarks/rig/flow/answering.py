"""The protocol of an engine's process 对照进程协议: a line asks for so many cases, a line tells what they took.

The standard library alone: an engine may live in an environment of its own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

Walk = Callable[[int], Iterator[str]]
"""Walks one case with so many departments from its start to its end; after each committed step it tells its name."""


def answer(walk: Walk, **more: Callable[[], object]) -> None:
    """Answer lines until there are no more.

    ``DEPARTMENTS CASES`` walks so many cases and tells seconds by the wall, of this processor, and how many steps;
    ``step DEPARTMENTS`` walks one case and tells each step's name, going on when a line comes in; any other line is
    the word of a question.
    """
    say([*more])
    for line in sys.stdin:
        word, *rest = line.split()
        if word in more:
            say(more[word]())
        elif word == "step":
            for name in walk(int(rest[0])):
                say(name)
                sys.stdin.readline()
            say(None)
        else:
            say(_took(walk, int(word), int(rest[0])))


def say(told: object) -> None:
    """A line out."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _took(walk: Walk, departments: int, cases: int) -> list[float]:
    wall, cpu, steps = time.perf_counter(), time.process_time(), 0
    for _ in range(cases):
        for _step in walk(departments):
            steps += 1
    return [time.perf_counter() - wall, time.process_time() - cpu, steps]
