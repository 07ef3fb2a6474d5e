"""Service points for everybody: by sub-district and kind, with hours."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yizhan import clock
from yizhan.codes import loading as codes_loading
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.registry import facilities, sources
from yizhan.registry.facilities import Offered
from yizhan.registry.places import Place

pytestmark = pytest.mark.django_db
HOURS = [(day, *span) for day in range(1, 6) for span in (("09:00", "12:00"), ("13:00", "17:00"))]


@pytest.fixture
def points(db):
    codes_loading.load()
    with scope.service():
        sources.declare("survey", zh="楼栋普查", en="Survey", unit="440104")
        offered = [
            Offered(code=code, kind=kind, name_zh=name, name_en="", hours=HOURS, phone="02088880000", since=date(2020, 1, 1),
                    place=Place(division=division, road="示例路", door_plate="2号"))
            for code, kind, name, division in (
                ("F1", "1", "北京街政务服务中心", "440104003001"), ("F2", "4", "北京街长者饭堂", "440104003001"),
                ("F3", "1", "洪桥街政务服务中心", "440104001001"))
        ]  # fmt: skip
        facilities.enter(offered, source="survey", as_of=date(2026, 1, 1), by=HOUSE)


def page(query: dict[str, str] | None = None) -> str:
    answer = Client().get("/facilities", query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_anybody_finds_the_points_of_a_sub_district_with_their_hours(points):
    with clock.standing_at("2026-11-20T09:30"):
        here = page({"of": "440104003000"})
        assert (
            "北京街政务服务中心" in here
            and "北京街长者饭堂" in here
            and "洪桥街" not in here.split("<table")[1]
        )
        assert "周一至周五 09:00–12:00 13:00–17:00" in here and "开放中" in here
        only = page({"of": "440104003000", "kind": "4"}).split("<table")[1]
        assert "长者饭堂" in only and "政务服务中心" not in only
    with clock.standing_at("2026-11-21T09:30"):
        assert "未开放" in page({"of": "440104003000"})


def test_what_nobody_has_says_so(points):
    assert "这里没有登记服务网点" in page({"of": "440104003000", "kind": "7"})
    assert "洪桥街政务服务中心" in page({"of": "x\x00'", "kind": "99"}), "the first sub-district"
