"""Pages of buildings: any member of staff finds them; who is there takes a reason and an area, and leaves a line."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import RoleGrant
from yizhan.journal.models import Access
from yizhan.registry import buildings, facilities, grids, persons, sources
from yizhan.registry.buildings import Survey
from yizhan.registry.facilities import Offered
from yizhan.registry.grids import Drawn
from yizhan.registry.models import Person, Residence
from yizhan.registry.places import Place

DAY = date(2026, 1, 1)


def ring(west: float) -> list:
    return [[[west, 23.13], [west + 0.01, 23.13], [west + 0.01, 23.14], [west, 23.14], [west, 23.13]]]


@pytest.fixture
def home(town):
    """The building of 陈玥堃's address, in a grid, with a canteen beside it."""
    with scope.service():
        sources.declare("test.buildings", zh="楼栋普查", en="Survey of buildings", unit="x")
        person = Person.objects.get(id=town.subjects["chen"].removeprefix("person:"))
        address = Residence.objects.get(person=person, kind="living", until=None).address
        grids.draw(
            [Drawn(code="G1", division=address.division, name="第一网格", outline=ring(113.26))],
            source="test.buildings", on=DAY, by=HOUSE,
        )  # fmt: skip
        (row,) = buildings.enter(
            [Survey(code="B1", division=address.division, road=address.road, door_plate=address.door_plate,
                    building=address.building, kind="1", floors=9, point=("113.2650001", "23.1350001"),
                    outline=ring(113.2649), since=DAY)],
            source="test.buildings", as_of=DAY, by=HOUSE,
        )  # fmt: skip
        canteen = Offered(
            code="F1", kind="4", name_zh="示例长者饭堂", name_en="Example Canteen", since=DAY,
            point=("113.2660001", "23.1350001"), hours=[(day, "10:30", "13:00") for day in (1, 2)],
            place=Place(division=address.division, road="示例路", door_plate="2号"),
        )  # fmt: skip
        facilities.enter([canteen], source="test.buildings", as_of=DAY, by=HOUSE)
        grids.draw(
            [Drawn(code="G1", division=address.division, name="第一网格", outline=ring(113.10)),
             Drawn(code="G2", division=address.division, name="第二网格", outline=ring(113.26))],
            source="test.buildings", on=date(2026, 6, 1), by=HOUSE,
        )  # fmt: skip
    return row


@pytest.fixture
def clerk(town, as_):
    """A clerk whose reach is the area of 北京街道."""
    RoleGrant.objects.filter(post__appointments__account=town.people["clerk"]).update(reach="area")
    return as_("clerk")


def page(answer) -> str:
    return answer.content.decode()


def test_a_building_is_found_by_the_beginning_of_its_address(clerk, home):
    found = page(clerk.get("/desk/places", {"q": str(home)[:3]}))
    assert "/desk/places/B1" in found
    assert "/desk/places/B1" in page(clerk.get("/desk/places", {"q": f"{home}301房"}))
    assert "没有找到楼栋" in page(clerk.get("/desk/places", {"q": "没有的路"}))
    assert "没有找到楼栋" in page(clerk.get("/desk/places", {"q": "长" * 9_000}))


def test_its_page_tells_grid_facilities_and_what_was(clerk, home):
    told = page(clerk.get("/desk/places/B1"))
    for words in ("第二网格", "示例长者饭堂", "周一至周二 10:30–13:00", "此前为", "G1", "形状、位置均为虚构"):
        assert words in told
    assert clerk.get("/desk/places/none").status_code == 404


def test_who_is_there_takes_a_reason_and_leaves_a_line(town, clerk, home):
    before = Access.objects.count()
    assert "陈＊＊" not in page(clerk.get("/desk/places/B1"))
    assert Access.objects.count() == before
    assert clerk.post("/desk/places/B1", {"reason": "查"}).status_code == 422
    told = page(clerk.post("/desk/places/B1", {"reason": "入户走访前核对"}))
    assert "陈＊＊" in told
    assert "陈玥堃" not in told
    line = Access.objects.order_by("-id").first()
    assert (line.action, line.purpose) == ("search", "reason:入户走访前核对")
    assert town.subjects["chen"] in line.subjects


def test_outside_of_ones_area_nobody_is_listed_or_counted(town, as_, home):
    give_area = RoleGrant.objects.filter(post__appointments__account=town.people["stranger"])
    give_area.update(reach="area")
    stranger = as_("stranger")
    seen = page(stranger.get("/desk/places/B1"))
    assert 'class="num">1</td>' not in seen
    told = page(stranger.post("/desk/places/B1", {"reason": "入户走访前核对"}))
    assert "您可以查看的范围内没有人员或单位" in told
    assert "陈＊＊" not in told


def test_the_map_asks_for_what_is_in_view_and_no_more(clerk, home):
    sides = {"west": "113.26", "south": "23.13", "east": "113.27", "north": "23.14"}
    (feature,) = clerk.get("/desk/places/view.json", sides).json()["features"]
    assert feature["properties"]["url"] == "/desk/places/B1"
    assert clerk.get("/desk/places/view.json", {**sides, "west": "100"}).json()["too_wide"]
    for wrong in ({}, {**sides, "west": "x"}, {**sides, "west": "nan"}):
        assert clerk.get("/desk/places/view.json", wrong).status_code in {200, 404}


def test_a_list_asks_the_same_for_one_building_and_for_many(clerk, home):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            clerk.get("/desk/places", {"q": "B"})
        return len(queries)

    asked()  # what a process asks once
    first = asked()
    with scope.service():
        buildings.enter(
            [Survey(code=f"B{n}", division=home.division, road="示例街", door_plate=f"{n}号", since=DAY)
             for n in range(2, 30)],
            source="test.buildings", as_of=DAY, by=HOUSE,
        )  # fmt: skip
    assert asked() == first


def test_a_room_has_a_page_with_who_is_there_who_was_and_links(clerk, home, town):
    person = town.subjects["chen"].removeprefix("person:")
    with scope.service():
        room = Residence.objects.get(person=person, kind="living", until=None).address
        persons.moved(
            town.subjects["chen"], Place(division=room.division, road="示例路", door_plate="99号"),
            on=date(2026, 11, 20), source="police", source_record="M-1", by="house",
        )  # fmt: skip
    assert f"/desk/places/rooms/{room.id}" in page(clerk.get("/desk/places/B1"))
    address = f"/desk/places/rooms/{room.id}"
    first = page(clerk.get(address))
    assert room.full_text in first and "/desk/places/B1" in first and "陈" not in first
    assert clerk.post(address, {"reason": "?"}).status_code == 422
    there = page(clerk.post(address, {"reason": "入户走访前核对"}))
    assert f"/desk/register/persons/{person}" in there, "registered there still"
    assert "以前在此的人员" in there and "2026年11月20日" in there
    assert clerk.get("/desk/places/rooms/999999999999999999999").status_code == 404


def test_grids_are_listed_by_committee_with_their_buildings(clerk, home):
    listed = page(clerk.get("/desk/places/grids"))
    assert "第二网格" in listed and "/desk/places/grids/G2" in listed
    assert "/desk/places/B1" in page(clerk.get("/desk/places/grids/G2"))
    assert "没有登记楼栋" in page(clerk.get("/desk/places/grids/G1"))
    assert clerk.get("/desk/places/grids/none").status_code == 404


def test_the_list_of_a_committee_is_taken_away_with_one_line_that_names_everybody(clerk, home, town):
    listed = f"/desk/places/committees/{home.division}"
    assert listed in page(clerk.get("/desk/places/grids"))
    assert "陈" not in page(clerk.get(listed))
    assert clerk.post(listed, {"reason": "?"}).status_code == 422
    table = clerk.post(listed, {"reason": "核对本社区老人名单"}).content.decode("utf-8-sig").splitlines()
    assert "核对本社区老人名单" in table[0] and any("陈" in line for line in table[2:])
    line = Access.objects.get(action="export")
    assert town.subjects["chen"] in line.subjects and len(line.subjects) == len(table) - 2
    for elsewhere in ("440104005001", home.division[:9] + "000", "x", home.division[:9] + "\\x00"):
        assert clerk.get(f"/desk/places/committees/{elsewhere}").status_code == 404
