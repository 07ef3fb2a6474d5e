"""Who comes, by phone: residents of whom nothing is there yet, and one of the demo who was refused."""

from __future__ import annotations

from yizhan.demo.stories import STORIES

NEW, WAITING, ASKED = "19911120000", "19911120001", "19911120002"
"""Phones of residents who come for the first time, so that nothing that others do changes what they see."""


def _refused() -> str:
    """The phone of a resident of the demo whose case was refused long ago."""
    steps = ("accept", "disagree", "refuse")
    found = next(place for place, story in enumerate(STORIES) if story.doubtful and story.steps == steps)
    return f"1991000{found:04d}"


REFUSED = _refused()
