"""How much room words take, and where they break 折行: a Chinese character is as wide as two letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from math import ceil

NO_LINE_BEGINS_WITH = frozenset("，。、；：？！）》」』】〉”’…％")
_LATIN = 0.56
NO_LINE_ENDS_WITH = frozenset("（《「『【〈“‘")


def units(text: str) -> int:
    """The width of a text, in letters."""
    return sum(map(_unit, text))


def pixels(text: str, size: int = 14) -> int:
    """About how wide a text is at a size in pixels; letters of a bold Latin script are a little wider than half."""
    return ceil(sum(size if _unit(character) == 2 else _LATIN * size for character in text))


def wrapped(text: str, room: int, most: int) -> list[str]:
    """At most so many lines, each not wider than ``room`` letters; what is too long ends with an ellipsis.

    The lines are about equally long.
    """
    lines = _wrapped(text, room, most)
    if len(lines) > 1 and not lines[-1].endswith("…"):
        for narrower in range(-(-units(text) // len(lines)), room):
            found = _wrapped(text, narrower, len(lines) + 1)
            if len(found) <= len(lines):
                return found
    return lines


def _wrapped(text: str, room: int, most: int) -> list[str]:
    lines = [""]
    for word in _words(text.strip()):
        if lines[-1] and units(lines[-1] + word.rstrip()) > room:
            lines.append("")
        lines[-1] += word
    shown = [part for line in lines for part in _chopped(line.strip(), room)] or [""]
    if len(shown) > most:
        shown = [*shown[: most - 1], _shortened(shown[most - 1], room)]
    return shown


def cut(text: str, room: int) -> str:
    """A text not wider than ``room`` letters; with an ellipsis where something is missing."""
    return text if units(text) <= room else _shortened(text, room)


def _shortened(text: str, room: int) -> str:
    while text and units(text) > room - 2:
        text = text[:-1]
    return text.rstrip() + "…"


def _unit(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in {"W", "F", "A"} and character > "\u2000" else 1


def _words(text: str) -> Iterator[str]:
    """Pieces that stay on one line: Chinese characters one by one with their marks, other words whole."""
    piece = ""
    for character in text:
        joined = character in NO_LINE_BEGINS_WITH or (piece and piece[-1] in NO_LINE_ENDS_WITH)
        wide = _unit(character) == 2
        if not joined and piece and (wide or _unit(piece[-1]) == 2 or piece[-1] == " "):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _chopped(line: str, room: int) -> Iterator[str]:
    """A word wider than a line is broken."""
    while units(line) > room:
        end = len(line)
        while units(line[:end]) > room:
            end -= 1
        yield line[: max(end, 1)]
        line = line[max(end, 1) :]
    if line:
        yield line
