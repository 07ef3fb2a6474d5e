"""Households: members whom one may not see keep their names to themselves."""

from __future__ import annotations

import pytest

from yizhan.journal.models import Access
from yizhan.registry import finding
from yizhan.registry.faults import NotHere
from yizhan.registry.households import household_of
from yizhan.registry.purposes import ForCase, Own, Reason
from yizhan.registry.tests import people


def members(household):
    return [(one.name, one.masked, one.relation, one.subject is not None) for one in household.members]


def test_a_citizen_sees_her_household_with_the_names_of_others_masked(district):
    with district.looking("citizen_a"):
        household = household_of(district.subjects["A"], purpose=Own())
    assert household.book_number.value == "440199001-0001"
    assert members(household) == [("陈玉兰", False, "02", True), ("李＊＊", True, "20", False)]
    assert household.members[0].is_head


def test_a_clerk_of_the_area_sees_all_of_them_masked(district):
    with district.looking("clerk_x"):
        household = household_of(district.subjects["A"], purpose=Reason("核对信息"))
    assert household.book_number.masked
    assert members(household) == [("陈＊＊", True, "02", True), ("李＊＊", True, "20", True)]


def test_a_window_clerk_with_a_case_sees_the_names_of_those_she_may_see(district):
    with district.looking("clerk_y"):
        finding.exact("陈玉兰", people.NUMBER_A, purpose=ForCase("440199-0001"))
        household = household_of(district.subjects["A"], purpose=ForCase("440199-0001"))
    assert members(household) == [("陈玉兰", False, "02", True), ("李志强", False, "20", True)]


def test_what_was_seen_of_a_household_stands_in_the_log(district):
    with district.looking("citizen_a"):
        household_of(district.subjects["A"], purpose=Own())
    line = Access.objects.get()
    assert line.subjects == [district.subjects["A"]]
    assert line.fields == ["household.book_number", "person.name", "household.relation"]


def test_a_strangers_household_is_nobodys(district):
    with district.looking("citizen_b"), pytest.raises(NotHere):
        household_of(district.subjects["A"], purpose=Own())


def test_who_has_no_household_has_one_without_members(district, enter):
    subject = enter("L", "单身汉", living=people.place(people.COMMITTEE_X))
    with district.looking("supervisor"):
        household = household_of(subject, purpose=Reason("核对信息"))
    assert (household.book_number.value, household.members) == (None, ())
