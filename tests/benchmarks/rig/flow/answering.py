"""The protocol of an engine's process 对照进程协议: a line asks for so many cases, a line tells what they took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def answer(engine: Callable[[int, int], int], **more: Callable[[], object]) -> None:
    """Answer lines ``DEPARTMENTS CASES`` until there are no more.

    Args:
        engine: walks so many cases with so many departments from start to end; the number of steps.
        more: other questions, by word.
    """
    sys.stdout.write(json.dumps(["cases", *more]) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        word, *rest = line.split()
        if word in more:
            told = more[word]()
        else:
            departments, cases = int(word), int(rest[0])
            wall, cpu = time.perf_counter(), time.process_time()
            steps = engine(departments, cases)
            told = [time.perf_counter() - wall, time.process_time() - cpu, steps]
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
