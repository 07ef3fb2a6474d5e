"""The functions of FEEL 内置函数: each is a registered entry, found by its name."""

from yizhan.feel.builtins import (
    contexts,
    dates,
    lists,
    logic,
    numbers,
    positions,
    range_texts,
    ranges,
    statistics,
    strings,
)
from yizhan.feel.builtins.registry import FUNCTIONS, Here, call

__all__ = [
    "FUNCTIONS",
    "Here",
    "call",
    "contexts",
    "dates",
    "lists",
    "logic",
    "numbers",
    "positions",
    "range_texts",
    "ranges",
    "statistics",
    "strings",
]
