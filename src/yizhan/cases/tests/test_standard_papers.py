"""Standard papers 通用文书: what an item has no template for is made of the district's, unless it goes without."""

from __future__ import annotations

import uuid

import pytest

from yizhan.cases import delivering, ending, templates
from yizhan.cases.delivering import Delivery
from yizhan.cases.refusals import Incomplete, NotNow, NotYours
from yizhan.cases.tests.papers import said_by
from yizhan.identity import scope
from yizhan.records.models import Paper
from yizhan.releases.models import current
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

ITEM = "items/elderly_allowance.yaml"


@pytest.fixture
def standard(town):
    publish(shipped("standard_papers"), by="test")
    return town


def issued(number):
    with scope.service():
        return {one.document: one for one in Paper.objects.filter(owner=f"case:{number}").order_by("number")}


def test_without_the_pack_nothing_changes(town):
    assert issued(town.apply("li")) == {}


def test_what_is_applied_for_is_confirmed_and_what_is_accepted_told(standard):
    number = standard.apply("li", other_allowance=True)
    standard.do("clerk", number, "accept")
    standard.work()
    found = issued(number)
    assert {key: one.number for key, one in found.items()} == {
        "receipt": "越民高龄收〔2026〕1号",
        "acceptance": "越民高龄受〔2026〕1号",
    }
    assert {one.release_id for one in found.values()} == {current(templates.PACK).id}
    receipt, acceptance = said_by(found["receipt"]), said_by(found["acceptance"])
    assert number in receipt and "你的申请已经收到" in receipt and "网上提交" in receipt
    assert (
        "提出的“高龄津贴申领”申请" in acceptance
        and "自受理之日起10个工作日内作出决定，最迟于2026年12月" in acceptance
    )


def test_what_is_decided_at_once_is_confirmed_and_told_by_the_decision(standard):
    assert set(issued(standard.apply("chen"))) == {"receipt", "granted"}


def test_an_item_goes_without(standard):
    standard.republish(ITEM, "papers:\n", "papers:\n  without: [receipt]\n")
    assert set(issued(standard.apply("chen"))) == {"granted"}


def test_the_mark_is_the_offices_where_the_item_has_none_and_numbers_go_on(standard):
    standard.republish(ITEM, "mark: 越民高龄\n", "")
    numbers = [issued(standard.apply(who))["receipt"].number for who in ("chen", "li")]
    assert numbers == ["越秀区民政局收〔2026〕1号", "越秀区民政局收〔2026〕2号"]


def test_a_case_that_was_taken_back_is_told_so(standard):
    number = standard.apply("li", other_allowance=True)
    with standard.acting("li") as actor:
        ending.withdraw(standard.case(number).id, by=actor, command=uuid.uuid4())
    standard.work()
    assert "因你申请撤回，本机关不再办理" in said_by(issued(number)["withdrawn"])


def test_what_was_not_accepted_says_why(standard):
    standard.republish(ITEM, "  not_accepted: not_accepted\n", "")
    number = standard.apply("li", other_allowance=True)
    standard.do("clerk", number, "decline", reason="户籍已迁出本区。")
    standard.work()
    said = said_by(issued(number)["not_accepted"])
    assert "户籍已迁出本区。" in said and "。。" not in said
    assert "申请行政复议" in said


def deliver(town, number, *, how="window", words="本人当场签收", who="clerk", papers=None):
    with scope.service():
        there = [str(one.pk) for one in issued(number).values() if one.document != "delivery"]
    with town.acting(who) as actor:
        what = Delivery(there if papers is None else papers, how, None, words)
        delivering.record(town.case(number).id, what, by=actor, command=uuid.uuid4())
    town.work()


def test_a_delivery_is_recorded_in_a_paper(standard):
    number = standard.apply("li", other_allowance=True)
    standard.do("clerk", number, "accept")
    standard.work()
    deliver(standard, number)
    found = issued(number)
    said = said_by(found["delivery"])
    assert found["delivery"].number == "越民高龄送〔2026〕1号"
    assert "窗口领取" in said and "本人当场签收" in said and "林晓岚" in said
    assert found["receipt"].number in said and found["acceptance"].number in said
    assert standard.intact(number)


def test_an_electronic_delivery_says_when_its_message_went(standard):
    number = standard.apply("chen")
    standard.work()
    deliver(standard, number, how="electronic", words="", who="approver")
    assert "站内消息2026年11月20日" in said_by(issued(number)["delivery"])


def test_a_delivery_is_refused_in_words(standard):
    number = standard.apply("li", other_allowance=True)
    with pytest.raises(NotNow, match="还没有可以送达的文书"):
        deliver(standard, number)  # it waits for its seal
    standard.work()
    with pytest.raises(Incomplete) as told:
        deliver(standard, number, words="", papers=["x"], how="post")
    assert [place for place, _words in told.value.faults] == ["delivered", "delivery_words"]
    with pytest.raises(NotYours):
        deliver(standard, number, who="stranger")
