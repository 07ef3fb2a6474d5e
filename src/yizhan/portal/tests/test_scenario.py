"""What applies in one's scenario, asked by anybody: the merged list, the steps, who takes part; and nothing is kept."""

from __future__ import annotations

import re
import shutil
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

pytestmark = pytest.mark.django_db
HERE = "/items/small_restaurant/scenario"
SMALL = {
    "cooking": "cold",
    "area": "40",
    "dine_in": "yes",
    "sign": "no",
    "renovation": "no",
    "central_air": "no",
}
LARGE = {**SMALL, "cooking": "fumes", "area": "320", "sign": "yes"}
HOSTILE = ("a\0b", "x" * 3_000, "9" * 5_000, "²", "-1", "1e999", "NaN",
           "'; drop table x; <script>alert(1)</script> {{ 7*7 }}",
           "99999999999999999999", "１２", " ")  # fmt: skip


@pytest.fixture
def ask(client):
    """Ask as somebody who is not logged in."""
    for code, name, parent, kind in (
        ("440104", "越秀区人民政府", None, "government"),
        ("440104-scj", "越秀区市场监督管理局", "440104", "department"),
        ("440104-scj-2", "食品安全科", "440104-scj", "section"),
        ("440104-xfd", "越秀区消防救援大队", "440104", "department"),
    ):
        Unit(code=code, name=name, kind=kind, parent_id=parent, division="440104000000").found(by=HOUSE)
    publish(shipped("small_restaurant"), by="test")

    def asked(scene=None, **cookies):
        for name, value in cookies.items():
            client.cookies[name] = value
        return client.get(HERE, {f"scene.{key}": value for key, value in (scene or {}).items()})

    return asked


def materials(page):
    listed = page[page.index('class="materials"') : page.index("</ul>", page.index('class="materials"'))]
    return re.findall(r"<li><span>([^<]+)<", listed)


def test_a_small_one_and_a_large_one_need_other_things(ask):
    small, large = (ask(scene).content.decode() for scene in (SMALL, LARGE))
    shared = [
        "营业执照",
        "法定代表人（负责人）身份证明",
        "经营场所使用证明",
        "场所布局和操作流程图",
        "从业人员健康证明",
    ]
    assert materials(small) == shared
    assert materials(large) == [*shared, "消防设施和疏散通道平面图", "油烟净化设施说明", "招牌效果图"]
    assert "共 8 份，其中 2 份免提交" in large
    for words in ("牵头单位受理", "2 个工作日", "各部门并联审查", "由 4 个部门审查", "5 个工作日",
                  "越秀区市场监督管理局食品安全科", "越秀区消防救援大队",
                  "堂食且营业面积 300 平方米以上",
                  "看：消防设施和疏散通道平面图、场所布局和操作流程图", "牵头单位汇总审定"):  # fmt: skip
        assert words in large, words
    assert "由 1 个部门审查" in small
    assert "消防" not in small


def test_it_is_said_in_english_too(ask):
    page = ask(LARGE, **{settings.LANGUAGE_COOKIE_NAME: "en"}).content.decode()
    assert "8 in all, 2 of them need not be handed in" in page
    assert "4 departments review it at the same time; you apply once:" in page
    assert "Plan of fire equipment and escape routes" in page


def test_before_anything_is_answered_nothing_is_wrong_and_then_only_what_is(ask):
    empty = ask()
    assert empty.status_code == 200
    assert "回答以后，您会看到" in empty.content.decode()
    assert "error-summary" not in empty.content.decode()
    part = ask({**SMALL, "area": ""})
    assert part.status_code == 422
    assert "有 1 处需要改正" in part.content.decode()
    assert 'class="materials"' not in part.content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_sent_gets_an_answer_and_comes_back_harmless(ask, text):
    for key in SMALL:
        answer = ask({**SMALL, key: text})
        assert answer.status_code in {200, 422}, key
        assert b"<script>alert(1)" not in answer.content
    assert escape("<script>") in ask({**SMALL, "area": HOSTILE[7]}).content.decode()


def test_nothing_is_written_and_nobody_is_looked_up(ask):
    ask(LARGE)
    with CaptureQueriesContext(connection) as told:
        ask(LARGE)
    statements = " ".join(one["sql"].lower() for one in told)
    assert "insert" not in statements
    assert "update" not in statements
    assert "registry_" not in statements
    assert len(told) < 15


def test_the_answers_go_along_into_the_application(ask):
    page = ask(LARGE).content.decode()
    begin = unescape(re.search(r'href="(/items/small_restaurant/apply\?[^"]+)"', page)[1])
    assert dict(parse_qsl(urlsplit(begin).query)) == {f"scene.{key}": value for key, value in LARGE.items()}


def test_the_guide_leads_there_and_an_item_without_one_has_none(ask, client):
    assert f'href="{HERE}"' in client.get("/items/small_restaurant").content.decode()
    publish(shipped("elderly_allowance"), by="test")
    assert "/scenario" not in client.get("/items/elderly_allowance").content.decode()
    for code in ("elderly_allowance", "nothing"):
        assert client.get(f"/items/{code}/scenario").status_code == 404


def test_a_section_that_asks_who_one_is_cannot_be_asked_of_everybody(tmp_path):
    folder = tmp_path / "small_restaurant"
    shutil.copytree(settings.ROOT / "packs/small_restaurant", folder)
    file = folder / "items/small_restaurant.yaml"
    for key, words in (
        ("company", "情形引导不用登录"),
        ("scen", "表单里没有 scen 这一部分 → 是否应为 scene？"),
    ):
        file.write_text(re.sub(r"scenario: \w+", f"scenario: {key}", file.read_text("utf-8")), "utf-8")
        assert any(words in str(fault) for fault in read(folder).errors)
