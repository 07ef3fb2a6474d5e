"""What is wrong with a pack: file, place, words, suggestion. Many at once, never a stack trace."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Weight(StrEnum):
    """How much a fault weighs: an error forbids publishing, a warning is counted and shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fault:
    """One fault, at its place."""

    file: str
    path: str
    message: str
    suggestion: str = ""
    weight: Weight = Weight.ERROR
    line: int | None = None

    def __str__(self) -> str:
        """One line for a terminal: where, what, and what to do."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        place = f" {self.path}" if self.path else ""
        advice = f" → {self.suggestion}" if self.suggestion else ""
        return f"{where}{place}: {self.message}{advice}"


class PackRefused(Exception):
    """A pack has errors and was not published; nothing was changed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion for a mistyped word, or an empty text."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return _("是否应为 %(word)s？") % {"word": close[0]}
    if names and len(names) <= 12:
        return _("可用：%(words)s") % {"words": ", ".join(names)}
    return ""
