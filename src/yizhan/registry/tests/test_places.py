"""Buildings, grids and addresses: what belongs together, what is told instead of guessed, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from yizhan.identity import rights
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import NotAllowed
from yizhan.registry import buildings, facilities, grids, persons, shapes, sources
from yizhan.registry.facts import facts
from yizhan.registry.faults import Refused
from yizhan.registry.models import Address, Building, Grid, PlaceHistory, Residence
from yizhan.registry.places import Place, Reader, address_of
from yizhan.registry.purposes import Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.places import SURVEYED, grid, middle, square, survey

TODAY = people.TODAY


@pytest.fixture
def surveyed(district):
    """A source of the district's buildings, and a service's scope."""
    with district.looking("service"):
        sources.declare(SURVEYED, zh="楼栋普查", en="Survey of buildings", unit="440199-housing")
        yield district


def enter(*surveys):
    return buildings.enter(surveys, source=SURVEYED, as_of=TODAY, by=HOUSE)


def draw(*drawn, on=date(2026, 1, 1)):
    return grids.draw(drawn, source=SURVEYED, on=on, by=HOUSE)


def test_addresses_entered_before_and_after_belong_to_the_building_and_its_grid(surveyed):
    draw(grid("G1", square(0, 0)))
    (building,) = enter(survey("B1"))
    later = address_of(people.place(people.COMMITTEE_X, "502房"))
    assert (building.grid, building.grid_doubt) == ("G1", "")
    assert {room.room for room in buildings.rooms_of(building)} == {"301房", "502房"}
    assert set(Address.objects.filter(estate=building).values_list("grid", flat=True)) == {"G1"}
    assert later.room == "502房"
    told = facts(surveyed.subjects["A"], ["residence.grid"], purpose=Reason("核对网格"))
    assert told["residence.grid"].value == "G1"


def test_a_point_outside_of_every_grid_and_one_in_two_are_told_and_not_guessed(surveyed):
    enter(
        survey("IN"),
        survey("OUT", building="3栋", point=middle(7, 7)),
        survey("TWO", building="4栋", point=middle(1, 0)),
        survey("NOT", building="5栋", point=None),
    )
    report = draw(grid("G1", square(0, 0, wide=2)), grid("G2", square(1, 0, wide=8, high=8)))
    doubts = dict(Building.objects.values_list("code", "grid_doubt"))
    assert doubts == {"IN": "", "OUT": "", "TWO": "several", "NOT": "no_point"}
    assert (report.moved, report.several) == (["IN", "OUT"], {"TWO": ["G1", "G2"]})
    report = draw(grid("G2", square(1, 0)), on=date(2026, 2, 1))
    assert report.uncovered == ["OUT"]
    assert Building.objects.get(code="OUT").grid == ""


def test_a_new_outline_moves_buildings_and_addresses_and_keeps_what_was(surveyed):
    draw(grid("G1", square(0, 0)), grid("G2", square(1, 0)))
    (building,) = enter(survey("B1"))
    report = draw(grid("G1", square(0, 1)), grid("G2", square(0, 0, wide=2)), on=TODAY)
    assert report.moved == ["B1"]
    building.refresh_from_db()
    assert building.grid == "G2"
    assert set(building.rooms.values_list("grid", flat=True)) == {"G2"}
    (kept,) = PlaceHistory.objects.filter(building=building)
    assert (kept.state, kept.because, kept.valid_until) == ({"grid": "G1"}, "regrid", TODAY)
    assert Grid.objects.filter(code="G1").count() == 2
    assert grids.end("G2", on=TODAY, by=HOUSE).uncovered == ["B1"]


@pytest.mark.parametrize(
    "outline",
    [
        [[[113.27, 23.13], [113.28, 23.14], [113.28, 23.13], [113.27, 23.14], [113.27, 23.13]]],
        [[[113.27, 23.13], [113.28, 23.13], [113.28, 23.14], [113.27, 23.14]]],
        [[[23.13, 113.27], [23.14, 113.27], [23.14, 113.28], [23.13, 113.27]]],
        [[[113.27, 23.13], [113.28, 23.13], [113.29, 23.13], [113.27, 23.13]]],
        [[[113.27, float("nan")]] * 4],
        [],
        "no list",
        [[["x", "y"]] * 4],
        [[[113.27 + n / 10_000_000, 23.13] for n in range(6_000)]],
    ],
    ids=["crosses itself", "open", "swapped", "flat", "not a number", "empty", "text", "letters", "too many"],
)
def test_what_is_no_outline_is_refused_and_not_mended(outline):
    with pytest.raises(Refused):
        shapes.outline(outline)


@pytest.mark.parametrize(
    "point",
    [
        ("113.27", "23.13"),
        ("23.1300001", "113.2700001"),
        ("x", "23.1300001"),
        ("NaN", "23.1300001"),
        ("1e400", "0"),
    ],
    ids=["too coarse", "swapped", "letters", "not a number", "endless"],
)
def test_a_point_that_cannot_be_is_refused(point):
    with pytest.raises(Refused):
        shapes.degrees(*point)


def test_a_point_keeps_seven_decimals(surveyed):
    (building,) = enter(survey("B1", point=("113.27123456", "23.1312345")))
    assert Building.objects.get(id=building.id).longitude == Decimal("113.2712346")


@pytest.mark.parametrize(
    "more",
    [
        {"division": "440199"},
        {"road": "", "door_plate": "", "building": ""},
        {"kind": "77"},
        {"floors": 0},
        {"built": 3000},
        {"name": "长" * 9_000},
        {"road": "榕\x00荫"},
    ],
)
def test_a_survey_that_cannot_be_is_refused(more):
    with pytest.raises(Refused):
        survey("B1", **more)


def test_two_buildings_cannot_have_one_address_in_two_writings(surveyed):
    enter(survey("B1"))
    with pytest.raises(Refused), transaction.atomic():
        enter(survey("B2", door_plate="12号之1", building="第二幢"))
    assert enter(survey("B1", floors=3)) == []


@pytest.mark.parametrize(
    "written",
    [
        "榕荫街12号之一2栋301房",
        "榕荫街 12号之1 第二幢 301室",
        "示例区榕荫街１２号之一２栋301",
        "榕荫街12号之一2号楼301房",
    ],
)
def test_another_writing_means_the_standard_address_that_is_there(surveyed, written):
    before = Address.objects.count()
    found = address_of(Reader().read(people.COMMITTEE_X, written.removeprefix("示例区")))
    assert (found.full_text, Address.objects.count()) == ("榕荫街12号之一2栋301房", before)


def test_a_text_becomes_elements_and_what_is_not_understood_stays(surveyed):
    read = Reader().read
    place = read("440104003001", "广东省广州市越秀区北京街道榕荫街12号之一自编3栋2梯301")
    assert vars(place) == {
        "division": "440104003001", "road": "榕荫街", "door_plate": "12号之一", "building": "自编3栋", "unit": "2梯",
        "floor": "", "room": "301房", "full_text": "榕荫街12号之一自编3栋2梯301房",
    }  # fmt: skip
    assert read("440104003001", "越秀区人民街道榕荫街1号").full_text == "越秀区人民街道榕荫街1号"
    assert read("440104000000", "北京街道榕荫街1号").division == "440104003000"
    assert "后面的棚" in read(people.COMMITTEE_X, "榕荫街12号之一后面的棚").full_text
    with pytest.raises(Refused):
        read(people.COMMITTEE_X, "榕" * 9_000)


def test_a_mover_comes_to_the_standard_address_that_is_there(surveyed):
    to = Place(division=people.COMMITTEE_X, road="榕荫街", door_plate="12号之1", building="2幢", room="301室")
    persons.moved(surveyed.subjects["B"], to, on=TODAY, source="police.household", source_record="m1", by="t")
    lives = Residence.objects.get(person__name="何永康", kind="living", until=None)
    assert lives.address.full_text == "榕荫街12号之一2栋301房"


def test_only_the_office_of_a_source_and_the_house_write(surveyed):
    clerk = rights.actor_in(surveyed.accounts["clerk_x"])
    with pytest.raises(NotAllowed):
        buildings.enter([survey("B1")], source=SURVEYED, as_of=TODAY, by=clerk)
    with pytest.raises(NotAllowed):
        grids.draw([grid("G1", square(0, 0))], source=SURVEYED, on=TODAY, by=clerk)


@pytest.mark.parametrize("who", ["clerk_y", "citizen_a"])
def test_the_database_lets_nobody_else_write_places(surveyed, who):
    (building,) = enter(survey("B1"))
    with (
        surveyed.scope_of(who),
        pytest.raises(DatabaseError, match="office of the area"),
        transaction.atomic(),
    ):
        Building.objects.filter(id=building.id).update(floors=1)


def test_facilities_tell_hours_and_which_are_near(surveyed):
    offered = facilities.Offered(
        code="F1", kind="4", name_zh="榕荫长者饭堂", name_en="Rongyin Canteen", since=date(2024, 1, 1),
        place=people.place(people.COMMITTEE_X, "首层"), point=middle(0, 0),
        hours=[(5, "10:30", "13:00"), (5, "16:30", "18:30")],
    )  # fmt: skip
    assert facilities.enter([offered], source=SURVEYED, as_of=TODAY, by=HOUSE) == 1
    east, north = shapes.degrees(*middle(2, 0))
    (near,) = facilities.near(east, north)
    assert 190 < near.metres < 220
    assert facilities.near(east + 1, north) == []
    at = near.facility.hours
    assert at[0] == [5, "10:30", "13:00"]
    assert facilities.is_open(near.facility) is False  # it is half past nine on a Friday
    with pytest.raises(Refused):
        facilities.Offered(
            code="F", kind="4", name_zh="x", since=TODAY, place=offered.place, hours=[(8, "1", "2")]
        )
