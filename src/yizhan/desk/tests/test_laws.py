"""Laws at the desk: the office that answers enters and changes them; staff find them, and what must be mended."""

from __future__ import annotations

import uuid

import pytest

from yizhan.cases.tests.conftest import Town
from yizhan.desk.tests.conftest import browser_of, give
from yizhan.identity import scope
from yizhan.registry import law_finding, sources
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import HandEntry
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

NEW = "/desk/register/laws/new"
BECAUSE = "局长办公会议纪要（示例）第 8 号"
RULES = {"code": "meals", "kind": "policy", "title_zh": "越秀区助餐办法（示例）", "number": "越民〔2026〕示例9号",
         "in_force_on": "2026-01-01", "valid_until": "2026-12-31", "source": "civil", "verified": "no"}  # fmt: skip


@pytest.fixture
def keeper(town: Town):
    unit = town.people["clerk"].appointments.get().post.unit.code
    with scope.service():
        sources.declare("civil", zh="政策文件", en="Policies", unit=unit)
        publish(shipped("laws_and_policies"), by="test")
    give(town, "clerk", KEEPER, "area")
    return browser_of(town.people["clerk"])


def send(browser, address=NEW, status=302, **more):
    sent = {**RULES, "because": BECAUSE, "command": str(uuid.uuid4()), **more}
    answer = browser.post(address, sent)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def test_the_office_enters_a_law_changes_it_and_the_past_stays(keeper, as_):
    command = str(uuid.uuid4())
    send(keeper, command=command)
    send(keeper, command=command)  # a second click is the same click
    assert HandEntry.objects.filter(subject="law:meals").count() == 1
    enter = "/desk/register/laws/of/meals/enter"
    send(keeper, enter, valid_until="2028-12-31")
    said = keeper.get("/desk/register/laws/of/meals").content.decode()
    assert "2028年12月31日" in said and "有效期至原为：2026年12月31日" in said and "登记变更" in said
    before = keeper.get("/desk/register/laws/of/meals?on=2025-06-01").content.decode()
    assert "不是现在的" in before and "尚未施行" in before
    unknown = keeper.get("/desk/register/laws/of/meals?on=2026-11-19&known=yes")
    assert unknown.status_code == 422 and "还没有这份文件" in unknown.content.decode()
    assert "填写的内容与现有登记相同" in send(keeper, enter, status=422, valid_until="2028-12-31")
    stranger = as_("approver")
    assert stranger.get("/desk/register/laws/of/meals").status_code == 200
    assert stranger.get(enter).status_code == 403 and stranger.get(NEW).status_code == 403
    theirs = "/desk/register/laws/of/petitions_regulations/enter"
    assert keeper.get(theirs).status_code == 404, "the justice bureau answers for it"


@pytest.mark.parametrize(
    ("wrong", "at", "words"),
    [
        ({"kind": "edict"}, "kind", "应为其中之一"),
        ({"title_zh": "长" * 201}, "title_zh", "超过 200 个字"),
        ({"issued_on": "2026-05-01"}, "in_force_on", "施行日期早于公布日期"),
        ({"valid_until": "去年"}, "valid_until", "不是有效日期"),
        ({"code": "petitions_regulations"}, "code", "已有代码为"),
        ({"code": "法"}, "code", "代码须以字母或数字开头"),
        ({"successor": "nobody"}, "successor", "不在法规政策库中"),
        ({"source": "x"}, "source", "请选择由本单位负责的数据来源"),
        ({"because": ""}, "because", "登记依据"),
    ],
)
def test_what_cannot_be_so_is_told_at_its_place_and_what_was_typed_stays(keeper, wrong, at, words):
    said = send(keeper, status=422, **wrong)
    assert words in said and f'href="#{at}"' in said and RULES["number"] in said
    with scope.service():
        assert not law_finding.by_codes(["meals", "法"])


def test_staff_find_laws_and_what_rests_on_what_holds_no_more(keeper, as_):
    browser = as_("approver")
    assert "信访条例" in browser.get("/desk/search/live?q=信访条例").content.decode()
    assert "信访条例" in browser.get("/desk/search?q=信访条例").content.decode()
    said = browser.get("/desk/register/laws/mending").content.decode()
    assert "高龄津贴申领" in said and "即将失效" in said and "2027年2月1日" in said
    assert "有 1 个事项的依据" in keeper.get("/desk/register/laws").content.decode()
