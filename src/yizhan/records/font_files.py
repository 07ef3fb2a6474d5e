"""Whether a font file is whole 字体文件: every table it lists lies within it.

A file that was cut off in copying still tells its family, and would draw names as white space.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_COLLECTION = b"ttcf"


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
