"""The questions that every engine is asked 对照题: tests of one value, and tables of a hundred rules.

Each engine has its own way to write them; the inputs are the same and so must be the answers. Read by processes of
other environments too, so it uses the standard library alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

SEED = 440104
RULES = 100
_random = random.Random(SEED)
_AGES = [_random.randrange(0, 1200) / 10 for _ in range(60)]
_KINDS = [_random.choice(["urban", "rural", "moved", "abroad"]) for _ in range(60)]
_DAYS = [
    f"20{_random.randrange(20, 32)}-{_random.randrange(1, 13):02}-{_random.randrange(1, 29):02}"
    for _ in range(60)
]


@dataclass(frozen=True)
class Question:
    """A test of one value: as FEEL's cell, as zen-engine's, and as an expression of pySFeel around the value."""

    name: str
    feel: str
    zen: str
    sfeel: str
    inputs: list[Any]
    are_days: bool = False


UNARY = [
    Question("range of numbers", "[60..80)", "[60..80)", "{} in [60..80)", _AGES),
    Question(
        "list of texts",
        '"urban", "rural", "moved"',
        '"urban", "rural", "moved"',
        '"{}" in ("urban", "rural", "moved")',
        _KINDS,
    ),
    Question(
        "day",
        '>= date("2026-01-01")',
        'd($) >= d("2026-01-01")',
        'date("{}") >= date("2026-01-01")',
        _DAYS,
        are_days=True,
    ),
]


@dataclass(frozen=True)
class Rule:
    """A rule of the table: three conditions, which FEEL and zen-engine write alike, and a result."""

    when: tuple[str, str, str]
    amount: int


TABLE = [
    Rule(
        (
            f"[{place}..{place + 1})",
            '"urban", "rural"' if place % 2 else '"rural", "moved"',
            f">= {place % 7}",
        ),
        place * 10,
    )
    for place in range(RULES)
]
COLUMNS = ("age", "kind", "years")
CASES = [
    {"age": age, "kind": kind, "years": _random.randrange(0, 12)}
    for age, kind in zip(_AGES, _KINDS, strict=True)
]
