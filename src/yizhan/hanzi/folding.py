"""One form for one text: width, case and variant marks are folded away, characters are kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
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
# Texts copied from PDF files have radicals where characters were; NFKC knows only the older ones (⼀).
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
_SELECTS_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CHARACTERS = 16_384  # remembered; a district's names and addresses need a few thousand


class Run(NamedTuple):
    """A stretch of one nature: Han characters, or one word of letters and digits."""

    text: str
    han: bool


def fold(text: str) -> str:
    """One form for one text: NFKC (full-width, ①, Ⅲ, compatibility characters), lower case.

    Variation selectors are dropped: they choose a shape of a character, not another character.
    """
    return _SELECTS_VARIANT.sub("", unicodedata.normalize("NFKC", text).translate(_RADICALS).lower())


@lru_cache(maxsize=_CHARACTERS)
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


@lru_cache(maxsize=_CHARACTERS)
def _kind(char: str) -> bool | None:
    """True for Han, False for a letter or digit, None for what separates."""
    if not char:
        return None
    if is_han(char):
        return True
    return False if char.isalnum() or unicodedata.category(char) == "Mn" else None
