"""What a file really is, by its content 内容识别: three kinds are known, everything else is refused.

Neither the name nor the type that a browser declares is believed; they only may not contradict.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from yizhan.records import pdf_inspection
from yizhan.records.refusals import Damaged, Disguised, NotAccepted, TooManyPixels
from yizhan.ui.language import listed

MOST_PIXELS = 100_000_000
LONGEST_SIDE = 30_000
_ALWAYS_DECLARED = {"", "application/octet-stream", "binary/octet-stream"}


@dataclass(frozen=True)
class Kind:
    """A kind of file that can be taken."""

    key: str
    title: str
    media_type: str
    declared: frozenset[str]
    endings: tuple[str, ...]
    beginning: bytes
    look: Callable[[bytes], None]


def look(path: Path, *, name: str, declared: str, accept: Collection[str]) -> Kind:
    """Say what a file is, having looked into it.

    Args:
        path: where it lies.
        name: what it is called, for its ending.
        declared: the type a browser gave; may be empty.
        accept: the keys of the kinds that are welcome.

    Raises:
        NotAccepted, Disguised, Damaged, ActiveContent, CannotBeChecked, TooManyPixels: see there.
    """
    content = path.read_bytes()
    kind = next((kind for kind in KINDS.values() if content.startswith(kind.beginning)), None)
    if kind is None or kind.key not in accept:
        raise NotAccepted(titles(accept))
    ending = Path(name).suffix.lower()
    declared = declared.partition(";")[0].strip().lower()
    if ending not in kind.endings or (declared not in _ALWAYS_DECLARED and declared not in kind.declared):
        raise Disguised(kind.title)
    kind.look(content)
    return kind


def titles(accept: Collection[str]) -> str:
    """The kinds as people call them: PDF、JPEG、PNG."""
    return listed(kind.title for key, kind in KINDS.items() if key in accept)


def _look_at_png(content: bytes) -> None:
    """The first chunk is IHDR with width and height, the last IEND (ISO/IEC 15948)."""
    if len(content) < 33 or content[12:16] != b"IHDR" or b"IEND" not in content[-64:]:
        raise Damaged
    _bounded(*struct.unpack(">II", content[16:24]))


def _look_at_jpeg(content: bytes) -> None:
    """Walk the segments to the frame header, which has height and width (ISO/IEC 10918-1, B.2)."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in {0xFF, 0x01} or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            _bounded(width, height)
            return
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    raise Damaged


def _bounded(width: int, height: int) -> None:
    if not width or not height:
        raise Damaged
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TooManyPixels(width, height)


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "pdf", "PDF", "application/pdf", frozenset({"application/pdf", "application/x-pdf"}),
            (".pdf",), b"%PDF-", pdf_inspection.look,
        ),
        Kind(
            "jpeg", "JPEG", "image/jpeg", frozenset({"image/jpeg", "image/jpg", "image/pjpeg"}),
            (".jpg", ".jpeg"), b"\xff\xd8\xff", _look_at_jpeg,
        ),
        Kind(
            "png", "PNG", "image/png", frozenset({"image/png", "image/x-png"}),
            (".png",), b"\x89PNG\r\n\x1a\n", _look_at_png,
        ),
    )
}  # fmt: skip
