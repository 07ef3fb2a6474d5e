"""Who is in a house: whom one may see, and no count of the others."""

from __future__ import annotations

import pytest

from yizhan.codes import uscc
from yizhan.identity.actor import HOUSE
from yizhan.journal.models import Access
from yizhan.registry import buildings, entities, occupants, premises, sources
from yizhan.registry.entities import Details
from yizhan.registry.faults import Refused
from yizhan.registry.models import Building, Premises
from yizhan.registry.purposes import Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.places import SURVEYED, survey
from yizhan.registry.tests.test_shown import limited

WHY = Reason("入户走访核对")

# In the house of committee Y live S (registered in X) and B; in that of X lives A, and S is registered there.
SEES = {
    "clerk_x": {"X": "AS", "Y": "S"},
    "clerk_y": {"X": "S", "Y": "BS"},
    "supervisor": {"X": "AS", "Y": "BS"},
    "citizen_b": {"X": "", "Y": "B"},
    "stranger": {"X": "", "Y": ""},
}


@pytest.fixture
def houses(district):
    with district.looking("service"):
        source = sources.declare(SURVEYED, zh="楼栋普查", en="Survey of buildings", unit="440199")
        buildings.enter(
            [survey("X"), survey("Y", division=people.COMMITTEE_Y)],
            source=SURVEYED,
            as_of=people.TODAY,
            by=HOUSE,
        )
        company = entities.enter(
            uscc.make("91", "440199", "MA000001"), "示例云澜有限公司", representative="陈玉兰",
            document=f"111:{people.NUMBER_A}",
            source=source, as_of=people.TODAY,
            details=Details(address="榕荫街12号之1二栋首层", division=people.COMMITTEE_Y),
        )  # fmt: skip
        premises.settle(company)
    return district


@pytest.mark.parametrize(("who", "seen"), SEES.items())
@pytest.mark.parametrize("code", ["X", "Y"])
def test_the_list_and_every_count_hold_whom_one_may_see(houses, who, seen, code):
    building = Building.objects.get(code=code)
    subjects = {houses.subjects[one] for one in seen[code]}
    with houses.looking(who):
        living = sum(occupants.counted(building).values())
        if who.startswith(("citizen", "stranger")):
            with pytest.raises(Refused):
                occupants.of_building(building, purpose=WHY)
            return
        found = occupants.of_building(building, purpose=WHY)
    assert {one.subject for one in found.persons} == subjects
    assert living == len({one.subject for one in found.persons if "living" in one.kinds})
    assert all(one.name.endswith("＊") for one in found.persons)
    if subjects:
        line = Access.objects.order_by("-id").first()
        assert subjects <= set(line.subjects)
        assert line.purpose == str(WHY)


@pytest.mark.parametrize(
    ("shown", "kinds"),
    [("residence", {"living"}), ("household", {"registered"}), ("education", set())],
)
def test_a_post_is_told_only_what_its_roles_show_of_where_somebody_is(houses, shown, kinds):
    limited(houses, "clerk_x", [shown])
    building = Building.objects.get(code="X")
    with houses.looking("clerk_x"):
        found = occupants.of_building(building, purpose=WHY)
        assert {kind for one in found.persons for kind in one.kinds} == kinds
        assert any(one.book for one in found.persons) == (shown == "household")
        assert bool(occupants.counted(building)) == (shown == "residence")


def test_a_company_is_at_the_standard_address_its_text_means_and_seen_with_the_company(houses):
    building = Building.objects.get(code="Y")
    with houses.looking("service"):
        row = Premises.objects.get()
        assert row.address.estate == building
        assert [one.name for one in occupants.of_building(building, purpose=WHY).companies] == [
            "示例云澜有限公司"
        ]
    with houses.looking("clerk_x"):
        assert Premises.objects.count() == 0
        assert occupants.of_building(building, purpose=WHY).companies == ()


def test_the_looks_of_a_day_are_counted(houses):
    building = Building.objects.get(code="X")
    with houses.looking("clerk_x"):
        for _look in range(200):
            occupants.of_building(building, purpose=WHY)
        with pytest.raises(Refused):
            occupants.of_building(building, purpose=WHY)
