"""The office that keeps the register of companies enters what happens to one, by hand; nobody else does."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yizhan.cases.tests.conftest import Town
from yizhan.codes import loading as codes_loading
from yizhan.codes import uscc
from yizhan.desk.tests.conftest import browser_of, give, words
from yizhan.identity import scope
from yizhan.journal.models import Access
from yizhan.registry import entities, sources
from yizhan.registry.entities import Details
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import Entity, EntityCorrection, EntityHistory, HandEntry

CODE = uscc.make("91", "440199", "MA000001")
PAGE = f"/desk/register/companies/{CODE}/enter"
BECAUSE = "登记通知书（越市监）登字〔2026〕第 12 号"


@pytest.fixture
def company(town: Town):
    codes_loading.load()
    unit = town.people["clerk"].appointments.get().post.unit.code
    with scope.service():
        source = sources.declare("market", zh="市场主体登记", en="Company register", unit=unit)
        details = Details(
            "有限责任公司", "示例路8号", "440104003001", date(2020, 3, 1), state="1", phone="02081234567"
        )
        entities.enter(
            CODE, "示例云澜文化有限公司", representative="郑丽华", document="111:440199197405010021",
            source=source, as_of=date(2026, 1, 5), details=details,
        )  # fmt: skip
    give(town, "clerk", KEEPER, "area")
    return browser_of(town.people["clerk"])


def send(browser, act, **more):
    sent = {"act": act, "because": BECAUSE, "on": "2026-11-01", "command": str(uuid.uuid4())}
    return browser.post(PAGE, sent | {name.replace("__", "-"): value for name, value in more.items()})


def held():
    with scope.service():
        return Entity.objects.get(uscc=CODE)


def test_it_changes_is_put_right_moves_changes_hands_and_is_struck_off(company):
    first = words(company.get(PAGE))
    assert (
        "示例云澜文化有限公司" in first and "02081234567" not in first and "440199197405010021" not in first
    )
    words(send(company, "change", new__name="示例新名有限公司", new__registered_capital="2000000"))
    words(send(company, "change", way="correction", new__established_on="2020-03-02"))
    words(send(company, "move", division="440104003001", address="示例路9号"))
    words(send(company, "representative", name="何永康", document="440199198001010012"))
    words(send(company, "strike", on="2026-11-19"))
    one = held()
    assert (one.name, one.established_on, one.address) == ("示例新名有限公司", date(2020, 3, 2), "示例路9号")
    assert (one.representative, one.representative_document) == ("何永康", "111:440199198001010012")
    assert (one.until, one.state) == (date(2026, 11, 19), "5")
    with scope.service():
        was = EntityHistory.objects.filter(entity=CODE).order_by("id").first()
        assert was.was["name"] == "示例云澜文化有限公司" and was.valid_until == date(2026, 11, 1)
        assert EntityCorrection.objects.get().because == BECAUSE
        acts = HandEntry.objects.order_by("at").values_list("act", flat=True)
        assert sorted(acts) == ["change", "change", "correction", "move", "strike"]
    line = Access.objects.filter(action="enter").latest("id")
    assert (line.subjects, line.purpose) == ([f"entity:{CODE}"], f"reason:{BECAUSE}")


@pytest.mark.parametrize(
    ("act", "more", "told"),
    [
        ("change", {"new__registered_capital": "很多"}, "金额"),
        ("change", {}, "没有填写"),
        ("change", {"new__name": "示例", "because": ""}, "登记依据"),
        ("change", {"new__name": "示例", "on": "?"}, "不是有效日期"),
        ("representative", {"name": "", "document": ""}, "请填写姓名"),
        ("move", {"division": "", "address": "示例路9号"}, "区划"),
        ("strike", {"on": "2026-12-31"}, "晚于今天"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(company, act, more, told):
    assert told in words(send(company, act, **more), 422)
    assert held().name == "示例云澜文化有限公司" and held().until is None


def test_the_same_command_is_carried_out_once(company):
    command = str(uuid.uuid4())
    for _time in range(2):
        words(send(company, "change", new__name="示例新名有限公司", command=command))
    with scope.service():
        assert HandEntry.objects.count() == 1 and EntityHistory.objects.count() == 1


def test_another_offices_register_is_not_ours_to_enter(company, town):
    with scope.service():
        sources.declare("market", zh="市场主体登记", en="Company register", unit="440104-mz")
    assert "不由本单位负责" in words(company.get(PAGE), 422)
    send(company, "change", new__name="示例新名有限公司")
    assert held().name == "示例云澜文化有限公司"
    assert browser_of(town.people["stranger"]).get(PAGE).status_code == 403
