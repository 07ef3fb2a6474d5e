"""What a font file says of itself 字体文件: whether it is whole, and which characters it has.

A file that was cut off in copying still tells its family, and would draw names as white space.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_COLLECTION = b"ttcf"
_FIRST_PLANE, _ALL_PLANES = 4, 12
_LAST_OF_PLANE = 0xFFFE


def is_whole(file: Path) -> bool:
    """Whether it is a TrueType or OpenType font, or a collection of such, to its last table."""
    try:
        with file.open("rb") as content:
            return _is_whole(content, file.stat().st_size)
    except (OSError, struct.error):
        return False


def _is_whole(content: BinaryIO, size: int) -> bool:
    if content.read(4) != _COLLECTION:
        return _font_is_whole(content, 0, size)
    (many,) = struct.unpack(">4xI", content.read(8))
    starts = struct.unpack(f">{many}I", content.read(4 * many))
    return all(_font_is_whole(content, start, size) for start in starts)


def _font_is_whole(content: BinaryIO, start: int, size: int) -> bool:
    content.seek(start)
    kind, tables = struct.unpack(">4sH6x", content.read(12))
    if kind not in _KINDS or not tables:
        return False
    listed = (struct.unpack(">4s4xII", content.read(16)) for _ in range(tables))
    return all(offset + length <= size for _tag, offset, length in listed)


def characters(file: Path) -> set[int]:
    """The code points that a font, or the first of a collection, maps to a glyph; none where it cannot be read."""
    try:
        content = file.read_bytes()
        return set(_mapped(content, _table(content, b"cmap")))
    except (OSError, struct.error, KeyError):
        return set()


def _table(content: bytes, name: bytes) -> int:
    start = struct.unpack_from(">12xI", content)[0] if content[:4] == _COLLECTION else 0
    (many,) = struct.unpack_from(">4xH", content, start)
    listed: dict[bytes, int] = dict(
        struct.unpack_from(">4s4xI", content, start + 12 + 16 * at) for at in range(many)
    )
    return listed[name]


def _mapped(content: bytes, cmap: int) -> Iterator[int]:
    """Of the subtables of Unicode, the formats in use: 12 has all planes, 4 the first."""
    (many,) = struct.unpack_from(">2xH", content, cmap)
    for at in range(many):
        platform, _, offset = struct.unpack_from(">HHI", content, cmap + 4 + 8 * at)
        (form,) = struct.unpack_from(">H", content, cmap + offset)
        if platform in (0, 3) and form == _ALL_PLANES:
            yield from _in_groups(content, cmap + offset)
        elif platform in (0, 3) and form == _FIRST_PLANE:
            yield from _in_segments(content, cmap + offset)


def _in_groups(content: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">12xI", content, at)
    for first, last, glyph in struct.iter_unpack(">III", content[at + 16 : at + 16 + 12 * groups]):
        yield from range(first + (glyph == 0), last + 1)


def _in_segments(content: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">6xH", content, at)
    many = twice // 2
    ends = struct.unpack_from(f">{many}H", content, at + 14)
    starts = struct.unpack_from(f">{many}H", content, at + 16 + twice)
    deltas = struct.unpack_from(f">{many}H", content, at + 16 + 2 * twice)
    offsets_at = at + 16 + 3 * twice
    offsets = struct.unpack_from(f">{many}H", content, offsets_at)
    for number, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, _LAST_OF_PLANE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(
                    ">H", content, offsets_at + 2 * number + offset + 2 * (code - first)
                )
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield code
