"""One form for one text: width, case and variant marks are folded away, characters are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# 〇 and 々 stand among punctuation in Unicode, yet people bear them in names and addresses.
_HAN = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),
    (0xE000, 0xF8FF),  # private use: characters of names in old registers that had no code then
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),  # extensions B and later
    (0xF0000, 0x10FFFD),  # private use
)


class Run(NamedTuple):
    """A stretch of one nature: Han characters, or one word of letters and digits."""

    text: str
    han: bool


def fold(text: str) -> str:
    """One form for one text: NFKC (full-width, ①, Ⅲ, compatibility characters), lower case.

    Variation selectors are dropped: they choose a shape of a character, not another character.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if not _selects_variant(char))


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one, rare and private-use ones of names included."""
    code = ord(char)
    return any(first <= code <= last for first, last in _HAN)


def runs(text: str) -> Iterator[Run]:
    """The stretches of a folded text; what lies between them (spaces, punctuation) is left out."""
    start, kind = 0, None
    folded = fold(text)
    for place, char in enumerate([*folded, ""]):
        now = _kind(char)
        if now != kind:
            if kind is not None:
                yield Run(folded[start:place], kind)
            start, kind = place, now


def _kind(char: str) -> bool | None:
    """True for Han, False for a letter or digit, None for what separates."""
    if not char:
        return None
    if is_han(char):
        return True
    return False if char.isalnum() or unicodedata.category(char) == "Mn" else None


def _selects_variant(char: str) -> bool:
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF
