"""What a case entitles to waits while it is looked into again; then it goes on as decided, or ends."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.cases import ending as cases_ending
from yizhan.identity import scope
from yizhan.payments.models import FixedAmount

LATE_DECEMBER = "2026-12-22T09:00"


def reopen(office, number, node="decision"):
    """The approver lets it go on; this room hears of it."""
    case = office.town.case(number)
    with office.acting("approver") as actor:
        cases_ending.reopen(case.id, node, reason="发现新的情况。", by=actor, command=uuid.uuid4())
    office.tell()


def decide(office, number, action, words="核实完毕。"):
    office.town.do("approver", number, action, reason=words)
    office.tell()


@pytest.fixture(autouse=True)
def _may_be_reopened(office):
    office.town.republish(
        "items/elderly_allowance.yaml", "handling:", "handling:\n  reopens: elderly_allowance.approver"
    )


@pytest.fixture
def reopened(office):
    """A case by hand, granted, paid in December, and looked into again."""
    number = office.grant_by_hand("chen")
    reopen(office, number)
    return number


def test_while_it_is_looked_into_nothing_is_paid(office, reopened):
    assert office.lines("2026-12") == [("2026-12", "held", "")]
    with clock.standing_at(LATE_DECEMBER):
        office.build()
        assert office.lines("2027-01") == [("2027-01", "held", "")]


def test_granted_again_it_goes_on_and_what_waited_is_paid(office, reopened):
    decide(office, reopened, "grant")
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
    assert not office.entitlement(reopened).ends.exists()


def test_refused_now_it_ends_before_what_waited(office, reopened):
    decide(office, reopened, "refuse")
    assert office.lines("2026-12") == [("2026-12", "withdrawn", "")]
    with scope.service():
        end = office.entitlement(reopened).ends.get()
    assert (end.kind, f"{end.last_month:%Y-%m}") == ("revoked", "2026-11")
    with clock.standing_at(LATE_DECEMBER):
        office.build()
    assert office.lines("2027-01") == []


def test_refused_and_reopened_and_granted_after_all(office, reopened):
    decide(office, reopened, "refuse")
    reopen(office, reopened)
    decide(office, reopened, "grant")
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]


def test_granted_after_all_while_a_later_one_is_paid_nobody_is_paid_twice(office, reopened):
    decide(office, reopened, "refuse")
    later = office.grant_by_hand("chen")
    reopen(office, reopened)
    decide(office, reopened, "grant")
    assert [line for line in office.lines("2026-12") if line[1] == "due"] == [("2026-12", "due", "120.00")]
    with scope.service():
        end = office.entitlement(reopened).ends.get(undone_at=None)
        assert (end.kind, office.entitlement(later).ends.exists()) == ("duplicate", False)


def test_a_month_closed_before_stays_paid(office):
    number = office.grant_by_hand("chen")
    office.build()
    with clock.standing_at("2026-11-30T10:00"):
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
        reopen(office, number)
        decide(office, number, "refuse")
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
    assert office.lines("2027-01") == [("2027-01", "withdrawn", "")]


def test_heard_too_late_it_ends_all_the_same(office):
    number = office.grant_by_hand("chen")
    told, office.tell = office.tell, lambda: None
    reopen(office, number)
    decide(office, number, "refuse")
    told()
    assert office.lines("2026-12") == [("2026-12", "withdrawn", "")]


def test_the_same_news_again_changes_nothing(office, reopened):
    office.tell_again("case.reopened")
    decide(office, reopened, "grant")
    for kind in ("case.decided", "case.closed"):
        office.tell_again(kind)
    with scope.service():
        assert office.entitlement(reopened).holds.count() == 1
        assert not FixedAmount.objects.exists()
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
