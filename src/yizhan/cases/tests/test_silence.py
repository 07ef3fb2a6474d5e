"""Acceptance by silence: nobody answered within the limit, so the matter is accepted as of receipt."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases import beside, supplements
from yizhan.cases.models import Card, Case, Event, Task, TaskKind
from yizhan.cases.step import take
from yizhan.cases.supplements import Missing
from yizhan.cases.tests.test_clocks import last_day, the
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE


@pytest.fixture
def silent(town):
    town.republish("items/elderly_allowance.yaml", "limits:\n", "limits:\n  by_silence: true\n")
    return town.apply("chen", other_allowance=True)


def test_nobody_answered_so_it_is_accepted_as_of_receipt(town, silent):
    with clock.standing_at("2026-11-30T09:00"):
        town.work()
    case = town.case(silent)
    assert (case.status, str(day_of(case.accepted_at))) == ("accepted", "2026-11-20")
    assert last_day(the(silent, "promised")) == date(2026, 12, 4)  # from the day of receipt
    assert town.task(silent).node == "review"
    with scope.service():
        assert Card.objects.filter(number=silent, kind="acceptance", colour="yellow").exists()
    assert town.intact(silent)


def test_a_colleague_who_has_not_signed_does_not_hold_up_what_the_law_says(town, silent):
    task = town.task(silent)
    with town.acting("clerk") as actor:
        people = [town.people["colleague"]]
        beside.ask(
            task.case_id, task.id, TaskKind.COSIGN, people, words="请会签", by=actor, command=uuid.uuid4()
        )
    with clock.standing_at("2026-11-30T09:00"):
        town.work()
    assert town.case(silent).status == "accepted"
    with scope.service():
        states = dict(Task.objects.filter(number=silent, node="acceptance").values_list("kind", "state"))
    assert states == {"step": "done", "cosign": "cancelled"}
    assert town.intact(silent)


def test_what_was_missing_came_so_it_is_accepted_as_of_then(town, silent):
    task = town.task(silent)
    missing = [Missing("agent.letter", "委托书")]
    with town.acting("clerk") as actor:
        supplements.ask(task.case_id, task.id, missing=missing, words="", by=actor, command=uuid.uuid4())
    with clock.standing_at("2026-11-25T09:00"), scope.service():
        do(silent)
    with clock.standing_at("2026-12-03T09:00"):
        town.work()
    assert str(day_of(town.case(silent).accepted_at)) == "2026-11-25"
    assert last_day(the(silent, "promised")) == date(2026, 12, 9)


def do(number):
    """The house goes on as if the applicant had answered."""
    case = Case.objects.get(number=number)
    take(case.id, by=HOUSE, command=uuid.uuid4(), kind="test", do=supplements.resume)


def test_who_answers_in_time_is_not_overtaken(town, silent):
    with clock.standing_at("2026-11-27T16:00"):
        town.do("clerk", silent, "accept")
    with clock.standing_at("2026-11-30T09:00"):
        town.work()
    assert str(day_of(town.case(silent).accepted_at)) == "2026-11-27"
    with scope.service():
        assert not Event.objects.filter(case__number=silent, kind="timer.silence").exists()
