"""An allowance whose amount the decision fixes: the household of the subsistence allowance, month after month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from yizhan import clock
from yizhan.cases import by_the_house, timers
from yizhan.cases.models import Case
from yizhan.cases.tests.conftest import founded
from yizhan.cases.tests.households import VISIT, settled
from yizhan.identity import scope
from yizhan.payments import exporting
from yizhan.payments.tests.conftest import Office

OVER = "2026-11-28T00:30"


class Relief(Office):
    """The town with a poor household, and what its payments come to."""

    def __init__(self) -> None:
        self.town = founded()
        self._told = 0
        self.home = settled(self.town)

    def confirm(self) -> str:
        """Proposed, public for seven days, confirmed; the number of the case."""
        number = self.home.proposed()
        with clock.standing_at(OVER):
            timers.fire()
            self.home.do("confirmer", number, "grant", "confirmation")
            self.tell()
        return number

    def recheck(self, action: str, *, income: int = 0) -> str:
        """A year later it is opened, inquired into with an income put right, and decided; the number."""
        with clock.standing_at("2027-12-01T08:00"):
            with scope.service():
                by_the_house.open_due()
                number = Case.objects.get(item_id="subsistence_recheck").number
            self.town.work()
            self.home.do("officer", number, "record", "visit", given={**VISIT, "visited_on": "2027-12-01"})
            if income:
                given = {"income": str(income)}
                self.home.do("officer", number, "correct", "review", reason="已核实。", given=given)
            proposal = "agree" if action == "grant" else "disagree"
            self.home.do("officer", number, proposal, "review", reason="已复核。")
            self.home.do("confirmer", number, action, "confirmation", reason="经复核，情况属实。")
            self.tell()
        return number


@pytest.fixture
def relief(standing: Callable[..., Any]) -> Relief:
    made: Relief = standing(Relief)
    return made


def test_the_amount_of_the_decision_is_paid_each_month_once(relief):
    number = relief.confirm()
    assert f"{relief.entitlement(number).since:%Y-%m}" == "2026-12"
    assert relief.lines("2026-12") == [("2026-12", "due", "4209.00")]
    relief.tell_again("case.decided")
    with clock.standing_at("2026-12-20T06:00"):
        relief.build()
        relief.build()
    assert relief.lines("2026-12") == [("2026-12", "due", "4209.00")]
    assert relief.lines("2027-01") == [("2027-01", "due", "4209.00")]


def test_the_line_says_by_which_decision(relief):
    number = relief.confirm()
    with scope.service():
        line = relief.entitlement(number).lines.get()
    assert line.because[0]["zh"] == f"按 {number} 的决定核定"


def test_the_payer_closes_and_exports_it(relief):
    relief.confirm()
    with clock.standing_at("2026-11-30T10:00"):
        relief.build()
        with relief.acting("payer") as actor:
            relief.close("2026-12", actor)
            written = exporting.export(relief.roll("2026-12"), by=actor)
    assert "4209.00" in str(written)


def test_a_recheck_changes_the_amount_from_the_next_month(relief):
    number = relief.confirm()
    recheck = relief.recheck("grant", income=1000)
    with clock.standing_at("2027-12-20T06:00"):
        relief.build()
    assert relief.lines("2027-12")[-1] == ("2027-12", "due", "4209.00")
    assert relief.lines("2028-01") == [("2028-01", "due", "3209.00")]
    with scope.service():
        fixed = relief.entitlement(number).fixed.order_by("id")
        assert [one.case_number for one in fixed] == [number, recheck]


def test_a_recheck_that_finds_the_same_goes_on(relief):
    relief.confirm()
    relief.recheck("grant")
    with clock.standing_at("2027-12-20T06:00"):
        relief.build()
    assert relief.lines("2028-01") == [("2028-01", "due", "4209.00")]


def test_a_recheck_ends_it_with_the_month_of_the_decision(relief):
    number = relief.confirm()
    relief.recheck("refuse", income=5000)
    relief.tell_again("case.decided")
    with clock.standing_at("2027-12-20T06:00"):
        relief.build()
    assert relief.lines("2027-12")[-1][1] == "due"
    assert relief.lines("2028-01") == []
    with scope.service():
        assert relief.entitlement(number).ends.get().kind == "rechecked"
        assert Case.objects.get(number=number).lapses.get().undone_at is None
