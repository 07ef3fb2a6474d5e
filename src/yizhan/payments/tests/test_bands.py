"""Amounts are reckoned anew for each month: by age, by the rates in force, by what the register says now."""

from __future__ import annotations

from datetime import date

import pytest

from yizhan import clock

DECEMBER_NEAR, JANUARY_NEAR, FEBRUARY_NEAR = "2026-11-22T09:00", "2026-12-22T09:00", "2027-01-22T09:00"


def born(office, who: str, on: str) -> None:
    office.corrected(who, "born_on", date.fromisoformat(on))


@pytest.mark.parametrize(
    ("birthday", "december", "january"),
    [
        ("1946-11-30", "120.00", "120.00"),
        ("1946-12-01", "120.00", "120.00"),
        ("1946-12-31", "120.00", "120.00"),
        ("1947-01-01", "50.00", "120.00"),
        ("1947-02-01", "50.00", "50.00"),
    ],
)
def test_a_higher_band_counts_from_the_month_in_which_it_is_reached(office, birthday, december, january):
    born(office, "chen", birthday)
    office.grant()
    assert office.lines("2026-12") == [("2026-12", "due", december)]
    with clock.standing_at(JANUARY_NEAR):
        assert office.build() > 0
    assert office.lines("2027-01") == [("2027-01", "due", january)]


def test_a_pack_may_count_from_the_following_month(office, changed_pack):
    assert changed_pack("payments/elderly_allowance.yaml", "on: last_day", "on: first_day") == []
    born(office, "chen", "1946-12-02")
    office.grant()
    with clock.standing_at(JANUARY_NEAR):
        office.build()
    assert office.lines("2026-12") == [("2026-12", "due", "50.00")]
    assert office.lines("2027-01") == [("2027-01", "due", "120.00")]


def test_a_corrected_birthday_changes_the_lists_still_open(office):
    office.grant()
    born(office, "chen", "1936-03-08")
    assert office.lines("2026-12") == [("2026-12", "due", "240.00")]


def test_a_list_still_open_goes_by_the_rates_in_force(office, changed_pack):
    office.grant()
    with clock.standing_at(DECEMBER_NEAR):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
    with clock.standing_at(JANUARY_NEAR):
        office.build()
        assert office.lines("2027-01") == [("2027-01", "due", "120.00")]
        assert changed_pack("decisions/amount.table.yaml", '["120"]', '["150"]') != [], (
            "the examples disagree"
        )
        assert changed_pack("decisions/amount.table.yaml", "monthly: 120", "monthly: 150") == []
        office.build()
    assert office.lines("2027-01") == [("2027-01", "due", "150.00")]
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")], "a closed list stays as it is"


def test_whoever_was_held_is_paid_once_an_amount_can_be_told(office):
    office.grant_by_hand("li")
    assert office.lines("2026-12") == [("2026-12", "held", "")]
    born(office, "li", "1956-02-01")
    assert office.lines("2026-12") == [("2026-12", "due", "50.00")]


def test_what_was_held_when_a_list_was_closed_is_owed_in_the_next(office):
    office.grant_by_hand("li")
    with clock.standing_at(DECEMBER_NEAR):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
    with clock.standing_at(JANUARY_NEAR):
        office.tell()
        office.build()
        assert office.lines("2027-01") == [("2026-12", "held", ""), ("2027-01", "held", "")]
        born(office, "li", "1956-02-01")
    assert office.lines("2027-01") == [("2026-12", "due", "50.00"), ("2027-01", "due", "50.00")]
    assert office.lines("2026-12") == [("2026-12", "held", "")]
