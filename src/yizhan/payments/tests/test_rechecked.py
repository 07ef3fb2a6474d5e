"""A re-check whose own decision is set aside, and one of a decision that is reversed: payments follow."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from yizhan import clock
from yizhan.cases import by_the_house, motion
from yizhan.cases import ending as cases_ending
from yizhan.cases.models import Case, Lapse
from yizhan.cases.step import take
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.payments.models import EntitlementEnd, FixedAmount, Hold
from yizhan.payments.tests.test_fixed import Relief
from yizhan.workflow.processes.events import Terminated

IN_JANUARY = "2028-01-05T10:00"
A_DAY_LATER = "2028-01-06T10:00"


@pytest.fixture
def relief(standing: Callable[..., Any]) -> Relief:
    made: Relief = standing(Relief)
    return made


def paid_to(relief: Relief, moment: str, *months: str) -> None:
    """Lists are made and closed up to some months, at the end of the month before the moment."""
    with clock.standing_at(moment):
        relief.build()
        for month in months:
            with relief.acting("payer") as actor:
                relief.close(month, actor)
        relief.tell()


def reopen(relief: Relief, number: str, node: str = "confirmation", moment: str = IN_JANUARY) -> None:
    with clock.standing_at(moment):
        case = relief.town.case(number)
        with relief.acting("confirmer") as actor:
            cases_ending.reopen(case.id, node, reason="发现新的情况。", by=actor, command=uuid.uuid4())
        relief.tell()


def decide(relief: Relief, number: str, action: str, moment: str = A_DAY_LATER) -> None:
    with clock.standing_at(moment):
        relief.home.do("confirmer", number, action, "confirmation", reason="核实完毕。")
        relief.tell()


def end_of(relief: Relief, number: str) -> tuple[str, str] | None:
    """The end in force: why, and the last month."""
    with scope.service():
        end = relief.entitlement(number).ends.filter(undone_at=None).first()
    return (end.kind, f"{end.last_month:%Y-%m}") if end else None


def last_line(relief: Relief, number: str, month: str) -> tuple[str, str]:
    """What the latest list says of a month."""
    with scope.service():
        lines = relief.entitlement(number).lines.filter(month=f"{month}-01")
        line = lines.order_by("-list__month")[0]
    return line.state, str(line.amount or "")


def test_a_refusal_that_is_looked_into_waits_and_granted_after_all_is_made_up_for(relief):
    number = relief.confirm()
    recheck = relief.recheck("refuse", income=5000)
    assert end_of(relief, number) == ("rechecked", "2027-12")
    reopen(relief, recheck, "review")
    assert end_of(relief, number) is None
    with scope.service():
        assert Hold.objects.get(released_at=None).case_number == recheck
    with clock.standing_at(IN_JANUARY):
        relief.build()
    assert last_line(relief, number, "2028-01") == ("held", "")
    with clock.standing_at(A_DAY_LATER):
        given = {"income": "0"}
        relief.home.do("officer", recheck, "correct", "review", reason="误记。", given=given)
        relief.home.do("officer", recheck, "agree", "review")
    decide(relief, recheck, "grant")
    assert last_line(relief, number, "2028-01")[0] == "due"
    assert last_line(relief, number, "2027-12")[0] == "due"
    with scope.service():
        assert not Hold.objects.filter(released_at=None).exists()


def test_refused_again_it_ends_where_it_had_ended(relief):
    number = relief.confirm()
    recheck = relief.recheck("refuse", income=5000)
    reopen(relief, recheck)
    decide(relief, recheck, "refuse")
    assert end_of(relief, number) == ("rechecked", "2027-12")
    with scope.service():
        assert Lapse.objects.get(undone_at=None).case.number == number


def test_ended_without_a_decision_what_was_paid_before_is_paid_again(relief):
    number = relief.confirm()
    recheck = relief.recheck("grant", income=1000)
    with scope.service():
        assert [str(one.amount) for one in FixedAmount.objects.order_by("id")] == ["4209.00", "3209.00"]
    reopen(relief, recheck)
    with clock.standing_at(A_DAY_LATER):
        _terminated(relief, recheck)
        relief.tell()
        relief.build()
    assert last_line(relief, number, "2028-01") == ("due", "4209.00")
    relief.tell_again("case.decided")
    relief.tell_again("case.reopened")
    relief.tell_again("case.closed")
    assert last_line(relief, number, "2028-01") == ("due", "4209.00")
    assert end_of(relief, number) is None


def test_a_recheck_ends_nothing_that_was_granted_later(relief):
    number = relief.confirm()
    with clock.standing_at("2027-12-01T08:00"):
        recheck = _opened(relief)
        reopen(relief, number, moment="2027-12-01T09:00")
        decide(relief, number, "refuse", "2027-12-01T10:00")
    assert end_of(relief, number)[0] == "revoked"
    with scope.service():
        other = relief.entitlement(number)
        other.pk, other.case_number, other.since = None, "YX-OTHER", "2028-01-01"
        other.save(force_insert=True)
    with clock.standing_at("2027-12-02T08:00"):
        relief.town.work()  # the re-check ends with what it looked at
        relief.tell()
    assert relief.town.case(recheck).outcome == "terminated"
    with scope.service():
        assert not EntitlementEnd.objects.filter(entitlement__case_number="YX-OTHER").exists()


def test_set_aside_before_it_was_heard_it_ends_nothing(relief):
    number = relief.confirm()
    told, relief.tell = relief.tell, lambda: None
    recheck = relief.recheck("refuse", income=5000)
    reopen(relief, recheck)
    relief.tell = told
    relief.tell()
    assert end_of(relief, number) is None


def _opened(relief: Relief) -> str:
    with scope.service():
        by_the_house.open_due()
        return Case.objects.get(item_id="subsistence_recheck").number


def _terminated(relief: Relief, number: str) -> None:
    case = relief.town.case(number)
    with scope.service():
        take(
            case.pk,
            by=HOUSE,
            command=uuid.uuid4(),
            kind="case.terminated",
            do=lambda step: motion.move(step, Terminated()),
        )
