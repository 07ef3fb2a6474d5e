"""A committee ends: what lay in it goes to its successors where that is beyond doubt, and the rest is told."""

from __future__ import annotations

from datetime import date

import pytest

from yizhan.codes import divisions
from yizhan.codes.models import Division
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import NotAllowed
from yizhan.registry import buildings, carrying, grids, sources
from yizhan.registry.faults import Refused
from yizhan.registry.models import Address, Building, Household, Person, PersonHistory, PlaceHistory
from yizhan.registry.places import address_of
from yizhan.registry.tests import people
from yizhan.registry.tests.places import SURVEYED, grid, middle, square, survey

ENDED, HEIR, OTHER = people.COMMITTEE_X, "440199001011", "440199001012"
DAY = date(2026, 11, 1)


def division(code, **more):
    return Division.objects.create(
        code=code,
        name=f"示例{code[-3:]}社区",
        kind="committee",
        parent=f"{code[:9]}000",
        source="测试",
        verified=True,
        **more,
    )


@pytest.fixture
def ending(district):
    """Committee X has ended; its persons are A, who lives there, and S, who is registered there."""
    old = division(
        ENDED,
        valid_from=date(2010, 1, 1),
        from_precision="day",
        valid_to=date(2026, 10, 31),
        to_precision="day",
    )
    with district.looking("service"):
        sources.declare(SURVEYED, zh="楼栋普查", en="Survey of buildings", unit="440199")
        district.ended = old
        yield district


def heirs(old, *codes):
    old.successors.add(*(division(code, valid_from=DAY, from_precision="day") for code in codes))


def carry():
    return carrying.carry_over(ENDED, on=DAY, by=HOUSE)


def enter(*surveys):
    return buildings.enter(surveys, source=SURVEYED, as_of=DAY, by=HOUSE)


def test_with_one_successor_everything_goes_there_and_what_was_is_kept(ending):
    heirs(ending.ended, HEIR)
    (building,) = enter(survey("B1"))
    told = carry()
    assert (told.buildings, told.addresses, told.persons, told.households, told.left) == (1, 1, 2, 1, [])
    a, s = (Person.objects.get(id=ending.subjects[one].removeprefix("person:")) for one in "AS")
    assert (a.register_division, a.living_division, s.register_division) == (HEIR, HEIR, HEIR)
    assert s.living_division == people.COMMITTEE_Y
    assert Household.objects.get(book_number="440199001-0001").division == HEIR
    assert set(Building.objects.get(id=building.id).rooms.values_list("division", flat=True)) == {HEIR}
    kept = PersonHistory.objects.get(person=a)
    assert (kept.state["living_division"], kept.valid_until) == (ENDED, DAY)
    assert {row.state["division"] for row in PlaceHistory.objects.all()} == {ENDED}
    assert [one.code for one in divisions.current_successors(ENDED)] == [HEIR]
    assert carry().persons == 0


def test_of_several_successors_the_grid_decides_and_the_rest_is_told(ending):
    heirs(ending.ended, HEIR, OTHER)
    grids.draw(
        [grid("G1", square(0, 0), HEIR), grid("G2", square(1, 0), OTHER)],
        source=SURVEYED,
        on=date(2026, 10, 1),
        by=HOUSE,
    )
    enter(survey("B1"), survey("B2", building="9栋", point=middle(7, 7)))
    address_of(people.place(ENDED, "").__class__(division=ENDED, full_text="榕树头的棚屋"))
    told = carry()
    assert (told.buildings, told.addresses, told.persons) == (1, 1, 2)
    assert told.left == [
        ("building", "B2", "several_successors"),
        ("address", "榕树头的棚屋", "several_successors"),
    ]
    assert Person.objects.filter(register_division=HEIR).count() == 2


def test_a_place_that_is_there_already_stays_for_somebody_to_look_at(ending):
    heirs(ending.ended, HEIR)
    address_of(people.place(HEIR))
    told = carry()
    assert (told.addresses, told.persons) == (0, 0)
    assert [(kind, why) for kind, _key, why in told.left] == [
        ("address", "same_address"), ("household", "its_address"), ("person", "her_address"), ("person", "her_address"),
    ]  # fmt: skip
    assert Address.objects.filter(division=ENDED).count() == 1


def test_what_is_still_there_or_leads_nowhere_is_refused(ending):
    with pytest.raises(Refused):
        carry()
    division(HEIR)
    with pytest.raises(Refused):
        carrying.carry_over(HEIR, on=DAY, by=HOUSE)


def test_only_the_house_carries_over(district):
    with district.looking("supervisor"), pytest.raises(NotAllowed):
        carry()
