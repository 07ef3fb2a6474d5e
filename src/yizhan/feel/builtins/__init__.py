"""The functions of FEEL 内置函数: each is a registered entry, found by its name."""

from yizhan.feel.builtins import (
    contexts,
    dates,
    deciding,
    lists,
    logic,
    numbers,
    patterns,
    positions,
    range_texts,
    ranges,
    statistics,
    strings,
)
from yizhan.feel.builtins.dates import MOMENTS
from yizhan.feel.builtins.registry import FUNCTIONS, Here, built_in_function, call

__all__ = [
    "FUNCTIONS",
    "MOMENTS",
    "Here",
    "built_in_function",
    "call",
    "contexts",
    "dates",
    "deciding",
    "lists",
    "logic",
    "numbers",
    "patterns",
    "positions",
    "range_texts",
    "ranges",
    "statistics",
    "strings",
]
