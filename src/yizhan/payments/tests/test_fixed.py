"""An allowance whose amount the decision fixes: the household of the subsistence allowance, month after month."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.cases import timers
from yizhan.cases.tests.conftest import founded
from yizhan.cases.tests.households import settled
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


@pytest.fixture
def relief(db: None) -> Relief:
    return Relief()


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
