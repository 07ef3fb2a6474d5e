"""A photo comes in without the place, the device and the moment it tells; the picture stays bit for bit."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.identity import scope
from yizhan.records import files, photographs
from yizhan.records.photographs import picture_only
from yizhan.records.refusals import Damaged
from yizhan.records.tests.conftest import jpeg, png, upload

PLACE = b"N 23 07 49 E 113 15 52"
PICTURE = bytes(range(1, 200)) + b"\xff\x00" + b"\xff\xd0" + b"more\xff\x00\xff\xd7end"


def segment(code: int, body: bytes) -> bytes:
    return b"\xff" + bytes([code]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int = 1, *, order: str = "<") -> bytes:
    """Maker, orientation and a place, as a phone writes them."""
    entries = [(0x010F, 2, len(PLACE), 38 + 12), (0x0112, 3, 1, orientation), (0x8825, 4, 1, 38 + 12)]
    mark = b"II*\0" if order == "<" else b"MM\0*"
    body = mark + struct.pack(f"{order}IH", 8, len(entries))
    for tag, kind, count, value in entries:
        short = kind == 3
        body += struct.pack(
            f"{order}HHI{'HH' if short else 'I'}", tag, kind, count, *((value, 0) if short else (value,))
        )
    return segment(0xE1, b"Exif\0\0" + body + bytes(4) + PLACE)


JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
PROFILE = segment(0xE2, b"ICC_PROFILE\0\x01\x01profile")
ADOBE = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")
TABLES = segment(0xDB, b"\0" + bytes(range(64)))
FRAME = segment(0xC0, b"\x08\0\x08\0\x08\x01\x01\x11\0")
SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0") + PICTURE
TRACES = (
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE),
    segment(0xE2, b"MPF\0" + PLACE),
    segment(0xED, b"Photoshop 3.0\0" + PLACE),
    segment(0xEB, b"JP" + PLACE),
    segment(0xE0, b"JFXX\0" + PLACE),
    segment(0xFE, PLACE),
)
FILM = b"\xff\xd8\xff\xe1" + PLACE + b"ftypmp42" + PLACE


def photo(*traces: bytes, behind: bytes = b"") -> bytes:
    """A photo as a phone sends it."""
    return (
        b"\xff\xd8" + JFIF + b"".join(traces) + PROFILE + ADOBE + TABLES + FRAME + SCAN + b"\xff\xd9" + behind
    )


@pytest.mark.parametrize("order", ["<", ">"])
def test_place_device_comments_and_what_hangs_behind_are_left_out_and_the_picture_stays(order):
    assert picture_only("jpeg", photo(exif(order=order), *TRACES, behind=FILM)) == photo()
    assert picture_only("jpeg", photo()) == photo()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_which_way_is_up_is_kept(orientation, order):
    clean = picture_only("jpeg", photo(exif(orientation, order=order)))
    assert PLACE not in clean
    kept = clean[2 + len(JFIF) : clean.index(PROFILE)]
    assert photographs._orientation(kept[10:]) == orientation
    assert len(kept) == 36
    assert clean.replace(kept, b"") == photo()
    assert picture_only("jpeg", clean) == clean


@pytest.mark.parametrize("orientation", [0, 1, 9, 300])
def test_what_says_nothing_is_not_kept(orientation):
    assert picture_only("jpeg", photo(exif(orientation))) == photo()


def test_several_scans_and_filling_bytes_are_read():
    progressive = b"\xff\xd8" + JFIF + FRAME + SCAN + b"\xff" + TABLES + SCAN + b"\xff\xd9"
    expected = progressive.replace(b"\xff" + TABLES, TABLES)
    assert picture_only("jpeg", progressive + FILM) == expected


def test_a_picture_cut_short_is_kept_as_far_as_it_goes():
    cut = photo(exif())[:-20]
    assert picture_only("jpeg", cut) == photo()[:-20]


def test_a_segment_longer_than_the_file_is_damage():
    with pytest.raises(Damaged):
        picture_only("jpeg", b"\xff\xd8\xff\xe1\xff\xff" + PLACE)


@given(st.binary(max_size=80))
def test_whatever_a_camera_wrote_there_nothing_of_it_breaks_us(tiff):
    clean = picture_only("jpeg", photo(segment(0xE1, b"Exif\0\0" + tiff)))
    assert clean.endswith(SCAN + b"\xff\xd9")


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture(*chunks: bytes, behind: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"sRGB", b"\0") + chunk(b"IDAT", zlib.compress(b"\0\1\2\3"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + body + chunk(b"IEND") + behind


@pytest.mark.parametrize("kind", [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"caBX", b"prVt"])
def test_a_png_loses_all_but_the_picture_and_its_colours(kind):
    assert picture_only("png", picture(chunk(kind, PLACE), behind=PLACE)) == picture()
    assert picture_only("png", picture()) == picture()


def test_a_png_whose_chunks_end_nowhere_is_damaged():
    with pytest.raises(Damaged):
        picture_only("png", picture()[:-16])


def test_a_pdf_is_left_alone():
    assert picture_only("pdf", b"%PDF-1.7 " + PLACE) == b"%PDF-1.7 " + PLACE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "without"),
    [(photo(exif(6), *TRACES), "a.jpg", None), (picture(chunk(b"tEXt", PLACE)), "a.png", picture())],
)
def test_what_is_kept_is_what_is_left(settings, tmp_path, content, name, without):
    settings.FILES = tmp_path
    with scope.service():
        stored = files.keep(upload(content, name), by="account:1", owner="draft:1")
    with files.open_for_reading(stored) as kept:
        found = kept.read()
    assert PLACE not in found
    assert without is None or found == without
    assert stored.size == len(found) and files.is_intact(stored)
    assert list(tmp_path.rglob("incoming/*")) == []


def test_the_least_that_the_sieve_takes_is_taken():
    for kind, content in (("jpeg", jpeg()), ("png", png())):
        assert picture_only(kind, content) == content
