"""Timers fire together, each for itself."""

from datetime import timedelta

import pytest

from yizhan import clock
from yizhan.cases import timers
from yizhan.cases.models import Timer
from yizhan.cases.refusals import Impossible, NotNow, TooLate
from yizhan.identity import scope
from yizhan.workflow.processes.refusal import NotPossible


@pytest.fixture
def three(town):
    """Three cases, each with a timer of a test's own that is due."""
    town.permit_several()
    cases = [town.case(town.apply("chen", other_allowance=True)).id for _ in range(3)]
    with scope.service():
        Timer.objects.all().delete()
        for number, case in enumerate(cases):
            due = clock.now() - timedelta(hours=3 - number)
            Timer.objects.create(case_id=case, kind="test", ref=str(number), due=due)
    return cases


def left():
    with scope.service():
        return {timer.ref: timer.due for timer in Timer.objects.filter(kind="test")}


def test_the_earliest_first_each_once(three, monkeypatch):
    fired = []
    monkeypatch.setitem(timers._DOES, "test", lambda step, ref: fired.append((step.case.id, ref)))
    assert timers.fire() == 3
    assert fired == [(case, str(number)) for number, case in enumerate(three)]
    assert timers.fire() == 0
    assert not left()


def test_a_time_at_which_the_process_cannot_go_on_is_not_lost(three, monkeypatch):
    codes = {"0": "timer_gone", "1": "no_way", "2": "unit_unknown"}

    def does(_step, ref):
        raise Impossible(NotPossible(codes[ref], zh="不能", en="it cannot"))

    monkeypatch.setitem(timers._DOES, "test", does)
    assert timers.fire() == 3
    assert left().keys() == {"1", "2"}
    with scope.service(), clock.standing_at("2026-11-20T10:45"), pytest.raises(Impossible):
        timers.fire_here(three[1])


def test_what_is_refused_for_another_reason_is_not_lost(three, monkeypatch):
    """Only what no longer stands comes too late: a task that waits for a colleague will be open again."""

    def does(_step, ref):
        raise (TooLate if ref == "0" else NotNow)

    monkeypatch.setitem(timers._DOES, "test", does)
    assert timers.fire() == 3
    assert left().keys() == {"1", "2"}


def test_one_that_fails_takes_no_other_with_it_and_fires_again_later(three, monkeypatch):
    fired = []

    def does(step, ref):
        step.note(tried=ref)
        if ref == "0":
            raise RuntimeError("a mistake in the house")
        if ref == "1":
            raise TooLate
        fired.append(ref)

    monkeypatch.setitem(timers._DOES, "test", does)
    assert timers.fire() == 3
    assert fired == ["2"]
    assert left() == {"0": clock.now() + timedelta(minutes=10)}
    with clock.standing_at("2026-11-20T09:45"):
        assert timers.fire() == 1
