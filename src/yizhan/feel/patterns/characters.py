"""Sets of characters 字符集: as ranges of numbers, with what ``\\d``, ``\\i`` or ``\\p{Lu}`` stand for."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""First and last numbers of characters, ascending, apart from each other."""
_CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
_STARTS = (
    *(":", "A-Z", "_", "a-z", "\u00c0-\u00d6", "\u00d8-\u00f6", "\u00f8-\u02ff", "\u0370-\u037d"),
    *("\u037f-\u1fff", "\u200c-\u200d", "\u2070-\u218f", "\u2c00-\u2fef", "\u3001-\ud7ff", "\uf900-\ufdcf"),
    *("\ufdf0-\ufffd", "\U00010000-\U000effff"),
)
_BLOCKS = {
    "BasicLatin": (0x0, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "Thai": (0xE00, 0xE7F),
    "Tibetan": (0xF00, 0xFFF),
    "HangulJamo": (0x1100, 0x11FF),
    "Mongolian": (0x1800, 0x18AF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "EnclosedAlphanumerics": (0x2460, 0x24FF),
    "BoxDrawing": (0x2500, 0x257F),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Bopomofo": (0x3100, 0x312F),
    "CJKCompatibility": (0x3300, 0x33FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "YiSyllables": (0xA000, 0xA48F),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "PrivateUse": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}
"""Blocks as XML Schema calls them, those that texts of this house may need."""
_PARTS = ("-", ".", "0-9", "\u00b7", "\u0300-\u036f", "\u203f-\u2040")


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges in any order as a set."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def others(ranges: Ranges) -> Ranges:
    """All characters that are not in a set."""
    edges = [0, *(edge for first, last in ranges for edge in (first - 1, last + 1)), sys.maxunicode]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple((first, last) for first, last in pairs if first <= last)


def without(one: Ranges, other: Ranges) -> Ranges:
    """The characters of a set that are not in another."""
    return others(merged((*others(one), *other)))


def escaped(letter: str) -> Ranges | None:
    """The set of ``\\d`` and its like, by its letter; nothing if there is none."""
    sets = {"s": _spaces, "d": _digits, "w": _words, "i": _name_starts, "c": _name_parts}
    found = sets.get(letter.lower())
    if found is None:
        return None
    return others(found()) if letter.isupper() else found()


@cache
def category(name: str) -> Ranges | None:
    """The set of ``\\p{Lu}`` or ``\\p{IsGreek}``; nothing if there is no such category, or no such block here."""
    if name.startswith("Is"):
        block = _BLOCKS.get(name.removeprefix("Is"))
        return (block,) if block else None
    if not _CATEGORY.fullmatch(name):
        return None
    return merged((first, last) for first, last, known in _runs() if known.startswith(name))


@cache
def _runs() -> tuple[tuple[int, int, str], ...]:
    """Neighbouring characters of one category, with its name; read once."""
    runs: list[tuple[int, int, str]] = []
    first, present = 0, unicodedata.category("\0")
    for number in range(1, sys.maxunicode + 1):
        here = unicodedata.category(chr(number))
        if here != present:
            runs.append((first, number - 1, present))
            first, present = number, here
    return (*runs, (first, sys.maxunicode, present))


def _written(parts: Iterable[str]) -> Ranges:
    return merged((ord(part[0]), ord(part[-1])) for part in parts)


@cache
def _spaces() -> Ranges:
    return _written(" \t\n\r")


@cache
def _digits() -> Ranges:
    return category("Nd") or ()


@cache
def _words() -> Ranges:
    """Everything but punctuation, separators and what is no character."""
    return others(merged(pair for name in "PZC" for pair in category(name) or ()))


@cache
def _name_starts() -> Ranges:
    return _written(_STARTS)


@cache
def _name_parts() -> Ranges:
    return _written((*_STARTS, *_PARTS))
