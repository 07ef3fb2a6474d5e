"""Public notices: up for seven days, taken down by themselves, objections that lead back."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import OperationalError, connection

from yizhan import clock
from yizhan.cases import dossier, ending, motion, timers
from yizhan.cases.models import Token
from yizhan.cases.refusals import Incomplete, NotNow
from yizhan.cases.step import Step, take
from yizhan.cases.tests import households
from yizhan.cases.tests.conftest import Town, _a_demo_on_a_day, _citizen  # noqa: F401 (fixtures)
from yizhan.cases.tests.households import MEMBERS, Home
from yizhan.cases.tests.households import number as number_of
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account
from yizhan.journal.reading import Fact, hear_own
from yizhan.notices.models import Message
from yizhan.publishing import following, hearing, objecting, reading
from yizhan.publishing.models import Hearing, Objection, PublicNotice
from yizhan.workflow.processes.events import Message as ProcessMessage

WORDS = "这家人有一辆小汽车，平时停在小区里。"
OVER = "2026-11-28T00:30"


home, town = households.home, households.town


def up() -> list[reading.Shown]:
    """What somebody sees who is not logged in."""
    return reading.up()[0]


def object_(key: uuid.UUID | None = None, **more: str) -> None:
    (shown,) = up()
    said = {"words": WORDS, "name": "", "phone": "", **more}
    objecting.object_to(shown.id, key=key or uuid.uuid4(), **said)


def let_pass(home: Home, moment: str) -> None:
    with clock.standing_at(moment):
        timers.fire()
        home.town.work()


def test_everybody_reads_what_practice_shows_and_nothing_more(home: Home) -> None:
    shown_number = home.proposed()
    (shown,) = up()
    assert (shown.name, shown.persons, shown.monthly) == ("温＊琴", 3, 4209)
    assert (shown.since, shown.last_day) == (date(2026, 11, 20), date(2026, 11, 27))
    assert reading.up_of(home.town.case(shown_number)) == shown
    with scope.service():  # what was done within the step is not stood at any more
        assert [token.node for token in Token.objects.filter(case__number=shown_number)] == ["notice"]
    written = {field.name for field in PublicNotice._meta.fields}
    assert not written & {"address", "document", "id_number", "phone"}


def test_it_is_taken_down_by_itself_and_the_case_goes_on(home: Home) -> None:
    number = home.proposed()
    with clock.standing_at(OVER):
        assert up() == []  # whether or not the timer has fired
    let_pass(home, OVER)
    assert up() == []
    assert home.town.task(number).node == "confirmation"
    with scope.service():
        assert PublicNotice.objects.get().taken_down_at is not None


def test_an_objection_leads_to_a_task_and_unfounded_lets_it_go_on(home: Home) -> None:
    number = home.proposed()
    object_(name="梁女士", phone="13800004444")
    home.town.work()
    assert home.town.task(number).node == "objection"
    assert len(up()) == 1  # a mere objection takes nothing down
    with home.town.acting("officer") as actor:
        (handled,) = reading.of_case(dossier.open_(number, by=actor).case)
        assert [one.words for one in handled.objections] == [WORDS]
    home.do("officer", number, "unfounded", "objection", given={"findings": "车辆属于邻居。"})
    assert home.town.case(number).status == "accepted"
    let_pass(home, OVER)
    assert home.town.task(number).node == "confirmation"


def test_unfounded_after_the_last_day_goes_on_at_once(home: Home) -> None:
    number = home.proposed()
    object_()
    home.town.work()
    with clock.standing_at("2026-12-01T10:00"):
        home.do("officer", number, "unfounded", "objection", given={"findings": "不实。"})
        timers.fire()
        assert home.town.task(number).node == "confirmation"


def test_founded_takes_it_down_and_inquires_again(home: Home) -> None:
    number = home.proposed()
    object_()
    home.town.work()
    home.do("officer", number, "founded", "objection", given={"found": "车辆属实。"})
    home.town.work()
    assert up() == []
    assert home.town.task(number).node == "visit"


def test_two_objections_are_one_task_and_the_same_key_is_one_objection(home: Home) -> None:
    number, key = home.proposed(), uuid.uuid4()
    object_(key)
    object_(key)
    object_(words="另有一套房子出租，每月有租金。")
    home.town.work()
    assert home.town.task(number).node == "objection"
    with scope.service():
        assert Objection.objects.count() == 2
    assert home.town.intact(number)


def in_other_hands(*_given: Any, **_more: Any) -> None:
    raise OperationalError("canceling statement due to lock timeout")


def hearings() -> list[str]:
    with scope.service():
        return [one.way for one in Hearing.objects.order_by("at", "objection__at")]


def told() -> list[str]:
    """Who was told that something was said after the notice."""
    with scope.service():
        found = Message.objects.filter(template=hearing.AFTERWARDS).order_by("account")
        return [Account.objects.get(id=one.account).name for one in found]


def test_it_is_heard_at_once_also_just_before_the_end(home: Home) -> None:
    number = home.proposed()
    with clock.standing_at("2026-11-27T23:59"):
        object_()
    with clock.standing_at(OVER):
        timers.fire()  # before anything else of the worker
        assert home.town.task(number).node == "objection"
    assert hearings() == ["led"]
    assert home.town.intact(number)


def test_what_cannot_be_heard_at_once_is_heard_by_the_outbox(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = home.proposed()
    with monkeypatch.context() as busy:
        busy.setattr(hearing, "take", in_other_hands)
        object_()
    assert hearings() == []
    home.town.work()
    assert (home.town.task(number).node, hearings()) == ("objection", ["led"])


def test_what_the_outbox_brings_too_late_is_shown_to_the_office(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = home.proposed()
    with monkeypatch.context() as busy, clock.standing_at("2026-11-27T23:59"):
        busy.setattr(hearing, "_hear", in_other_hands)
        object_()
    with clock.standing_at(OVER):
        timers.fire()
        home.town.work()
    assert home.town.task(number).node == "confirmation"
    assert (hearings(), told()) == (["told"], ["陆晓", "欧阳敏", "麦志", "甘国强"])


def test_after_the_notice_it_is_passed_on_and_changes_nothing(home: Home) -> None:
    number, key = home.proposed(), uuid.uuid4()
    (shown,) = up()
    with clock.standing_at(OVER):
        for _twice in range(2):  # the timer has not fired yet
            assert not objecting.object_to(shown.id, words=WORDS, name="", phone="", key=key)
        timers.fire()
        assert home.town.task(number).node == "confirmation"
        assert not objecting.object_to(shown.id, words=WORDS, name="", phone="", key=uuid.uuid4())
    assert hearings() == ["told", "told"]
    assert told().count("欧阳敏") == 2
    with home.town.acting("confirmer") as actor:
        (handled,) = reading.of_case(dossier.open_(number, by=actor).case)
        assert [(one.late, one.hearing.way) for one in handled.objections] == [(True, "told")] * 2
    assert home.town.intact(number)


def test_what_was_heard_before_there_were_rows_of_it_has_them_after_the_migration(home: Home) -> None:
    case = home.town.case(home.proposed())
    with scope.service():
        notice = PublicNotice.objects.get()
        for moves in (True, False):
            said = Objection.objects.create(notice=notice, words=WORDS, at=clock.now())

            def hear(step: Step, said: Objection = said, moves: bool = moves) -> None:
                step.note(objection=str(said.id))
                if moves:
                    motion.move(step, ProcessMessage(hearing.MESSAGE))

            take(case.pk, by=HOUSE, command=uuid.uuid4(), kind="notice.objection", do=hear)
        carried = import_module("yizhan.publishing.migrations.0003_heard_before").CARRIED
        with connection.cursor() as cursor:
            cursor.execute(carried)
            cursor.execute(carried)
        assert sorted(one.way for one in Hearing.objects.all()) == ["joined", "led"]
    object_()
    assert sorted(hearings()) == ["joined", "joined", "led"]


def test_of_no_notice_nothing_is_kept(home: Home) -> None:
    with pytest.raises(NotNow):
        objecting.object_to(uuid.uuid4(), words=WORDS, name="", phone="", key=uuid.uuid4())
    with scope.service():
        assert not Objection.objects.exists()


def test_what_is_missing_is_told_at_its_question(home: Home) -> None:
    home.proposed()
    for given, field in (({"words": ""}, "words"), ({"words": "太短"}, "words"), ({"phone": "12"}, "phone")):
        with pytest.raises(Incomplete) as refused:
            object_(**given)
        assert [path for path, _words in refused.value.faults] == [field]


def test_objections_are_for_those_who_handle_the_case(home: Home) -> None:
    home.proposed()
    object_()
    with home.town.acting("stranger"):
        assert not Objection.objects.exists()
    with home.town.acting("chen"):
        assert not Objection.objects.exists()


def test_an_end_that_is_heard_late_takes_nothing_down_that_came_after_it(home: Home) -> None:
    case = home.town.case(home.proposed()).id
    told: dict[str, Any] = {
        "kind": "case.closed",
        "subject": "",
        "actor": "",
        "data": {"case": case},
        "position": (0, 0, 1),
    }
    with scope.service():
        (notice,) = PublicNotice.objects.all()
        following.closed(Fact(1, at=notice.up_at - timedelta(minutes=1), **told))
        assert len(up()) == 1
        following.closed(Fact(1, at=notice.up_at, **told))
        assert up() == []


def test_a_case_that_ends_shows_nothing_any_more(home: Home) -> None:
    number = home.proposed()
    case = home.town.case(number)
    home.town.people["her"] = _citizen(MEMBERS["mother"][0], number_of("mother"), "13800009999")
    with home.town.acting("her") as actor:
        ending.withdraw(case.id, by=actor, command=uuid.uuid4())
    with scope.service():
        hear_own(0)  # as the worker does once the step is there
    assert up() == []


def test_whoever_applied_sees_that_the_case_is_made_public(home: Home) -> None:
    number = home.proposed()
    with home.town.acting("officer") as actor:
        moments = dossier.open_(number, by=actor).moments
    assert [(one.title, one.state) for one in moments[-2:]] == [("公示期", "now"), ("承诺办结", "next")]
