"""What a carrier gets, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """One message on its way out. ``key`` stays the same at every try."""

    key: str
    address: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the carrier said; ``sunk`` where nobody carries and the sink has it."""

    answer: str = ""
    sunk: bool = False
