"""Looking over a stranger's file before it is read 预检: how many tables and objects it claims, in the time of a glance.

The reader believes what tables say of their own size and follows them wherever they point. So they are walked first,
by patterns and within limits; what cannot be walked is no file that anybody issued.
"""

from __future__ import annotations

import re

from yizhan.seals import limits

_START = re.compile(rb"startxref\s{1,8}(\d{1,10})\s")
_TABLE = re.compile(rb"\s{0,16}xref\s{1,8}")
_PART = re.compile(rb"(\d{1,10})\s{1,4}(\d{1,10})\s{1,4}")
_LINES = re.compile(rb"(?:\d{10} \d{5} [nf][ \r\n]{0,3})*")
_TRAILER = re.compile(rb"\s{0,16}trailer")
_STREAM = re.compile(rb"\s{0,16}\d{1,10}\s{1,8}\d{1,5}\s{1,8}obj\b")
_BEFORE = re.compile(rb"/(?:Prev|XRefStm)\s{0,8}(\d{1,10})\b")
_SIZE = re.compile(rb"/Size\s{0,8}(\d{1,20})\b")
_WIDTHS = re.compile(rb"/W\s{0,8}\[\s{0,8}(\d{1,3})\s{1,8}(\d{1,3})\s{1,8}(\d{1,3})\s{0,8}\]")
_INDEX = re.compile(rb"/Index\s{0,8}\[([\d\s]{0,20000})\]")
_HIDDEN = re.compile(rb"/[A-Za-z0-9]{0,12}#[0-9A-Fa-f]{2}")
_LONG = re.compile(rb"<[0-9A-Fa-f\s]{%d}" % (2 * limits.LARGEST_MARK + 2))
_DICTIONARY = 64 * 1024
_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
_OBJECT = re.compile(rb"\d obj\b")
_TAIL = 2048


class TooMuch(Exception):
    """It claims more than any paper has."""


class Unreadable(Exception):
    """There is no way through its tables."""


def skimmed(content: bytes) -> bytes:
    """The file as it is given to the reader: without what follows its end, where that is long.

    Raises:
        TooMuch, Unreadable: see there.
    """
    if content.count(b"startxref") > limits.MOST_REVISIONS or _LONG.search(content):
        raise TooMuch
    place = content.rfind(b"startxref")
    found = _START.match(content, place) if place >= 0 else None
    if found is None:
        raise Unreadable
    _walk(content, int(found[1]))
    end = _END.search(content, found.end())
    if end is None or end.end() >= len(content) - _TAIL:
        return content
    if _OBJECT.search(content, end.end()):
        raise Unreadable  # cut, before the table of what follows
    return content[: end.end()]


def _walk(content: bytes, first: int) -> None:
    """From table to table, each once."""
    ahead, seen, lines = [first], set[int](), 0
    while ahead:
        place = ahead.pop()
        if place in seen:
            continue
        seen.add(place)
        if len(seen) > 2 * limits.MOST_REVISIONS:
            raise TooMuch
        more, said = _table(content, place)
        lines += more
        if lines > limits.MOST_OBJECTS or any(int(one) > limits.MOST_OBJECTS for one in _SIZE.findall(said)):
            raise TooMuch
        ahead += [int(one) for one in _BEFORE.findall(said)]


def _table(content: bytes, place: int) -> tuple[int, bytes]:
    """How many lines a table has, and the dictionary that belongs to it."""
    if place >= len(content):
        raise Unreadable
    head = _TABLE.match(content, place)
    if head is not None:
        return _plain(content, head.end())
    if _STREAM.match(content, place) is None:
        raise Unreadable
    end = content.find(b"stream", place, place + _DICTIONARY)
    if end < 0:
        raise Unreadable
    return _packed(content[place:end])


def _plain(content: bytes, at: int) -> tuple[int, bytes]:
    lines = 0
    while (part := _PART.match(content, at)) is not None:
        if int(part[2]) > limits.MOST_OBJECTS:
            raise TooMuch
        rows = _LINES.match(content, part.end())
        at = rows.end() if rows is not None else part.end()
        lines += int(part[2])
    if _TRAILER.match(content, at) is None:
        raise Unreadable
    end = content.find(b"startxref", at, at + _DICTIONARY)
    said = content[at : end if end >= 0 else at + _DICTIONARY]
    if _HIDDEN.search(said):
        raise Unreadable
    return lines, said


def _packed(said: bytes) -> tuple[int, bytes]:
    if _HIDDEN.search(said):
        raise Unreadable
    widths, size = _WIDTHS.search(said), _SIZE.search(said)
    if widths is None or size is None:
        raise Unreadable
    if not 1 <= sum(int(one) for one in widths.groups()) <= 24:
        raise TooMuch
    index = _INDEX.search(said)
    counted = [int(one) for one in index[1].split()[1::2]] if index else [int(size[1])]
    return sum(counted), said
