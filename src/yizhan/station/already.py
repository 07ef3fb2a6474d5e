"""What the resident at the window has already 已有办件: why nothing can be taken in, and the case where one may see it."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan.cases.in_the_way import Earlier
from yizhan.cases.refusals import AlreadyThere
from yizhan.ui.addressing import link


@dataclass(frozen=True)
class Already:
    """In words; number and address are empty where the case is not for this clerk to see."""

    words: str
    number: str
    address: str


def already(earlier: Earlier | None) -> Already | None:
    """What an earlier case comes to for a clerk."""
    if earlier is None:
        return None
    address = link("desk:case", earlier.number) if earlier.number else None
    return Already(AlreadyThere(earlier).message, earlier.number, address or "")
