"""One field finds cases, services and pages; persons only for a reason."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from yizhan.codes import uscc
from yizhan.desk.tests.conftest import give
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Presence, RoleGrant
from yizhan.journal.models import Access
from yizhan.registry.models import Entity, Source


@pytest.fixture
def clerk(town, as_):
    """A clerk whose reach is the area of 北京街道, so that the register's search works there."""
    RoleGrant.objects.filter(post__appointments__account=town.people["clerk"]).update(reach="area")
    return as_("clerk")


def search(browser, words: str) -> str:
    return browser.get("/desk/search", {"q": words}, follow=True).content.decode()


def test_a_whole_number_leads_to_the_case(clerk, doubtful):
    assert clerk.get("/desk/search", {"q": doubtful.lower()}).headers["Location"] == f"/desk/cases/{doubtful}"


def test_the_beginning_of_a_number_lists_cases_masked(clerk, doubtful):
    page = search(clerk, doubtful[:-2])
    assert doubtful in page
    assert "陈＊堃" in page
    assert "陈玥堃" not in page


def test_another_sub_district_finds_nothing(as_, doubtful):
    assert "没有找到办件、企业、地址、事项或页面" in search(as_("stranger"), doubtful)


def test_three_characters_are_too_few_for_a_number(clerk, doubtful):
    assert doubtful not in search(clerk, "YX2")


def test_services_and_pages(town, clerk):
    page = search(clerk, "长寿金")
    assert "高龄津贴申领" in page
    assert "/desk/?item=elderly_allowance" in page
    assert 'href="/desk/delegations"' in search(clerk, "委托").split("<main")[1]


class TestWhileTyping:
    """Cases, companies, addresses, services, pages come at once; never a person, a look-up, or a line in the log."""

    def live(self, browser, words: str) -> str:
        return browser.get("/desk/search/live", {"q": words}).content.decode()

    def test_what_is_within_rights_comes_as_options(self, clerk, as_, doubtful):
        page = self.live(clerk, doubtful[:-2])
        assert f'data-href="/desk/cases/{doubtful}"' in page
        assert page.count('role="option"') == 2, "the case, and the way to the persons"
        assert doubtful not in self.live(as_("stranger"), doubtful[:-2]).replace(doubtful[:-2], "")
        assert 'href="/desk/delegations"' in self.live(clerk, "委托")
        assert self.live(clerk, " ").strip() == ""

    def test_no_person_no_look_up_no_line(self, clerk, doubtful):
        before = Access.objects.filter(action="search").count()
        for words in ("陈玥堃", "chenyue", "440199194503080012", "13800138000"):
            page = self.live(clerk, words)
            assert "陈＊堃" not in page
            assert page.count('role="option"') == 1
        assert Access.objects.filter(action="search").count() == before

    def test_a_company_is_found_by_part_of_its_name(self, town, clerk, as_):
        with scope.service():
            Entity.objects.create(
                uscc=uscc.make("91", "440199", "MA00009X"), name="越秀区示例茶楼有限公司", representative="李＊",
                representative_document="111:x", source=Source.objects.first(), as_of="2026-01-01",
            )  # fmt: skip
        assert "越秀区示例茶楼有限公司" in self.live(clerk, "示例茶楼")
        assert "越秀区示例茶楼有限公司" in search(clerk, "示例茶楼")


class TestPersons:
    """For a stated reason, inside one's areas, masked, logged."""

    def test_the_reason_comes_first(self, clerk, doubtful):
        assert "查询事由" in search(clerk, "陈玥堃")
        assert "440199" not in search(clerk, "陈玥堃")
        refused = clerk.post("/desk/search", {"q": "陈玥堃", "reason": "查"})
        assert refused.status_code == 422
        assert "请用 4 至 180 个字说明查询事由" in refused.content.decode()

    def test_found_by_pinyin_with_the_cases_one_may_see(self, town, clerk, doubtful):
        page = clerk.post("/desk/search", {"q": "chenyue", "reason": "核实高龄津贴户籍"}).content.decode()
        assert "陈玥堃" in page
        assert "440199194503080012" not in page
        assert doubtful in page
        line = Access.objects.filter(action="search", account=town.people["clerk"].subject).get()
        assert (line.purpose, line.subjects) == ("reason:核实高龄津贴户籍", [town.subjects["chen"]])

    def test_who_lives_elsewhere_is_not_found(self, clerk):
        page = clerk.post("/desk/search", {"q": "王喆", "reason": "核实高龄津贴户籍"}).content.decode()
        assert "辖区内没有查到此人" in page

    def test_who_reaches_a_unit_and_no_area_is_not_even_asked(self, as_, clerk):
        assert "查询事由" in search(clerk, "陈玥堃")
        RoleGrant.objects.filter(reach="area").update(reach="own_unit")
        assert "查询事由" not in search(as_("clerk"), "陈玥堃")

    def test_an_administrator_is_not_even_asked(self, town, as_):
        give(town, "approver", "platform.audit_admin")
        RoleGrant.objects.get(
            post__appointments__account=town.people["approver"], role="elderly_allowance.approver"
        ).end(by=HOUSE, reason="测试")
        assert "查询事由" not in search(as_("approver"), "陈玥堃")


def test_who_was_found_is_taken_away_by_an_act_of_its_own(as_, town):
    give(town, "clerk", "platform.window_clerk", "area")
    clerk = as_("clerk")
    sent = {"q": "陈", "reason": "核对辖区名单"}
    assert clerk.get("/desk/search/export").status_code == 405
    answer = clerk.post("/desk/search/export", sent)
    table = answer.content.decode("utf-8-sig")
    assert town.people["clerk"].name in table.splitlines()[0] and "核对辖区名单" in table.splitlines()[0]
    assert "陈" in table.splitlines()[2] and "********" in table
    (line,) = Access.objects.filter(action="export")
    assert len(line.subjects) == len(table.splitlines()) - 2
    Presence.objects.update(proved_at=timezone.now() - timedelta(minutes=6))
    assert clerk.post("/desk/search/export", sent).status_code == 302
    Presence.objects.update(proved_at=timezone.now())
    for wrong, told in ((sent | {"reason": "?"}, "4 至 180"), (sent | {"q": "查无此人"}, "没有导出")):
        page = clerk.post("/desk/search/export", wrong, follow=True)
        assert told in page.content.decode()
    for _time in range(10):
        last = clerk.post("/desk/search/export", sent, follow=True)
    assert "已用完" in last.content.decode()


def test_companies_and_places_lead_to_their_pages(as_, town):
    give(town, "clerk", "platform.window_clerk", "area")
    page = as_("clerk").get("/desk/search", {"q": "示例路"}).content.decode()
    assert re.search(r'href="/desk/places/rooms/\d+"', page)
