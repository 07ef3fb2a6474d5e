"""一人一档: for a purpose only, masked; unmasking and export are acts with a proof, and each leaves its line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from yizhan.cases.tests.conftest import PERSONS, _number, _staff
from yizhan.desk.tests.conftest import give, words
from yizhan.identity import scope
from yizhan.identity.models import Presence
from yizhan.identity.tests.browsers import browser_of
from yizhan.journal.models import Access
from yizhan.registry.models import Person

_NAME, _BORN, _SERIAL, _WHERE = PERSONS["chen"]
NUMBER = _number(_BORN, _SERIAL)
WHY = {"reason": "走访核实困难家庭情况"}


@pytest.fixture
def chen(town):
    """陈's file, by its address."""
    with scope.service():
        key = Person.objects.get(name=_NAME).id
    return f"/desk/register/persons/{key}"


def test_nothing_is_told_before_a_purpose_is_given(clerk, chen):
    page = words(clerk.get(chen))
    assert _NAME not in page and "先说明事由" in page
    assert "请用 4 至 180 个字" in words(clerk.post(chen, {"reason": "看"}), 422)
    wrong = words(clerk.post(chen, {"case": "YX2026-9999-99999"}), 422)
    assert "YX2026-9999-99999" in wrong and "请核对受理编号" in wrong
    assert not Access.objects.filter(fields__contains=["person.file"]).exists()


def test_the_file_is_masked_and_its_purpose_is_in_the_log(clerk, chen, town):
    number = town.apply("chen", other_allowance=True)
    for sent, purpose in ((WHY, f"reason:{WHY['reason']}"), ({"case": number.lower()}, f"case:{number}")):
        page = words(clerk.post(chen, sent))
        assert NUMBER not in page
        assert "身份信息" in page and "来源：" in page and number in page
        line = Access.objects.filter(purpose=purpose, action="view").latest("id")
        assert "person.file" in line.fields and "person.history" in line.fields


def test_another_persons_case_is_no_purpose(clerk, chen, town):
    number = town.apply("wang", other_allowance=True)
    assert "此人的这一办件" in words(clerk.post(chen, {"case": number}), 422)


def test_one_category_is_unmasked_by_an_act_with_a_proof(clerk, chen):
    address = f"{chen}/unmask/identity"
    page = words(clerk.post(address, WHY))
    assert NUMBER in page
    line = Access.objects.get(action="unmask")
    assert line.purpose == f"reason:{WHY['reason']}" and "person.id_number" in line.fields
    assert "person.phone" not in line.fields
    assert NUMBER not in words(clerk.post(chen, WHY)), "the next page is masked again"
    Presence.objects.update(proved_at=timezone.now() - timedelta(minutes=6))
    assert clerk.post(address, WHY).status_code == 302
    assert Access.objects.filter(action="unmask").count() == 1


def test_without_a_purpose_nothing_is_unmasked_or_taken_away(clerk, chen):
    for act in ("unmask/identity", "export"):
        assert NUMBER not in words(clerk.post(f"{chen}/{act}", {"reason": "?"}), 422)
        assert clerk.get(f"{chen}/{act}").status_code == 405
    assert clerk.post(f"{chen}/unmask/everything", WHY).status_code == 404
    assert not Access.objects.filter(action__in=["unmask", "export"]).exists()


def test_the_file_is_taken_away_masked_with_who_and_why(clerk, chen, town):
    answer = clerk.post(f"{chen}/export", WHY)
    table = answer.content.decode("utf-8-sig")
    assert town.people["clerk"].name in table.splitlines()[0] and WHY["reason"] in table.splitlines()[0]
    assert NUMBER not in table and "440199" in table
    assert Access.objects.get(action="export").purpose == f"reason:{WHY['reason']}"


def test_outside_of_ones_areas_there_is_nobody(as_, town, chen):
    give(town, "stranger", "platform.window_clerk", "area")
    for act in ("", "/unmask/identity", "/export"):
        answer = as_("stranger").post(f"{chen}{act}", WHY)
        assert answer.status_code == 404
        assert NUMBER not in answer.content.decode()
    nobody = "/desk/register/persons/00000000-0000-7000-8000-000000000000"
    assert as_("stranger").post(nobody, WHY).status_code == 404
    assert as_("chen").get(chen).status_code == 403


def test_an_administrator_opens_no_file(town, chen):
    security = browser_of(_staff("security.he", "何立新", "440104", "platform.security_admin"))
    assert "没有查询人员信息的权限" in words(security.post(chen, WHY), 422)


class TestGuarding:
    """The security administrator keeps the list, the limits, and is told of looks at once."""

    LIST = "/desk/admin/guarding"

    @pytest.fixture
    def security(self, town):
        return browser_of(_staff("security.he", "何立新", "440104", "platform.security_admin"))

    def protect(self, security, **more):
        sent = {
            "act": "protect",
            "name": _NAME,
            "number": NUMBER,
            "reason": "证人保护",
            "since": "2026-11-20",
        }
        return security.post(self.LIST, sent | more, follow=True)

    def test_a_look_at_the_protected_is_let_through_and_reported_at_once(self, security, clerk, chen, town):
        page = words(self.protect(security))
        assert "证人保护" in page and _NAME not in page and NUMBER not in page
        assert "身份信息" in words(clerk.post(chen, WHY))
        told = words(security.get("/desk/admin/marked-looks"))
        assert "重点保护人员" in told and town.people["clerk"].name in told and _NAME not in told
        assert words(security.get("/desk/")).count("须关注的查阅")

    def test_the_leader_of_the_unit_that_looked_is_told_and_no_other(self, security, clerk, chen, town):
        self.protect(security)
        clerk.post(chen, WHY)
        leader, other = (
            browser_of(_staff(name, who, unit, "platform.leader"))
            for name, who, unit in (("lead.bj", "许志明", "440104-bj"), ("lead.lr", "冯立", "440104-lr"))
        )
        name = town.people["clerk"].name
        assert name in words(leader.get("/desk/admin/marked-looks"))
        assert name not in words(other.get("/desk/admin/marked-looks"))
        assert leader.get("/desk/admin/looks").status_code == 403

    def test_a_colleague_is_known_by_whom_the_administrator_named(self, security, clerk, chen, town):
        sent = {"act": "staff", "username": "approver", "staff_name": _NAME, "staff_number": NUMBER}
        assert "已登记" in words(security.post(self.LIST, sent, follow=True))
        clerk.post(chen, WHY)
        assert Access.objects.filter(marks=["colleague"]).exists()

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"number": "440199194503080000"}, "没有查到"),
            ({"reason": ""}, "4 至 200"),
            ({"since": "昨天"}, "日期"),
            ({"until": "2026-11-01"}, "截止日期不能早于"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, security, more, told):
        page = words(self.protect(security, **more), 422)
        assert told in page and _NAME in page

    def test_limits_are_changed_in_the_table_and_count(self, security, clerk, chen):
        sent = {"act": "quota", "who": "staff", "of": "file", "a_day": "1"}
        assert "已调整" in words(security.post(self.LIST, sent, follow=True))
        words(clerk.post(chen, WHY))
        assert "已用完" in words(clerk.post(chen, WHY), 422)
        for wrong in ("-1", "many", "99999999999999999999", ""):
            assert security.post(self.LIST, sent | {"a_day": wrong}).status_code == 422

    def test_nobody_else_comes_in(self, as_, clerk):
        for browser in (clerk, as_("chen")):
            assert browser.get(self.LIST).status_code == 403
            assert browser.get("/desk/admin/marked-looks").status_code == 403
