"""A resident applies online."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection, transaction

from yizhan import clock
from yizhan.cases import catalogue, drafts, intake
from yizhan.cases.models import Case, Draft, Filing, Status
from yizhan.cases.refusals import CommandReused, Incomplete, NotNow, NotYours
from yizhan.cases.tests.conftest import filled
from yizhan.identity import scope
from yizhan.notices.models import Message
from yizhan.records.models import Paper
from yizhan.registry.faults import NotHere


def test_when_the_registers_agree_it_is_decided_on_the_spot(town):
    number = town.apply("chen")
    case = town.case(number)
    assert (case.status, case.outcome) == (Status.CLOSED, "granted")
    assert case.decision.automatic
    assert case.decision.terms == {"monthly": 120}
    assert case.decision.reasons[0]["zh"].startswith("年满 70 周岁")
    assert town.intact(number)


def test_the_decision_becomes_a_paper_and_a_message(town):
    number = town.apply("chen")
    assert town.work() > 0
    with scope.service():
        paper = Paper.objects.get(owner=f"case:{number}")
        assert paper.title == "高龄津贴准予发放决定书"
        assert town.case(number).decision.paper == paper.id
        assert Message.objects.get(subject=f"case:{number}").title == "高龄津贴准予发放"
    assert town.intact(number)
    assert town.work() == 0


def test_a_doubtful_case_goes_to_the_sub_district_where_the_person_is_registered(town):
    number = town.apply("wang", other_allowance=True)
    task = town.task(number)
    assert (task.node, task.unit, task.subject_mask) == ("acceptance", "440104-lr", "王＊")
    assert str(task.due_at.astimezone()) > "2026-11-27"
    assert town.intact(number)


def test_what_the_registers_say_is_filed_with_source_and_day(town):
    number = town.apply("chen")
    with scope.service():
        facts = Filing.objects.get(case__number=number).facts
    assert facts["person.age"]["value"] == 81
    assert facts["household.address"]["source"] == {
        "zh": "公安户籍登记",
        "en": "Household register of the police",
    }
    assert facts["household.address"]["as_of"] == "2026-11-18"


def test_the_browser_cannot_change_what_is_locked(town):
    with town.acting("chen") as actor:
        desk = drafts.begin(catalogue.get("elderly_allowance"), by=actor, subject=town.subjects["chen"])
        data = filled(desk.draft.data)
        data["applicant"]["name"] = "冒名者"
        data["account"]["holder"] = "冒名者"
        drafts.save(desk, data)
        number = intake.submit(desk, by=actor, command=uuid.uuid4())
    assert town.case(number).data["applicant"]["name"] == "陈玥堃"
    assert town.case(number).data["account"]["holder"] == "陈玥堃"


def test_a_second_click_gives_the_same_case(town):
    command = uuid.uuid4()
    with town.acting("chen") as actor:
        desk = drafts.begin(catalogue.get("elderly_allowance"), by=actor, subject=town.subjects["chen"])
        drafts.save(desk, filled(desk.draft.data))
        first = intake.submit(desk, by=actor, command=command)
        again = intake.submit(desk, by=actor, command=command)
        assert first == again
        with pytest.raises(NotNow, match=first):
            intake.submit(desk, by=actor, command=uuid.uuid4())
        assert Case.objects.count() == 1


def test_a_command_of_somebody_else_is_refused(town):
    command = uuid.uuid4()
    town.apply("chen", command=command)
    with pytest.raises(CommandReused):
        town.apply("wang", command=command)


def test_what_is_missing_is_said_and_the_draft_is_kept(town):
    with town.acting("chen") as actor:
        desk = drafts.begin(catalogue.get("elderly_allowance"), by=actor, subject=town.subjects["chen"])
        with pytest.raises(Incomplete) as wrong:
            intake.submit(desk, by=actor, command=uuid.uuid4())
        assert "account.number" in {path for path, _words in wrong.value.faults}
        assert Draft.objects.get(id=desk.draft.id).submitted_as == ""


def test_a_draft_is_gone_on_with_and_nobody_elses(town):
    with town.acting("chen") as actor:
        item = catalogue.get("elderly_allowance")
        first = drafts.begin(item, by=actor, subject=town.subjects["chen"])
        assert drafts.begin(item, by=actor, subject=town.subjects["chen"]).draft.id == first.draft.id
    with town.acting("wang") as actor, pytest.raises(NotYours):
        drafts.open_(first.draft.id, by=actor)


def test_nobody_opens_a_case_about_a_stranger(town):
    """Not through the verb, and not by writing the row oneself: the database refuses it."""
    item = catalogue.get("elderly_allowance")
    with town.acting("wang") as actor, pytest.raises(NotHere):
        drafts.begin(item, by=actor, subject=town.subjects["chen"])
    now = clock.now()
    with (
        town.acting("wang") as actor,
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        Draft.objects.create(
            account=actor.account_id,
            item=item,
            release_id=item.release_id,
            subject=town.subjects["chen"],
            begun_at=now,
            saved_at=now,
            expires_at=now,
        )


def test_another_residents_case_does_not_exist(town):
    number = town.apply("chen")
    with town.acting("wang"):
        assert not Case.objects.filter(number=number).exists()
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from cases_event")
            assert cursor.fetchone() == (0,)


def test_numbers_of_a_day_have_no_gap(town):
    town.permit_several()
    numbers = [town.apply("chen"), town.apply("wang"), town.apply("chen", other_allowance=True)]
    assert numbers == [f"YX2026-1120-{n:05d}" for n in (1, 2, 3)]


def test_the_unit_of_the_item_takes_part_in_every_case(town):
    """Also where rules decide on the spot and nobody there ever has a task; a stranger's unit does not."""
    number = town.apply("chen")
    assert town.case(number).units == ["440104-mz"]
    with town.acting("approver"):
        assert Case.objects.filter(number=number).exists()
    with town.acting("clerk"):
        assert not Case.objects.filter(number=number).exists()
    by_hand = town.apply("wang", other_allowance=True)
    assert town.case(by_hand).units == ["440104-mz", "440104-lr"]
