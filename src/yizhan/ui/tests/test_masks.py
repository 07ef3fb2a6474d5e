import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.ui import masks


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        ("陈小芳", "陈＊芳"),
        ("李强", "李＊"),
        ("欧阳小芳", "欧＊＊芳"),
        ("𠮷田芳", "𠮷＊芳"),
        ("林", "林＊"),
        ("", "—"),
        (None, "—"),
    ],
)
def test_names(name, covered):
    assert masks.mask_name(name) == covered


def test_an_identity_number_shows_six_and_four():
    assert masks.mask_id("440199194511200028") == "440199********0028"


def test_a_short_document_number_shows_two_and_two():
    assert masks.mask_id("H0123456") == "H0****56"


def test_phones():
    assert masks.mask_phone("13800001234") == "138****1234"
    assert masks.mask_phone("8330") == "**30"


@given(st.text(st.characters(categories=["Nd"]), min_size=1, max_size=20))
def test_no_number_is_ever_shown_whole(number):
    assert "*" in masks.mask_id(number)
    assert "*" in masks.mask_phone(number)
