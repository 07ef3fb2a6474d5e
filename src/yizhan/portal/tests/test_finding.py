"""Finding a service, and reading its guide."""

from __future__ import annotations

import pytest
from django.test import Client

from yizhan.cases.models import Item
from yizhan.portal.tests.pages import statements, text
from yizhan.releases.models import Release


def test_the_first_page_shows_what_can_be_done(town):
    page = text(Client().get("/"))
    assert "您想办什么事？" in page
    assert "高龄津贴申领" in page
    assert "承诺时限" in page
    assert "10 个工作日" in page
    assert "免提交 2 份材料" in page
    assert "登录 / 注册" in page


def test_the_first_page_stands_in_an_empty_house(db):
    page = text(Client().get("/"))
    assert "您想办什么事？" in page
    assert "全部 0 项" in page


def test_whoever_has_something_to_do_is_shown_it_first(town, as_):
    town.permit_several()
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    as_("chen").post("/items/elderly_allowance/apply")
    page = text(as_("chen").get("/"))
    assert page.index("没有填完") < page.index("已受理")
    assert f"/cases/{number}" in page
    assert f"/cases/{number}" not in text(as_("wang").get("/"))


def test_the_first_page_asks_the_database_little(town, as_):
    nobody, chen = Client(), as_("chen")
    for browser in (nobody, chen):
        browser.get("/")
    assert len(statements(lambda: nobody.get("/"))) <= 4
    # session, account, presence, scope and its date, unread messages, two of her own
    assert len(statements(lambda: chen.get("/"))) <= 10


def test_many_items_cost_no_more_statements(town):
    release = Release.objects.get()
    for number in range(30):
        Item.objects.create(
            code=f"item_{number}",
            release=release,
            title_zh=f"事项{number}",
            title_en=f"Item {number}",
            unit="440104-mz",
            objects_served="person",
            sort=f"{number:03d}",
            card={"icon": "old", "promised": [5, "working_days"], "ways": ["online"], "visits": 0},
        )
    browser = Client()
    browser.get("/")
    assert len(statements(lambda: browser.get("/"))) <= 4
    page = text(browser.get("/"))
    assert "全部 31 项" in page
    assert page.count('class="service card"') == 8


def test_a_browser_that_has_the_page_does_not_get_it_again(town):
    browser = Client()
    first = browser.get("/items/elderly_allowance")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language"} <= set(first.headers["Vary"].split(", "))
    again = browser.get("/items/elderly_allowance", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    browser.cookies["django_language"] = "en"
    other = browser.get("/items/elderly_allowance", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert other.status_code == 200


def test_searching_finds_in_everyday_words(town):
    page = text(Client().get("/items", {"q": "给妈妈办老人津贴"}))
    assert "高龄津贴申领" in page
    assert "共 1 项" in page


def test_searching_for_what_is_not_there_says_what_to_do(town):
    page = text(Client().get("/items", {"q": "护照"}))
    assert "没有找到合适的事项" in page
    assert "12345" in page


def test_items_for_companies_leave_out_those_for_persons(town):
    assert "高龄津贴申领" not in text(Client().get("/items", {"for": "entity"}))
    assert "高龄津贴申领" in text(Client().get("/items", {"for": "person"}))
    assert "高龄津贴申领" in text(Client().get("/items", {"for": "nonsense"}))


@pytest.mark.parametrize(
    "words", ["\0", "'", "' | '", "& ! ( )", "\\", "𠀀", "x" * 5000, "<script>alert(1)</script>"]
)
def test_nothing_that_is_typed_breaks_the_search(town, words):
    answer = Client().get("/items", {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in text(answer)


def test_the_guide_tells_all_before_one_begins(town):
    page = text(Client().get("/items/elderly_allowance"))
    for words in (
        "年满 70 周岁", "居民身份证", "免提交", "街道受理", "待核实", "各街道政务服务中心综合窗口",
        "每月什么时候到账", "越秀区民政局", "442011005000", "法定时限", "20 个工作日", "不收费",
        "60 日内依法申请行政复议",
    ):  # fmt: skip
        assert words in page
    assert 'class="process-drawing"' in page
    assert 'href="/items/elderly_allowance/apply"' in page


def test_the_guide_in_english_has_no_chinese_words_but_names(town):
    browser = Client()
    browser.cookies["django_language"] = "en"
    page = text(browser.get("/items/elderly_allowance"))
    for words in (
        "Aged 70 or over",
        "10 working days",
        "Resident identity card",
        "Check against the registers",
    ):
        assert words in page


def test_the_guide_asks_the_database_little(town):
    browser = Client()
    browser.get("/items/elderly_allowance")
    assert len(statements(lambda: browser.get("/items/elderly_allowance"))) <= 4


def test_an_item_out_of_use_has_no_guide(town):
    Item.objects.update(in_use=False)
    assert Client().get("/items/elderly_allowance").status_code == 404
    assert Client().get("/items/never_was").status_code == 404
