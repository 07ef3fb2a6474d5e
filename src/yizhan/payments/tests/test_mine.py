"""What a resident sees of what is paid: months, the next pay day, the end; the account masked."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.payments import mine
from yizhan.payments.tests.conftest import day

PAY_DAY = "2026-12-10"


def told(office, who="chen"):
    with office.acting(who) as actor:
        return mine.of(actor)


@pytest.fixture
def granted(office):
    """陈玥堃 gets the allowance from December on."""
    office.grant("chen")
    return office


def close(office, month, at):
    with clock.standing_at(at):
        office.build()
        with office.acting("payer") as actor:
            office.close(month, actor)


def test_before_the_first_list_is_closed_the_first_month_is_coming(granted):
    (one,) = told(granted)
    assert (one.title, one.since, one.end) == ("高龄津贴", day("2026-12"), None)
    assert one.account == "**** 7890" and one.bank == "示例银行越秀支行"
    assert [(m.month, m.standing, str(m.amount)) for m in one.months] == [
        (day("2026-12"), "coming", "120.00")
    ]
    assert (one.next_on.isoformat(), str(one.next_amount)) == (PAY_DAY, "120.00")


def test_a_month_is_paid_once_its_list_is_closed_and_its_day_has_come(granted):
    close(granted, "2026-12", "2026-11-25T09:00")
    with clock.standing_at("2026-12-09T23:59"):
        assert [m.standing for m in told(granted)[0].months] == ["coming"]
    with clock.standing_at("2026-12-10T00:00"):
        (one,) = told(granted)
    assert [m.standing for m in one.months] == ["paid"]
    assert one.months[0].because[0]["zh"] == "80 至 89 周岁"
    assert (one.next_on.isoformat(), one.next_amount) == ("2027-01-08", None), "its list is not made yet"


def test_a_list_that_nobody_closed_pays_nothing(granted):
    with clock.standing_at("2026-12-11T09:00"):
        assert [m.standing for m in told(granted)[0].months] == ["coming"]


def test_what_cannot_be_told_is_held_with_the_reason(granted):
    granted.corrected("chen", "born_on", day("1958-03"))
    (month,) = told(granted)[0].months
    assert (month.standing, month.amount) == ("held", None)
    assert month.because


def test_whoever_has_moved_away_sees_until_when_it_is_paid(granted):
    close(granted, "2026-12", "2026-11-25T09:00")
    with clock.standing_at("2026-12-15T09:00"):
        granted.moved("chen", "330100000000", "2026-12-15")
        (one,) = told(granted)
    assert (one.end.kind, one.end.last_month) == ("moved_away", day("2026-12"))
    assert one.next_on is None
    assert [m.standing for m in one.months] == ["paid"]


def test_a_duplicate_that_never_ran_is_not_shown(granted):
    first = told(granted)[0].case_number
    granted.town.permit_several()
    granted.grant("chen")
    assert [one.case_number for one in told(granted)] == [first]


def test_nobody_sees_anothers(granted):
    assert told(granted, "wang") == []
    assert told(granted, "payer") == []
