"""What can be wrong with an expression. Faults speak both languages; the page chooses."""

from __future__ import annotations

import unicodedata

_LONGEST = 120  # characters of a line that are shown


class Fault(Exception):
    """Anything this room raises on purpose.

    Attributes:
        zh: what is wrong and what to do, in Chinese.
        en: the same in English.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en

    def said(self, language: str) -> str:
        """The words in a language such as ``en`` or ``zh-hans``."""
        return self.en if language.startswith("en") else self.zh


class SyntaxFault(Fault):
    """A source text is no FEEL: what was found where.

    Attributes:
        source: the whole text.
        position: index of the first wrong character, from 0.
    """

    def __init__(self, zh: str, en: str, *, source: str, position: int) -> None:
        super().__init__(zh, en)
        self.source, self.position = source, min(position, len(source))

    @property
    def line(self) -> int:
        """Number of the line, from 1."""
        return self.source.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        """Number of the character in its line, from 1."""
        return self.position - (self.source.rfind("\n", 0, self.position) + 1) + 1

    @property
    def caret(self) -> str:
        """The wrong line with a mark under the wrong place, aligned under Chinese characters too.

        Of a long line only what stands around that place.
        """
        text, place = _around(self.source.split("\n")[self.line - 1], self.column - 1)
        before = text[:place]
        return f"{text}\n{''.join('　' if _is_wide(character) else ' ' for character in before)}^"

    def __str__(self) -> str:
        """The Chinese words with the marked line."""
        return f"{self.zh}\n{self.caret}"


class LimitFault(Fault):
    """An evaluation took more steps or grew larger than it may."""


class ValueFault(Fault):
    """A fact handed in is nothing that FEEL knows, such as an open file or not-a-number."""


def _around(text: str, place: int) -> tuple[str, int]:
    """A line and a place in it, both cut to what one reads at a glance."""
    if len(text) <= _LONGEST:
        return text, place
    first = max(min(place - _LONGEST // 2, len(text) - _LONGEST), 0)
    cut = text[first : first + _LONGEST]
    before, after = "…" if first else "", "…" if first + _LONGEST < len(text) else ""
    return f"{before}{cut}{after}", place - first + len(before)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
