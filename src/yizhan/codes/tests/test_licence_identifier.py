"""Identifiers of electronic licences: the published samples, and that no single wrong character passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.codes import licence_identifier
from yizhan.codes.faults import Fault

PUBLISHED = (
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
)
CHARS = st.text(licence_identifier._ALPHABET, min_size=1, max_size=30)


@pytest.mark.parametrize("sample", PUBLISHED)
def test_published_identifiers_are_right_and_made_again(sample):
    read = licence_identifier.read(f" {sample.lower()}")
    assert read.ok and read.text == sample
    assert licence_identifier.make(read.type_code, read.issuer, read.serial, read.version) == sample


def test_what_is_wrong_is_told_and_kept():
    wrong = licence_identifier.read(PUBLISHED[0][:-1] + "M")
    assert wrong.faults == (Fault.CHECK,) and wrong.serial == "20230000403"
    other = licence_identifier.read("粤证 12")
    assert other.faults == (Fault.SHAPE,) and other.given == "粤证 12"


@given(CHARS, st.data())
def test_one_wrong_character_never_passes(body, data):
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from(licence_identifier._ALPHABET.replace(body[place], "")))
    changed = body[:place] + other + body[place + 1 :]
    assert licence_identifier.check_character(changed) != licence_identifier.check_character(body)


@pytest.mark.parametrize(
    ("type_code", "issuer", "serial", "version"),
    [
        ("short", "11430000006122244L", "1", 1),
        ("11100000000013338W011", "", "1", 1),
        ("11100000000013338W011", "11430000006122244L", "一", 1),
        ("11100000000013338W011", "11430000006122244L", "1", 1000),
        ("11100000000013338W011", "11430000006122244L", "1", 0),
    ],
)
def test_what_cannot_be_a_part_is_not_made(type_code, issuer, serial, version):
    with pytest.raises(ValueError, match="parts|checked"):
        licence_identifier.make(type_code, issuer, serial, version)
