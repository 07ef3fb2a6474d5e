"""Whether a PDF acts by itself 主动内容: scripts, programs to launch, forms that send (ISO 32000-2, 12.6).

This is a sieve for what people upload, not a virus scanner. Names are looked for as they stand, in their
``#xx`` spellings, and inside compressed object streams. What cannot be looked into is refused: encryption,
object streams packed in any other way than plain Flate, more than 64 MiB of objects.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from yizhan.records.refusals import ActiveContent, CannotBeChecked, Damaged

MOST_UNPACKED = 64 * 1024 * 1024
_PIECE = 64 * 1024


def look(content: bytes) -> None:
    """See that a PDF is whole, open and quiet.

    Raises:
        Damaged: it has no end, or a stream of objects breaks off.
        CannotBeChecked: it is encrypted, or hides its objects.
        ActiveContent: it acts.
    """
    if b"%%EOF" not in content[-2048:]:
        raise Damaged
    if _ENCRYPTED.search(content) or _hides_objects(content):
        raise CannotBeChecked
    if _ACTIVE.search(content) or any(_ACTIVE.search(objects) for objects in _object_streams(content)):
        raise ActiveContent


def _name(word: str) -> bytes:
    """A pattern for a name in all its spellings: any letter may be written as ``#`` and two digits."""
    letters = (b"(?:%c|(?i:#%02x))" % (ord(letter), ord(letter)) for letter in word)
    return b"/" + b"".join(letters) + rb"(?![A-Za-z0-9#])"


_ACTIVE = re.compile(
    b"|".join(_name(word) for word in ("JavaScript", "Launch", "RichMedia", "SubmitForm", "ImportData"))
    + b"|"
    + _name("XFA")
    + rb"\s*[\[\d]"
)
_ENCRYPTED = re.compile(_name("Encrypt") + rb"\s*(?:\d+\s+\d+\s+R|<<)")
_OBJECT_STREAM = re.compile(_name("ObjStm"))
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
_FILTER = re.compile(rb"/Filter(?![A-Za-z])\s*(\[[^\]]*\]?|/\w+|[^/\[]*)")
_PLAIN_FLATE = re.compile(rb"\[?\s*/FlateDecode\s*\]?")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_NUMBERED = re.compile(rb"\s*(?:%|\d+\s+\d+)")


def _hides_objects(content: bytes) -> bool:
    """Whether an object stream is packed so that :func:`_object_streams` could not read it."""
    for found in _OBJECT_STREAM.finditer(content):
        begin = content.rfind(b"obj", 0, found.start())
        end = content.find(b"stream", found.end())
        if begin < 0 or end < 0:
            return True
        head = _SPELLED.sub(lambda m: bytes([int(m.group(1), 16)]), content[begin:end])
        filters = [f.strip() for f in _FILTER.findall(head)]
        if b"/DecodeParms" in head or not all(_PLAIN_FLATE.fullmatch(f) for f in filters):
            return True
    return False


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Every Flate stream that begins as object streams do: with pairs of numbers."""
    left = MOST_UNPACKED
    for found in _STREAM.finditer(content):
        at = found.end() + 2  # behind the two bytes of the zlib header; readers ignore its checksum too
        try:
            head = zlib.decompressobj(-15).decompress(content[at : at + 512], 64)
        except zlib.error:
            continue
        if _NUMBERED.match(head):
            objects = _unpacked(content, at, left)
            left -= len(objects)
            yield objects


def _unpacked(content: bytes, at: int, most: int) -> bytes:
    unpacker, pieces, size = zlib.decompressobj(-15), [], 0
    while not unpacker.eof and at < len(content):
        try:
            pieces.append(unpacker.decompress(content[at : at + _PIECE], most - size + 1))
        except zlib.error as fault:
            raise Damaged from fault
        size += len(pieces[-1])
        if size > most:
            raise CannotBeChecked
        at += _PIECE
    return b"".join(pieces)
