"""One company on one page: for staff whose areas hold it, without what is nobody's business."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yizhan.cases.tests.conftest import Town
from yizhan.codes import loading as codes_loading
from yizhan.codes import uscc
from yizhan.desk.tests.conftest import browser_of, give
from yizhan.identity import scope
from yizhan.journal.models import Access
from yizhan.registry import entities, entity_changes, entity_ties, sources
from yizhan.registry.entities import Details
from yizhan.registry.entity_changes import Word
from yizhan.registry.entity_ties import Decision, Share

CODE = uscc.make("91", "440199", "MA000001")
PAGE = f"/desk/register/companies/{CODE}"


@pytest.fixture
def company(town: Town) -> Town:
    codes_loading.load()
    with scope.service():
        source = sources.declare("market", zh="市场主体登记", en="Company register", unit="440104-mz")
        details = Details(
            "有限责任公司",
            "越秀区示例路8号",
            "440104003001",
            date(2020, 3, 1),
            state="1",
            phone="02081234567",
        )
        entities.enter(
            CODE, "示例云澜文化有限公司", representative="郑丽华", document="111:440199197405010021",
            source=source, as_of=date(2026, 1, 5), details=details,
        )  # fmt: skip
        word = Word(source="market", record="1")
        subject = f"entity:{CODE}"
        entity_ties.hold(subject, Share(name="示例母公司", share=Decimal("62.5")), word=word)
        for number, title, until in (
            ("1", "旧的处罚", date(2026, 2, 1)),
            ("2", "新的处罚", date(2027, 2, 1)),
        ):
            penalty = Decision(
                kind="penalty", number=number, title=title, authority="某局", decided_on=date(2025, 1, 1),
                grade="2", public_until=until,
            )  # fmt: skip
            entity_ties.decided(subject, penalty, word=word)
        moved = {"address": "越秀区示例路9号", "phone": "02087654321"}
        entity_changes.changed(subject, moved, on=date(2026, 5, 1), word=word)
    return town


def test_a_supervisor_of_the_district_finds_the_company_and_reads_all_that_is_public(company):
    give(company, "clerk", "platform.supervisor", "all")
    browser = browser_of(company.people["clerk"])
    assert CODE in browser.get("/desk/register/companies", {"q": "云澜"}).content.decode()
    assert "没有查到" in browser.get("/desk/register/companies", {"q": "x\x00'%"}).content.decode()
    page = browser.get(PAGE).content.decode()
    for told in (
        "郑丽华",
        "越秀区示例路9号",
        "越秀区示例路8号",
        "示例母公司",
        "62.5%",
        "新的处罚",
        "76 分",
        "市场主体登记",
    ):
        assert told in page, told
    for closed in ("旧的处罚", "440199197405010021", "02081234567", "02087654321"):
        assert closed not in page, closed
    line = Access.objects.latest("id")
    assert (line.subjects, line.purpose) == ([f"entity:{CODE}"], "reason:查阅企业公示信息")


def test_whoever_s_areas_do_not_hold_it_gets_no_page_and_no_line_of_the_list(company):
    browser = browser_of(company.people["clerk"])
    assert browser.get(PAGE).status_code == 404
    assert browser.get("/desk/register/companies/none").status_code == 404
    assert CODE not in browser.get("/desk/register/companies").content.decode()
