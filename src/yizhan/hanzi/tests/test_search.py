"""Tokens: two characters are found, words and numbers stay whole, rare characters survive."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from yizhan import hanzi

TEXTS = st.text(alphabet=st.sampled_from("越秀区的高龄津贴 Aa1２①é，。'\\&|!:()\n𠮷\ue863〇"), max_size=30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("越秀区", ["越", "秀", "区", "越秀", "秀区"]),
        ("ＡＢ１２号①", ["ab12", "号", "1"]),
        ("高龄，津贴", ["高", "龄", "高龄", "津", "贴", "津贴"]),
        ("", []),
        ("、。 ", []),
    ],
)
def test_a_text_is_found_by_its_characters_pairs_and_whole_words(text, found):
    assert hanzi.tokens(text) == found


def test_radicals_that_pdf_files_put_for_characters_are_folded():
    assert hanzi.fold("⻢⻰⻜ ⼀") == "马龙飞 一"
    assert hanzi.tokens("⻢⻰") == hanzi.tokens("马龙")


def test_pairs_do_not_reach_over_punctuation():
    assert hanzi.bigrams("高龄、津贴") == ["高龄", "津贴"]


def test_a_query_asks_for_pairs_not_for_each_character():
    assert hanzi.query_tokens("越秀区 A12 号 越秀") == ["越秀", "秀区", "a12", "号"]


def test_rare_and_private_use_characters_are_characters():
    assert hanzi.bigrams("𠮷𬌗\ue863") == ["𠮷𬌗", "𬌗\ue863"]
    assert all(hanzi.is_han(char) for char in "𠮷〇々㐂\ue863")
    assert not any(hanzi.is_han(char) for char in "a1。あ")


def test_variation_selectors_choose_a_shape_not_a_character():
    assert hanzi.fold("葛\U000e0100") == hanzi.fold("葛")


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    assert hanzi.fold(hanzi.fold(text)) == hanzi.fold(text)


@given(TEXTS, TEXTS, TEXTS)
def test_whatever_is_asked_for_in_full_is_found_in_a_text_that_holds_it(before, wanted, after):
    held = f"{before} {wanted} {after}"
    assert set(hanzi.query_tokens(wanted)) <= set(hanzi.tokens(held))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "asked", "every", "found"),
    [
        ("越秀区高龄津贴申请", "津贴", True, True),
        ("越秀区高龄津贴申请", "津申", True, False),
        ("越秀区高龄津贴申请", "老人津贴怎么领", True, False),
        ("越秀区高龄津贴申请", "老人津贴怎么领", False, True),
        ("𠮷野家", "𠮷野", True, True),
        ("京A·12345 违停", "12345", True, True),
        ("it's a \\ test: & | !", "it's", True, True),
        ("长" * 3000 + "x" * 3000, "长长", True, True),
    ],
)
def test_the_literals_are_what_postgresql_reads(text, asked, every, found):
    with connection.cursor() as cursor:
        cursor.execute(
            "select %s::tsvector @@ %s::tsquery", [hanzi.vector(text), hanzi.query(asked, every=every)]
        )
        assert cursor.fetchone() == (found,)


@pytest.mark.django_db
def test_no_text_makes_a_literal_that_postgresql_refuses():
    @given(TEXTS)
    def refused_by_none(text):
        with connection.cursor() as cursor:
            cursor.execute("select %s::tsvector, %s::tsquery", [hanzi.vector(text), hanzi.query(text)])

    refused_by_none()


def test_nothing_to_search_for_is_an_empty_query():
    assert hanzi.query("，。！") == ""
