"""What a leader sees of what is late."""

from __future__ import annotations

from yizhan import clock
from yizhan.desk.tests.conftest import give
from yizhan.voice import rating


def test_by_unit_with_links_and_masked(town, doubtful, as_):
    give(town, "approver", "platform.supervisor", "all")
    with clock.standing_at("2026-12-01T10:00"):
        page = as_("approver").get("/desk/late").content.decode()
        one = as_("approver").get("/desk/late?unit=440104-bj").content.decode()
        none = as_("approver").get("/desk/late?unit=440104-lr").content.decode()
    for words in (
        "北京街道办事处",
        f'href="/desk/cases/{doubtful}"',
        "已超期 2 个工作日",
        "未签收",
        "陈＊堃",
    ):
        assert words in page, words
    assert "陈玥堃" not in page
    assert doubtful in one
    assert "没有超期和临期的任务" in none


def test_bad_ratings_past_their_limit_are_there_too(town, as_):
    number = town.apply("chen")
    with town.acting("chen") as actor:
        rating.rate(town.case(number), 1, by=actor, words="看不懂")
    give(town, "approver", "platform.supervisor", "all")
    assert "差评整改超期" not in as_("approver").get("/desk/late").content.decode()
    with clock.standing_at("2026-11-26T10:00"):
        page = as_("approver").get("/desk/late").content.decode()
    for words in ("差评整改超期", "超期 1 件", number, "回访核实", "非常不满意", "已超期"):
        assert words in page, words
    assert "看不懂" not in page


def test_it_is_for_supervisors(town, doubtful, as_):
    assert as_("clerk").get("/desk/late").status_code == 403
    assert "时限监察" not in as_("clerk").get("/desk/").content.decode()
