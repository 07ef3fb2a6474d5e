"""Which characters a font file can draw, read from its ``cmap`` table (OpenType, formats 4 and 12).

A paper with an empty box in somebody's name must never leave the house, and Typst draws one without a word.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Coverage:
    """Ranges of code points with a glyph, sorted, both ends included."""

    starts: list[int]
    ends: list[int]

    def __contains__(self, character: str) -> bool:
        """Whether a single character has a glyph."""
        code = ord(character)
        place = bisect_right(self.starts, code) - 1
        return place >= 0 and code <= self.ends[place]


class NoFont(ValueError):
    """The file is no OpenType font with a Unicode table."""


def coverage(file: Path) -> Coverage:
    """Read a font's coverage; of a collection (.ttc), the first face.

    Raises:
        NoFont: see there.
    """
    data = file.read_bytes()
    try:
        ranges = sorted(_ranges(data, _cmap(data)))
    except struct.error as fault:
        raise NoFont(f"{file.name} ends too early") from fault
    return Coverage([start for start, _ in ranges], [end for _, end in ranges])


def _cmap(data: bytes) -> int:
    """Where the cmap table begins."""
    face = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (tables,) = struct.unpack_from(">H", data, face + 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, face + 12 + 16 * number)
        if tag == b"cmap":
            return int(offset)
    raise NoFont("no cmap table")


def _ranges(data: bytes, cmap: int) -> list[tuple[int, int]]:
    """The widest Unicode table there is: format 12 (all planes) before format 4 (the first plane)."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    formats: dict[int, int] = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)
        if (platform == 0 and encoding != 5) or (platform, encoding) in {(3, 1), (3, 10)}:
            (form,) = struct.unpack_from(">H", data, cmap + offset)
            formats[form] = cmap + offset
    if 12 in formats:
        return _format_12(data, formats[12])
    if 4 in formats:
        return _format_4(data, formats[4])
    raise NoFont("no Unicode table of format 4 or 12")


def _format_12(data: bytes, at: int) -> list[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", data, at + 12)
    found = (struct.unpack_from(">III", data, at + 16 + 12 * number) for number in range(groups))
    return [(start + (glyph == 0), end) for start, end, glyph in found]


def _format_4(data: bytes, at: int) -> list[tuple[int, int]]:
    """Segments; a character inside one may still point to glyph 0, so each is looked at."""
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", data, at + 14 + skip)
        for skip in (0, 2 + 2 * segments, 2 + 4 * segments, 2 + 6 * segments)
    )
    here = at + 16 + 6 * segments
    found = []
    for number in range(segments):
        for code in range(starts[number], ends[number] + 1):
            if offsets[number]:
                place = here + 2 * number + offsets[number] + 2 * (code - starts[number])
                glyph = struct.unpack_from(">H", data, place)[0]
            else:
                glyph = (code + deltas[number]) & 0xFFFF
            if glyph and code != 0xFFFF:
                found.append((code, code))
    return found
