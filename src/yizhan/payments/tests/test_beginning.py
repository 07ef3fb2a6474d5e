"""A decision begins a payment: once, from the right month, into the account that was filed."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.payments.models import Entitlement, Line
from yizhan.payments.tests.conftest import OUTSIDE, day


def test_a_grant_begins_next_month_and_the_list_grows(office):
    number = office.grant()
    one = office.entitlement(number)
    assert (one.since, one.holder, one.bank) == (day("2026-12"), "陈玥堃", "示例银行越秀支行")
    assert one.account_number == "6222021234567890"
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
    office.grant("wang")
    assert office.lines("2026-12") == [("2026-12", "due", "120.00"), ("2026-12", "due", "240.00")]


def test_the_line_says_which_band_holds(office):
    office.grant()
    with scope.service():
        assert Line.objects.get().because == [{"zh": "80 至 89 周岁", "en": "Aged 80 to 89"}]


def test_the_same_news_twice_begins_nothing_twice(office):
    office.grant()
    office.tell_again("case.decided")
    with scope.service():
        assert (Entitlement.objects.count(), Line.objects.count()) == (1, 1)
    assert News.objects.filter(kind="entitlement.begun").count() == 1


def test_a_refusal_begins_nothing(office):
    number = office.town.apply("chen", other_allowance=True)
    office.town.do("clerk", number, "accept")
    office.town.do("clerk", number, "disagree", reason="正在别处领取。")
    office.town.do("approver", number, "refuse", reason="正在别处领取。")
    office.tell()
    with scope.service():
        assert not Entitlement.objects.exists()


@pytest.mark.parametrize(
    ("decided", "since"),
    [
        ("2026-11-30T23:59", "2026-12"),
        ("2026-12-01T00:00", "2027-01"),
        ("2026-12-31T23:59", "2027-01"),
        ("2027-02-28T12:00", "2027-03"),
    ],
)
def test_the_month_is_that_of_the_decision_in_district_time(office, decided, since):
    with clock.standing_at(decided):
        number = office.town.apply("chen")
    with clock.standing_at("2027-03-05T09:00"):  # however late the news is read
        office.tell()
    assert office.entitlement(number).since == day(since)


def test_nobody_is_paid_twice_for_the_same(office):
    office.town.permit_several()
    first = office.grant()
    second = office.grant()
    office.tell_again("case.decided")
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
    with scope.service():
        assert not office.entitlement(first).ends.exists()
        assert office.entitlement(second).ends.get().kind == "duplicate"


def test_what_officials_knew_when_they_granted_ends_nothing(office):
    """The register says she is registered elsewhere; the bureau looked into it and granted all the same."""
    office.employ("bureau", "何敏", "440104-mz", "elderly_allowance.clerk")
    office.moved("chen", OUTSIDE, "2026-11-19")
    number = office.town.apply("chen")
    for who, action in (("bureau", "accept"), ("bureau", "agree"), ("approver", "grant")):
        office.town.do(who, number, action)
    office.tell()
    office.corrected("chen", "phone", "13800009999")
    assert office.entitlement(number).overruled == ["moved_away"]
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
    office.died("chen", "2026-11-20")
    assert office.lines("2026-12") == [("2026-12", "withdrawn", "")], "another end still counts"


def test_an_amount_that_no_rule_gives_is_held_with_the_reason(office):
    office.grant_by_hand("li")  # 69: officials granted what the table does not know
    assert office.lines("2026-12") == [("2026-12", "held", "")]
    with scope.service():
        (why,) = Line.objects.get().because
    assert why["zh"] == "按发放标准核定不出金额，需要核实：没有规则成立（年龄 69）"
    assert why["en"] == "The rates give no amount; this must be verified: no rule holds (Age 69)"
