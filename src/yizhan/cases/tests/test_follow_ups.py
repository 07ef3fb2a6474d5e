"""What the house opens by itself when its time comes: the yearly re-check of the subsistence allowance."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yizhan import clock
from yizhan.cases import (
    by_the_house,
    catalogue,
    ending,
    follow_ups,
    lapsing,
    soundness,
    timers,
    trail,
    without_ground,
)
from yizhan.cases.models import Case, Filing, FollowUp
from yizhan.cases.tests import households
from yizhan.cases.tests.conftest import Town, _a_demo_on_a_day  # noqa: F401 (fixtures)
from yizhan.cases.tests.households import VISIT, Home
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.notices.models import Message
from yizhan.releases.words import Text

RECHECK = "subsistence_recheck"
OVER, CONFIRMED = "2026-11-28T00:30", "2026-12-01T10:00"
THE_DAY, THE_DAY_BEFORE = "2027-12-01T00:05", "2027-11-30T23:55"


home, town = households.home, households.town


def confirmed(home: Home) -> str:
    """Granted on the first of December; the number of the case."""
    number = home.proposed()
    with clock.standing_at(OVER):
        timers.fire()
    with clock.standing_at(CONFIRMED):
        home.do("confirmer", number, "grant", "confirmation")
    return number


def opened(moment: str = THE_DAY) -> int:
    with clock.standing_at(moment), scope.service():
        return by_the_house.open_due()


def rechecks() -> list[Case]:
    with scope.service():
        return list(Case.objects.filter(item_id=RECHECK).order_by("id"))


def test_a_year_after_it_was_confirmed_it_opens_once(home: Home) -> None:
    number = confirmed(home)
    assert opened(THE_DAY_BEFORE) == 0
    assert (opened(), opened()) == (1, 0)
    (case,) = rechecks()
    before = home.town.case(number)
    assert (case.channel, case.subject, case.subject_name) == ("house", before.subject, before.subject_name)
    assert (case.status, case.area) == ("accepted", before.area)
    with scope.service():
        origin = follow_ups.origin_of(case)
        assert origin is not None
        assert origin.number == number
        assert case.accepted_at is not None
    assert case.number.startswith("YX2027-1201-")  # of the day here, whatever day it is elsewhere
    assert home.town.task(case.number, node="visit").unit == "440104-bj"


def test_what_was_filed_last_is_its_basis_without_files(home: Home) -> None:
    number = confirmed(home)
    opened()
    (case,) = rechecks()
    with scope.service():
        now, then = (Filing.objects.filter(case__number=one).latest("rev") for one in (case.number, number))
    assert now.data["household"] == then.data["household"]
    assert now.facts == then.facts
    assert "letter" in then.data["consent"]
    assert "letter" not in now.data["consent"]


def test_it_is_looked_into_and_goes_on_and_is_looked_at_again_a_year_later(home: Home) -> None:
    confirmed(home)
    opened()
    (case,) = rechecks()
    with clock.standing_at("2027-12-10T10:00"):
        home.town.work()
        home.do("officer", case.number, "record", "visit", given={**VISIT, "visited_on": "2027-12-09"})
        home.do("officer", case.number, "agree", "review")
        home.do("confirmer", case.number, "grant", "confirmation")
    assert home.town.case(case.number).outcome == "granted"
    with scope.service():
        assert soundness.look().unsound == ()
        told = trail.trail(case, trail.events_of(case))
    assert told.traces[-1].what == "到期由系统依职权立案"
    assert home.town.intact(case.number)
    assert opened("2028-12-09T12:00") == 0
    assert opened("2028-12-10T01:00") == 1
    assert len(rechecks()) == 2


def test_what_is_no_longer_in_force_is_not_looked_at(home: Home) -> None:
    number = confirmed(home)
    died = {"on": date(2027, 3, 1), "why": Text(zh="本人去世", en="The person has died")}
    with scope.service():
        lapsing.lapse(number, by=HOUSE, command=uuid.uuid4(), **died)  # type: ignore[arg-type]  # as written
    assert opened() == 0
    with scope.service():
        lapsing.take_back(number, by=HOUSE, command=uuid.uuid4())
    assert opened() == 1


def test_a_case_that_goes_on_after_all_has_none_until_it_ends_again(home: Home) -> None:
    number = confirmed(home)
    case = home.town.case(number)
    with clock.standing_at("2027-03-01T10:00"), home.town.acting("confirmer") as actor:
        ending.reopen(case.id, "confirmation", reason="另有情况。", by=actor, command=uuid.uuid4())
    assert opened() == 0
    with clock.standing_at("2027-03-02T10:00"):
        home.do("confirmer", number, "grant", "confirmation")
    assert opened() == 0
    assert opened("2028-03-02T01:00") == 1


def test_a_case_that_goes_on_after_what_follows_has_opened_ends_again(home: Home) -> None:
    number = confirmed(home)
    assert opened() == 1
    with clock.standing_at("2027-12-02T10:00"):
        with home.town.acting("confirmer") as actor:
            case = home.town.case(number).id
            ending.reopen(case, "confirmation", reason="另有情况。", by=actor, command=uuid.uuid4())
        home.do("confirmer", number, "grant", "confirmation")
    assert home.town.case(number).outcome == "granted"
    assert (opened("2028-12-02T01:00"), len(rechecks())) == (
        0,
        1,
    )  # the one that is open decides what follows


def reopen(home: Home, number: str, moment: str) -> None:
    """The bureau looks into what it had decided."""
    with clock.standing_at(moment), home.town.acting("confirmer") as actor:
        case = home.town.case(number).id
        ending.reopen(case, "confirmation", reason="另有情况。", by=actor, command=uuid.uuid4())


def decide(home: Home, number: str, action: str, moment: str) -> None:
    with clock.standing_at(moment):
        home.do("confirmer", number, action, "confirmation", reason="核实完毕。")
        home.town.work()


def go_through(home: Home, number: str, moment: str) -> None:
    """A re-check is done: it goes on."""
    with clock.standing_at(moment):
        home.town.work()
        home.do("officer", number, "record", "visit", given={**VISIT, "visited_on": moment[:10]})
        home.do("officer", number, "agree", "review")
        home.do("confirmer", number, "grant", "confirmation")


def test_what_is_open_ends_with_the_decision_that_is_reversed(home: Home) -> None:
    number = confirmed(home)
    opened()
    reopen(home, number, "2027-12-02T10:00")
    home.town.work()
    (case,) = rechecks()
    assert case.closed_at is None  # the decision may yet be the same
    decide(home, number, "refuse", "2027-12-03T10:00")
    (case,) = rechecks()
    assert (case.status, case.outcome) == ("closed", "terminated")
    with scope.service():
        assert Message.objects.filter(template=without_ground.MESSAGE).count() == 1
        assert trail.trail(case, trail.events_of(case)).traces[0].what == "终止办理"
        assert soundness.look().unsound == ()
    assert home.town.intact(case.number)
    assert opened("2029-01-01T10:00") == 0


def test_granted_after_all_a_new_year_begins(home: Home) -> None:
    number = confirmed(home)
    opened()
    reopen(home, number, "2027-12-02T10:00")
    decide(home, number, "refuse", "2027-12-03T10:00")
    reopen(home, number, "2028-01-10T10:00")
    decide(home, number, "grant", "2028-01-11T10:00")
    assert opened("2029-01-10T23:00") == 0
    assert opened("2029-01-11T01:00") == 1


def test_what_waits_after_a_recheck_ends_with_the_first_decision(home: Home) -> None:
    number = confirmed(home)
    opened()
    (case,) = rechecks()
    go_through(home, case.number, "2027-12-10T10:00")
    reopen(home, number, "2028-02-01T10:00")
    assert opened("2029-01-01T10:00") == 0  # while it is looked into
    with scope.service():
        assert follow_ups.coming(case) is None
    decide(home, number, "refuse", "2028-02-02T10:00")
    with scope.service():
        assert not FollowUp.objects.filter(opened_as="", given_up_at=None).exists()


def test_what_waits_after_a_recheck_goes_on_where_it_is_granted_again(home: Home) -> None:
    number = confirmed(home)
    opened()
    go_through(home, rechecks()[0].number, "2027-12-10T10:00")
    reopen(home, number, "2028-02-01T10:00")
    decide(home, number, "grant", "2028-02-02T10:00")
    assert opened("2028-12-10T01:00") == 1
    assert len(rechecks()) == 2


def test_a_death_ends_what_is_open_and_its_correction_opens_it_again(home: Home) -> None:
    number = confirmed(home)
    opened()
    died = {"on": date(2027, 12, 5), "why": Text(zh="本人去世", en="The person has died")}
    with clock.standing_at("2027-12-06T10:00"):
        with scope.service():
            lapsing.lapse(number, by=HOUSE, command=uuid.uuid4(), **died)  # type: ignore[arg-type]  # as written
        home.town.work()
    assert rechecks()[0].outcome == "terminated"
    with clock.standing_at("2027-12-20T10:00"), scope.service():
        lapsing.take_back(number, by=HOUSE, command=uuid.uuid4())
    assert opened("2027-12-20T10:01") == 1
    assert [case.closed_at is None for case in rechecks()] == [False, True]


def test_what_cannot_be_opened_has_its_turn_again_later(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed(home)
    with monkeypatch.context() as broken:
        broken.setattr(by_the_house, "form_of", lambda *_given: 1 / 0)
        opened()
    assert rechecks() == []
    assert opened("2027-12-01T00:30") == 0
    assert opened("2027-12-01T01:30") == 1
    with scope.service():
        assert FollowUp.objects.exclude(opened_as="").count() == 1


def test_nobody_applies_for_it(home: Home) -> None:
    assert RECHECK not in [entry.code for entry in catalogue.items()]
    assert RECHECK not in [entry.code for entry in catalogue.search("低保年度复核")]
