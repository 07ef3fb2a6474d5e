"""All that is known of me, to see and to take away; and who looked at it."""

from __future__ import annotations

import json

import pytest

from yizhan.cases.tests.conftest import PERSONS
from yizhan.codes import loading as codes_loading
from yizhan.journal.models import Access
from yizhan.portal.tests.pages import text
from yizhan.registry import objecting
from yizhan.registry.purposes import Own
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped


def test_one_sees_all_categories_in_full_with_their_source(as_, town):
    name, *_rest = PERSONS["chen"]
    page = text(as_("chen").get("/my/file"))
    for words in ("身份信息", "户籍信息", "流动人口信息", name, "来源：", "截至"):
        assert words in page, words
    assert "****" not in page
    assert PERSONS["wang"][0] not in page
    line = Access.objects.filter(purpose="own").latest("id")
    assert "person.id_number" in line.fields


def test_it_is_taken_away_for_people_and_for_programs(as_, town):
    browser = as_("chen")
    told = browser.post("/my/file/download", {"form": "json"})
    assert told.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    known = json.loads(told.content)
    values = {field["key"]: field for one in known["categories"] for field in one["fields"]}
    assert [one["name"] for one in known["household"]] == [PERSONS["chen"][0]]
    assert values["person.name"]["value"] == PERSONS["chen"][0] and values["person.name"]["source"]
    table = browser.post("/my/file/download", {"form": "csv"})
    assert table.headers["Content-Disposition"] == 'attachment; filename="my-data.csv"'
    assert f"身份信息,姓名,{PERSONS['chen'][0]},公安户籍登记," in table.content.decode("utf-8-sig")
    page = browser.post("/my/file/download", {"form": "page"}).content.decode()
    assert PERSONS["chen"][0] in page and "<script" not in page and "http" not in page
    assert Access.objects.filter(action="export", purpose="own").count() == 3
    assert browser.get("/my/file/download").status_code == 405


def test_who_looked_is_told_by_unit_and_post_without_a_name(as_, town):
    doubtful = town.apply("chen", other_allowance=True)
    as_("clerk").get(f"/desk/cases/{doubtful}")
    page = text(as_("chen").get("/my/looks"))
    assert doubtful in page and "北京街道办事处" in page
    assert town.people["clerk"].name not in page
    looks = as_("chen").get("/api/my/looks").json()
    assert any(doubtful in one["why"] for one in looks["looks"])
    assert doubtful not in text(as_("wang").get("/my/looks"))


@pytest.mark.parametrize("below", ["x", "-1", "9" * 40, "٣", ""])
def test_a_strange_page_is_the_first(as_, town, below):
    assert as_("chen").get("/my/looks", {"below": below}).status_code == 200
    assert as_("chen").get("/api/my/looks", {"below": below}).json()["looks"] == []


def test_staff_have_no_such_page_and_strangers_are_asked_to_log_in(as_, town, client):
    assert as_("clerk").get("/my/file").status_code == 403
    assert client.get("/my/looks").headers["Location"].startswith("/login")


def test_an_objection_begins_beside_the_value_and_marks_it(as_, town):
    codes_loading.load()
    publish(shipped("register_objection"), by="test")
    browser = as_("chen")
    answer = browser.post("/my/file/objection", {"key": "person.name"})
    page = text(browser.get(answer.headers["Location"]))
    assert PERSONS["chen"][0] in page and "公安户籍登记" in page and "应当登记为" in page
    again = browser.post("/my/file/objection", {"key": "person.name"}).headers["Location"]
    assert again == answer.headers["Location"]
    other = browser.post("/my/file/objection", {"key": "person.sex"}).headers["Location"]
    assert other != again
    with town.acting("chen"):
        objecting.begin(
            town.subjects["chen"], "person.name", "陈玥坤", case="YX2026-1", by="test", purpose=Own()
        )
    mine = text(browser.get("/my/file"))
    assert mine.count("有异议，处理中") == 2 and "陈玥坤" in mine
    assert browser.post("/my/file/objection", {"key": "person.name"}).headers["Location"] == "/cases/YX2026-1"
    assert browser.post("/my/file/objection", {"key": "person.age"}).status_code == 404
