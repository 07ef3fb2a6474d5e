"""What each engine's process does 应答: it answers once, then as often as it is told, and says what that took.

A line in is ``NAME TIMES``, a line out is JSON: the answers for ``0`` times, else the seconds of processor time for
one evaluation. The standard library alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Work = tuple[Callable[[Any], Any], Sequence[Any]]
"""What evaluates one input, and the inputs."""


def answer(works: Mapping[str, Work]) -> None:
    """Answer until nobody asks any more."""
    _say(sorted(works))
    for line in sys.stdin:
        name, _, times = line.strip().rpartition(" ")
        evaluate, inputs = works[name]
        told = _took(evaluate, inputs, int(times)) if int(times) else [evaluate(one) for one in inputs]
        _say(told)


def _say(told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _took(evaluate: Callable[[Any], Any], inputs: Sequence[Any], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        for one in inputs:
            evaluate(one)
    return (time.process_time() - began) / times / len(inputs)
