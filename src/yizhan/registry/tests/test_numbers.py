"""Numbers as registers hold them: wrong, old, shared by two, two of one person. All are kept."""

from __future__ import annotations

from datetime import date

import pytest

from yizhan.registry import finding
from yizhan.registry.finding import Outcome
from yizhan.registry.models import Identifier, Person
from yizhan.registry.purposes import ForCase
from yizhan.registry.tests import people

CASE = ForCase("440199-0001")
PLACE = people.place(people.COMMITTEE_X)


def looked_up(district, name, number, **more):
    with district.looking("clerk_x"):
        return finding.exact(name, number, purpose=CASE, **more)


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        (people.NUMBER_B, True),
        (people.NUMBER_B[:-1] + ("0" if people.NUMBER_B[-1] != "0" else "1"), False),
        ("440199195013170317", False),
        ("12345", False),
        ("", None),
    ],
)
def test_a_wrong_number_is_kept_and_marked(district, enter, number, ok):
    subject = enter("W", "何小满", id_number=number, living=PLACE)
    with district.scope_of("service"):
        person = Person.objects.get(id=subject.removeprefix("person:"))
        assert (person.id_number, person.id_ok) == (number, ok)
        assert Identifier.objects.filter(person=person).count() == bool(number)


def test_a_wrong_number_with_the_right_name_still_finds_the_person(district, enter):
    subject = enter("W", "何小满", id_number="440199195013170317", living=PLACE)
    assert looked_up(district, "何小满", "440199195013170317").subject == subject


def test_an_old_number_of_15_digits_leads_to_the_person_in_both_forms(district, enter):
    old = people.NUMBER_SON[:6] + people.NUMBER_SON[8:17]
    subject = enter("O", "赵国柱", id_number=old, living=PLACE)
    assert looked_up(district, "赵国柱", old).subject == subject
    assert looked_up(district, "赵国柱", people.NUMBER_SON).subject == subject
    with district.scope_of("service"):
        rows = Identifier.objects.filter(person_id=subject.removeprefix("person:"))
        assert {(row.value, row.alias) for row in rows} == {(people.NUMBER_SON, False), (old, True)}


def test_of_two_persons_with_one_number_the_name_decides(district, enter):
    twin = enter("T", "何永健", id_number=people.NUMBER_B, living=PLACE)
    assert looked_up(district, "何永健", people.NUMBER_B).subject == twin
    assert looked_up(district, "何永康", people.NUMBER_B).subject == district.subjects["B"]


def test_a_number_that_two_persons_bear_makes_neither_of_them_ones_own(district, enter):
    enter("T", "何永健", id_number=people.NUMBER_B, living=PLACE)
    with district.scope_of("citizen_b"):
        assert not Person.objects.exists()


def test_two_entries_with_one_number_and_one_name_are_for_the_window_to_settle(district, enter):
    enter("T", "何永康", id_number=people.NUMBER_B, living=PLACE)
    match = looked_up(district, "何永康", people.NUMBER_B)
    assert (match.outcome, match.subject) == (Outcome.SEVERAL, None)


def test_a_person_with_two_numbers_is_found_by_either_and_is_ones_own_by_either(district, enter):
    second = people.number_of(date(1980, 2, 1), 4)
    subject = enter("2", "苏二妹", id_number=second, other_numbers=(("414", "e 1234567"),), living=PLACE)
    assert looked_up(district, "苏二妹", second).subject == subject
    assert looked_up(district, "苏二妹", "E1234567", id_type="414").subject == subject
    account = district.accounts["stranger"]
    account.document_type, account.document_number, account.assurance = "414", "E1234567", 1
    account.save()
    with district.scope_of("stranger"):
        assert [person.subject for person in Person.objects.all()] == [subject]


@pytest.mark.parametrize("typed", ["陈玉兰", " 陈 玉 兰 ", "陈玉兰\u3000"])
@pytest.mark.parametrize("number", [people.NUMBER_A, f" {people.NUMBER_A[:6]} {people.NUMBER_A[6:].lower()}"])
def test_blanks_and_width_do_not_matter(district, typed, number):
    assert looked_up(district, typed, number).subject == district.subjects["A"]


def test_the_dot_of_a_transcribed_name_does_not_matter(district, enter):
    subject = enter("D", "阿卜杜拉·买买提", id_number=people.NUMBER_SON, living=PLACE)
    for dot in "·•・.":
        assert looked_up(district, f"阿卜杜拉{dot}买买提", people.NUMBER_SON).subject == subject
