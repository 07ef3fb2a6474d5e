"""Why a verb of this room did not do what was asked, in words for the person; nothing was changed."""

from __future__ import annotations


class Refused(Exception):
    """What it is about does not stand where this is possible; the text says why and what to do."""


class Incomplete(Refused):
    """Something that was typed is missing or wrong; ``faults`` are places of the form with their words."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("；".join(words for _place, words in faults))
        self.faults = faults
