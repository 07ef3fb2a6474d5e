"""Identity numbers: every trap of real registers, and what the check digit can promise."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from yizhan import clock
from yizhan.codes import identity_number
from yizhan.codes.faults import Fault
from yizhan.codes.identity_number import Kind, Sex, check_digit, make, read

DIVISIONS = st.sampled_from(["440199", "440104", "440102", "440107", "110105", "810000", "830000", "911840"])
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 11, 20))
SEQUENCES = st.integers(0, 999)
NUMBERS = st.builds(make, DIVISIONS, BIRTHS, SEQUENCES)
# The standard's own example; no person bears it.
EXAMPLE = "11010519491231002X"


@pytest.fixture(autouse=True)
def _today():
    with clock.standing_at("2026-11-20T09:30"):
        yield


def test_the_example_of_the_standard_reads():
    number = read(EXAMPLE)
    assert (number.number, number.division, number.born) == (EXAMPLE, "110105", date(1949, 12, 31))
    assert (number.sex, number.kind, number.check_ok, number.ok) == (Sex.FEMALE, Kind.CITIZEN, True, True)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002x ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u300019491231\u200b002X\ufeff",
        "11010519491231002Х",
        "11010519491231002×",
        "11010519491231002Ⅹ",
        "'11010519491231002X",
        "110105-19491231-002X",
    ],
)
def test_however_it_is_typed_it_is_the_same_number(typed):
    number = read(typed)
    assert (number.number, number.given, number.ok) == (EXAMPLE, typed, True)


@given(DIVISIONS, BIRTHS, SEQUENCES)
def test_every_made_number_reads_back(division, born, sequence):
    with clock.standing_at("2026-11-20T09:30"):
        number = read(make(division, born, sequence), demo=True)
    assert number.faults == ()
    assert (number.born, number.sex) == (born, Sex.MALE if sequence % 2 else Sex.FEMALE)
    assert number.division == ("" if division.startswith("9") else division)


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_caught(number, place, step):
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not read(wrong, demo=True).ok
    assert check_digit(wrong[:17]) != wrong[17]


@given(NUMBERS, st.sampled_from("0123456789X"))
def test_any_wrong_check_digit_is_caught_and_said(number, check):
    assume(check != number[17])
    found = read(number[:17] + check, demo=True)
    assert (found.check_ok, Fault.CHECK in found.faults) == (False, True)
    assert found.born is not None, "a wrong check hides nothing else"


@given(NUMBERS, st.integers(0, 15))
def test_two_neighbours_changed_about_are_caught(number, place):
    assume(number[place] != number[place + 1])
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert not read(wrong, demo=True).ok


@given(st.text(max_size=30))
def test_no_text_is_too_strange(text):
    found = read(text)
    assert found.given == text
    assert found.ok or all(fault.words for fault in found.faults)


# --- old numbers -------------------------------------------------------------------------------------------


def test_fifteen_digits_are_the_same_person():
    old = read("110105491231002")
    assert (old.number, old.check_ok, old.ok) == (EXAMPLE, None, True)
    assert read(EXAMPLE).old_form == "110105491231002"


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), SEQUENCES)
def test_old_and_new_form_lead_to_each_other(born, sequence):
    number = read(make("440102", born, sequence))
    assert read(number.old_form or "").number == number.number


def test_who_was_born_in_this_century_never_had_an_old_number():
    assert read(make("440104", date(2001, 5, 6), 3)).old_form is None


# --- divisions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("abolished", ["440102", "440107", "440116"])
def test_abolished_districts_stay_in_living_peoples_numbers(abolished):
    number = read(make(abolished, date(1960, 2, 29), 17))
    assert (number.division, number.ok) == (abolished, True)


@pytest.mark.parametrize("division", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan(division):
    number = read(make(division, date(1980, 1, 2), 8))
    assert (number.kind, number.division, number.ok) == (Kind.RESIDENCE_PERMIT, division, True)


def test_permanent_residence_cards_of_foreigners_new_and_old():
    new = read(make("911840", date(1980, 1, 2), 8))
    assert (new.kind, new.born, new.sex, new.ok) == (Kind.FOREIGNER, date(1980, 1, 2), Sex.FEMALE, True)
    old = read("usa110080010200")
    assert (old.number, old.kind, old.born, old.check_ok, old.ok) == (
        "USA110080010200", Kind.FOREIGNER, None, None, True,
    )  # fmt: skip


def test_a_province_that_does_not_exist_is_a_fault():
    assert read(make("160101", date(1980, 1, 2), 8)).faults == (Fault.DIVISION,)


def test_synthetic_numbers_are_accepted_in_a_demonstration_only(settings):
    number = make("440199", date(1950, 3, 4), 21)
    settings.DEMO = False
    assert read(number).faults == (Fault.DEMO,)
    assert read(number, demo=True).ok
    settings.DEMO = True
    assert read(number).ok
    assert read(number, demo=False).faults == (Fault.DEMO,)


# --- dates and shapes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("birth", ["19490231", "19491301", "19000229", "00000101", "19490100"])
def test_impossible_birth_dates_are_said_and_the_number_stays(birth):
    body = f"440104{birth}002"
    found = read(body + check_digit(body))
    assert (found.faults, found.born, found.check_ok) == ((Fault.DATE,), None, True)
    assert found.number == body + check_digit(body)


def test_the_future_begins_tomorrow():
    assert read(make("440104", date(2026, 11, 20), 2)).ok
    assert read(make("440104", date(2026, 11, 21), 2)).faults == (Fault.FUTURE,)


def test_nobody_is_older_than_130():
    assert read(make("440104", date(1897, 1, 1), 2)).ok
    assert read(make("440104", date(1887, 1, 1), 2)).faults == (Fault.AGE,)


def test_several_faults_are_said_at_once():
    body = "16010120991301002"
    wrong = "0" if check_digit(body) != "0" else "1"
    assert read(body + wrong).faults == (Fault.DIVISION, Fault.DATE, Fault.CHECK)


@pytest.mark.parametrize(
    "text", ["", "123", "1101051949123100", "A10105194912310021", "01010519491231002X", "无"]
)
def test_what_is_no_number_is_kept_as_it_was(text):
    found = read(text)
    assert (found.given, found.kind, found.faults) == (text, Kind.UNKNOWN, (Fault.SHAPE,))


@pytest.mark.parametrize(
    ("division", "sequence"), [("44010", 1), ("04010x", 1), ("440104", 1000), ("440104", -1)]
)
def test_making_an_impossible_number_is_a_mistake(division, sequence):
    with pytest.raises(ValueError, match="no identity number"):
        make(division, date(1950, 1, 1), sequence)


def test_faults_speak_both_languages():
    assert Fault.CHECK.words == "校验码不符，可能有一位输错，请对照证件核对"
    with translation.override("en"):
        assert Fault.CHECK.words.startswith("The check digit does not fit")


def test_the_demo_division_was_never_issued():
    assert identity_number.DEMO_DIVISION == "440199"
