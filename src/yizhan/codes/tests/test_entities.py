"""Social credit codes and organisation codes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yizhan.codes import organisation, uscc
from yizhan.codes.faults import Fault

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.text(USCC_ALPHABET, min_size=8, max_size=8)
CATEGORIES = st.sampled_from(["11", "12", "51", "52", "91", "92", "93", "Y1", "N1"])
CODES = st.builds(uscc.make, CATEGORIES, st.just("440199"), BODIES)


@pytest.mark.parametrize(
    ("code", "category", "division", "organisation_code"),
    [
        ("91110000600037341L", "91", "110000", "600037341"),
        ("12441500196720244T", "12", "441500", "196720244"),
    ],
)
def test_published_codes_read(code, category, division, organisation_code):
    found = uscc.read(code)
    assert (found.category, found.division, found.organisation, found.ok) == (
        category, division, organisation_code, True,
    )  # fmt: skip


def test_however_it_is_typed_it_is_the_same_code():
    assert uscc.read(" ９１110000 600037341l ").code == "91110000600037341L"


@given(CATEGORIES, BODIES)
def test_every_made_code_reads_back(category, body):
    found = uscc.read(uscc.make(category, "440199", body))
    assert (found.faults, found.category, found.division) == ((), category, "440199")
    assert found.organisation[:8] == body
    assert organisation.read(found.organisation).ok


@given(CODES, st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_any_single_wrong_character_is_caught(code, place, char):
    assume(code[place] != char)
    assert not uscc.read(code[:place] + char + code[place + 1 :]).ok


@given(st.text(max_size=30))
def test_no_text_is_too_strange(text):
    assert uscc.read(text).given == text
    assert organisation.read(text).given == text


def test_what_is_wrong_is_said_and_nothing_is_dropped():
    assert uscc.read("91110000600037341M").faults == (Fault.CHECK,)
    assert uscc.read("9111000060003734IL").faults == (Fault.SHAPE,)
    start = "Q1440199" + "600037340"
    assert uscc.read(start + uscc.check_character(start)).faults == (Fault.CATEGORY, Fault.ORGANISATION)


def test_making_an_impossible_code_is_a_mistake():
    for parts in (("91", "44010", "60003734"), ("9I", "440199", "60003734"), ("91", "440199", "6000373")):
        with pytest.raises(ValueError, match="no .* code"):
            uscc.make(*parts)


# --- organisation codes ------------------------------------------------------------------------------------


def test_the_example_of_gb_11714():
    assert organisation.make("D2143569") == "D2143569X"
    assert organisation.read("d2143569-x").code == "D2143569X"
    assert organisation.read("D2143569-X").ok
    assert organisation.read("D2143569-1").faults == (Fault.CHECK,)
    assert organisation.read("D214356").faults == (Fault.SHAPE,)


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8), st.integers(0, 7), st.data())
def test_a_single_wrong_character_is_caught_except_where_the_check_cannot(body, place, data):
    char = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assume(char != body[place])
    code = organisation.make(body)
    wrong = code[:place] + char + code[place + 1 :]
    blind = (int(char, 36) - int(body[place], 36)) % 11 == 0
    assert organisation.read(wrong).ok == blind
