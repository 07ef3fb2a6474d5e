"""The wallet's pages, and what anybody may ask of a licence."""

from __future__ import annotations

import re
from datetime import date

import pytest

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.licences import life
from yizhan.portal.tests.pages import sent, text
from yizhan.registry import entities, sources
from yizhan.registry.licences import Issued, Word
from yizhan.registry.models import Licence
from yizhan.releases.words import Text

COMPANY = uscc.make("91", "440199", "MA000001")
NAME = "示例云澜文化有限公司"
NUMBER = "JY24401990000001"


@pytest.fixture
def licence(town):
    """A company that 陈玥堃 represents holds a food licence."""
    chen = town.people["chen"]
    chen.refresh_from_db()
    with scope.service():
        entities.enter(
            COMPANY, NAME, representative=chen.name, document=f"{chen.document_type}:{chen.document_number}",
            source=sources.declare("market", zh="市场主体登记", en="Company register", unit="440104-mz"),
            as_of=clock.today(),
        )  # fmt: skip
        issued = Issued(
            "food_business", NUMBER, "440104-scj", Text(zh="示例市场监管局", en="Example Bureau"),
            date(2025, 1, 1), date(2030, 1, 1), data={"premises": "示例路8号", "representative": "陈某"},
        )  # fmt: skip
        return life.enter(f"entity:{COMPANY}", issued, word=Word("house"))


def code_on(page):
    return re.search(r"licence-code__written\">([0-9A-Z-]{24})<", page)[1]


def test_a_licence_is_shown_and_the_holder_sees_who_looked(as_, licence, client):
    chen = as_("chen")
    assert 'href="/my/licences"' in text(chen.get("/my"))
    page = text(chen.get("/my/licences"))
    assert NAME in page and NUMBER in page and f"/my/licences/{licence.id}" in page
    show = f"/my/licences/{licence.id}/show"
    shown = text(chen.post(show, sent(chen.get(f"/my/licences/{licence.id}"), show)))
    read = text(client.get(f"/licences/show/{code_on(shown)}"))
    assert "证照有效" in read and NAME in read and "陈某" not in read
    page = text(chen.get(f"/my/licences/{licence.id}"))
    assert page.index("扫码查看") < page.index("出示证照码")
    with clock.standing_at("2026-11-20T09:32"):
        late = client.get(f"/licences/show/{code_on(shown)}")
    assert "已经过期" in text(late) and NUMBER not in text(late)


def test_what_is_not_mine_is_not_there_and_what_rests_is_not_shown(as_, licence):
    stranger, chen = as_("li"), as_("chen")
    for address in ("", "/paper"):
        assert stranger.get(f"/my/licences/{licence.id}{address}").status_code == 404
    assert stranger.post(f"/my/licences/{licence.id}/show").status_code == 404
    assert chen.get(f"/my/licences/{licence.id}/paper").status_code == 404, "another office's has no paper"
    with scope.service():
        life.suspend(Licence.objects.get(id=licence.id), word=Word("house", "正在调查"))
    page = chen.get(f"/my/licences/{licence.id}")
    assert "已暂停" in text(page) and "正在调查" in text(page) and '/show"' not in text(page)
    assert chen.post(f"/my/licences/{licence.id}/show").url == f"/my/licences/{licence.id}"


def test_anybody_asks_by_number_and_holder(client, licence):
    form = sent(client.get("/licences"), "/licences")
    found = text(client.post("/licences", form | {"number": NUMBER, "holder": NAME}))
    assert "证照有效" in found and "示例路8号" in found and "陈某" not in found
    wrong = text(client.post("/licences", form | {"number": NUMBER, "holder": "别的公司"}))
    assert "查不到这个证照" in wrong and "证照有效" not in wrong
    empty = client.post("/licences", form | {"number": "", "holder": ""})
    assert empty.status_code == 422 and "请填写证照编号" in text(empty)


def test_everybody_sees_how_many_there_are_and_nobody_behind_them(client, licence):
    with scope.service():
        life.suspend(licence, word=Word("house", "正在调查"))
    page = text(client.get("/licences/statistics"))
    assert re.findall(r'data-label="[^"]+">(\d+)<', page) == ["0", "1", "1", "0"]
    assert "食品经营许可证" in page and NAME not in page and NUMBER not in page


def test_guessing_has_a_pace(client, licence):
    form = sent(client.get("/licences"), "/licences")
    answers = [
        client.post("/licences", form | {"number": f"JY{n}", "holder": NAME}).status_code for n in range(31)
    ]
    assert answers.count(200) == 30 and answers[-1] == 429
