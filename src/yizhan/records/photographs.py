"""What a photo says besides the picture 照片附带信息: place, device, owner, moment, earlier versions, sound.

Nobody asked for it and no service needs it (PIPL, Art. 6: no more than the purpose takes), so it is not kept. The
picture itself stays bit for bit: parts of the file are left out, nothing is encoded anew. Named are the parts that
stay, so that what cameras invent next year goes too. Of the metadata one value is kept, which way is up.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from yizhan.records.refusals import Damaged

_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_SHORT = 3
# JFIF (not its thumbnail), the colour profile, Adobe's word on colour channels (ISO/IEC 10918-5, ICC.1 B.4).
_APPLICATION_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_COMMENT, _START_OF_SCAN, _END = 0xFE, 0xDA, 0xD9
_PNG_BEGINNING = 8
# Beside the critical ones, which begin with a capital: colour, size and animation (ISO/IEC 15948, 11.3).
_CHUNKS_KEPT = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs sPLT hIST cICP mDCV cLLI acTL fcTL fdAT".split()
)


def picture_only(kind: str, content: bytes) -> bytes:
    """The file without what it says besides the picture; other kinds than ``jpeg`` and ``png`` as they are.

    Raises:
        Damaged: its parts cannot be told apart.
    """
    if kind == "jpeg":
        return b"".join(_jpeg(content))
    return b"".join(_png(content)) if kind == "png" else content


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Segments up to the end of the picture; what lies behind it, other pictures and films, is left out."""
    yield content[:2]
    at = 2
    while (at := _marker(content, at)) >= 0:
        code = content[at + 1]
        if code == _END:
            yield content[at : at + 2]
            return
        if 0xD0 <= code <= 0xD8 or code == 0x01:  # markers without a length
            yield content[at : at + 2]
            at += 2
            continue
        end = at + 2 + _length(content, at + 2)
        yield _kept(code, content[at:end])
        if code == _START_OF_SCAN:
            at, end = end, _end_of_scan(content, end)
            yield content[at:end]
        at = end


def _marker(content: bytes, at: int) -> int:
    """Where the next marker begins, past what fills up before it; negative where there is none any more."""
    while (at := content.find(b"\xff", at)) >= 0 and content[at + 1 : at + 2] in {b"\xff", b"\0"}:
        at += 1
    return at if at + 2 <= len(content) else -1


def _length(content: bytes, at: int) -> int:
    length = int.from_bytes(content[at : at + 2], "big")
    if length < 2 or at + length > len(content):
        raise Damaged
    return length


def _kept(code: int, segment: bytes) -> bytes:
    body = segment[4:]
    if code == 0xE1 and body.startswith(_EXIF):
        return _which_way_is_up(body[len(_EXIF) :])
    if code == _COMMENT or (0xE0 <= code <= 0xEF and not _is_kept(code, body)):
        return b""
    return segment


def _is_kept(code: int, body: bytes) -> bool:
    return code in _APPLICATION_KEPT and body.startswith(_APPLICATION_KEPT[code])


def _end_of_scan(content: bytes, at: int) -> int:
    """The next real marker: inside a scan 0xFF is followed by zero, or by a marker of restart."""
    while (at := content.find(b"\xff", at)) >= 0:
        code = content[at + 1 : at + 2]
        if code and code != b"\0" and not 0xD0 <= code[0] <= 0xD7:
            return at
        at += 2
    return len(content)  # cut short: as much of the picture as there is


def _which_way_is_up(tiff: bytes) -> bytes:
    """An Exif segment that holds the orientation and nothing else; none where the picture stands upright."""
    orientation = _orientation(tiff)
    if not 2 <= orientation <= 8:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    body = _EXIF + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _orientation(tiff: bytes) -> int:
    """As the first directory says it (TIFF 6.0, section 8), 0 where it says nothing that can be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (many,) = struct.unpack_from(f"{order}H", tiff, start)
        for place in range(start + 2, start + 2 + 12 * many, 12):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, place)
            if (tag, kind, count) == (_ORIENTATION, _SHORT, 1):
                return int(value)
    except struct.error:
        return 0
    return 0


def _png(content: bytes) -> Iterator[bytes]:
    """Chunks up to the last, IEND."""
    yield content[:_PNG_BEGINNING]
    at = _PNG_BEGINNING
    while at + 12 <= len(content):
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if end > len(content):
            raise Damaged
        if kind[:1].isupper() or kind in _CHUNKS_KEPT:
            yield content[at:end]
        if kind == b"IEND":
            return
        at = end
    raise Damaged
