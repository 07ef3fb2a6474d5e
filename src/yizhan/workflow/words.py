"""What this room says by itself, in both languages, since a case keeps the words of its steps."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan import feel
from yizhan.ui.language import in_english


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages. ``str()`` gives the one of the present page."""

    zh: str
    en: str

    def __str__(self) -> str:
        """The sentence in the active language."""
        return self.en if in_english() else self.zh

    @classmethod
    def of(cls, said: feel.Reason | feel.Fault) -> Words:
        """The words of a reason or fault of an expression."""
        return cls(said.zh, said.en)
