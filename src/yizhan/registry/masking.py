"""How values look to those who may know that they exist, and no more 脱敏 (after GB/T 35273)."""

from __future__ import annotations

from datetime import date
from typing import Any


def name(value: Any) -> str:
    """陈小妹 → 陈＊＊: a star as wide as a character."""
    text = str(value)
    return text[:1] + "＊" * max(len(text) - 1, 1)


def number(value: Any) -> str:
    """The first six and the last four: 440199********0017; a short number keeps only its last two."""
    text = str(value)
    if len(text) < 15:
        return "*" * max(len(text) - 2, 1) + text[-2:]
    return text[:6] + "*" * (len(text) - 10) + text[-4:]


def phone(value: Any) -> str:
    """13812345678 → 138****5678; a short number keeps only its last two digits."""
    text = str(value)
    return text[:3] + "****" + text[-4:] if len(text) >= 11 else number(text)


def address(value: Any) -> str:
    """The beginning only: 榕荫街… → 榕荫街****."""
    return str(value)[:3] + "****"


def day(value: date) -> str:
    """The year only: 1941-**-**."""
    return f"{value.year}-**-**"


def hidden(_value: Any) -> str:
    """Nothing of it."""
    return "****"
