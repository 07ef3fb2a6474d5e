"""What a step that fails leaves behind within a transaction that goes on: nothing, whatever it had written."""

import uuid
from collections import Counter

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from yizhan.cases import handling, timers
from yizhan.cases.models import Command, Event, Passage, Timer
from yizhan.cases.refusals import CommandReused, NotNow
from yizhan.cases.step import take
from yizhan.clock import now
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit


@pytest.fixture
def two(town):
    """Two cases of one person."""
    town.permit_several()
    return [town.case(town.apply("chen", other_allowance=True)).id for _ in range(2)]


def step(case, do=lambda _step: None, command=None):
    take(case, by=HOUSE, command=command or uuid.uuid4(), kind="test.done", do=do)


def writes(asked):
    """By the ORM, as some kinds of steps do."""
    first = Event.objects.filter(case=asked.case).first()
    Passage.objects.create(case=asked.case, rev=first.rev, node="written-at-once", at=asked.at)


def refused(asked):
    writes(asked)
    raise NotNow


def passed():
    return Passage.objects.filter(node="written-at-once").count()


def savepoints(asked):
    return Counter(one["sql"].split()[0] for one in asked.captured_queries)["SAVEPOINT"]


def test_what_was_written_before_a_refusal_is_taken_back_and_the_rest_stays(two):
    with scope.service():
        step(two[0], writes)
        with pytest.raises(NotNow):
            step(two[1], refused)
        assert passed() == 1
        assert Event.objects.filter(kind="test.done").count() == 1


def test_a_step_within_a_step_is_taken_back_with_it(two):
    def both(_step):
        step(two[1])
        raise NotNow

    with scope.service():
        with pytest.raises(NotNow):
            step(two[0], both)
        assert not Event.objects.filter(kind="test.done").exists()


def test_a_command_of_another_case_writes_nothing_and_the_transaction_goes_on(two):
    command = uuid.uuid4()
    with scope.service():
        step(two[0], command=command)

        def meanwhile(asked):  # somebody else was faster, with the same number
            asked.command = command

        with pytest.raises(CommandReused):
            step(two[1], meanwhile)
        assert Command.objects.get(id=command).case_id == two[0]
        assert Event.objects.filter(kind="test.done").count() == 1


def test_a_step_that_writes_in_one_journey_sets_no_savepoint(town):
    task = town.task(town.apply("chen", other_allowance=True))
    with town.acting("clerk") as actor, CaptureQueriesContext(connection) as asked:
        handling.claim(task.case_id, task.id, by=actor, command=uuid.uuid4())
    assert savepoints(asked) == 0
    with scope.service(), CaptureQueriesContext(connection) as asked:
        step(task.case_id, writes)
    assert savepoints(asked) == 1


def test_a_timer_that_the_database_refuses_takes_no_other_with_it(two, monkeypatch):
    def broken(asked, ref):
        if ref == "0":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        writes(asked)

    monkeypatch.setitem(timers._DOES, "test", broken)
    with scope.service():
        for number, case in enumerate(two):
            Timer.objects.create(case_id=case, kind="test", ref=str(number), due=now())
    assert timers.fire() == 2
    with scope.service():
        assert passed() == 1
        assert [timer.ref for timer in Timer.objects.filter(kind="test")] == ["0"]


def test_a_last_statement_that_the_database_refuses_leaves_nothing(two):
    def wrong(asked):
        writes(asked)
        asked.sheet.add(Passage(case=asked.case, rev=-1, node="never", at=asked.at))

    with scope.service():
        with pytest.raises(DatabaseError), transaction.atomic():
            step(two[0], wrong)
        assert not passed()


def test_a_unit_that_is_named_anew_is_known_by_its_new_name_at_once(request):
    town = request.getfixturevalue("town_committed")
    number = town.apply("chen", other_allowance=True)
    names = []
    for name in ("旧名称", "新名称"):
        Unit.objects.filter(code=town.case(number).unit).update(name=name)
        with scope.service():
            step(town.case(number).id, lambda asked: names.append(asked.units.any(asked.case.unit).name))
    assert names == ["旧名称", "新名称"]


def test_units_are_read_once_and_queues_that_were_taken_back_are_made_again(request):
    town = request.getfixturevalue("town_committed")
    case = town.case(town.apply("chen", other_allowance=True))

    def queue(asked):
        queues.append(asked.units.queue("no.such", asked.units.any(asked.case.unit)))

    queues, asked_for = [], []
    for fails in (True, False, False):
        with CaptureQueriesContext(connection) as asked:
            try:
                with scope.service():
                    step(case.id, queue)
                    if fails:
                        raise LookupError
            except LookupError:
                pass
        asked_for.append(sum("from identity_unit" in one["sql"] for one in asked.captured_queries))
    taken_back, made, remembered = (one.pk for one in queues)
    assert taken_back != made == remembered
    assert asked_for[2] == 0 < asked_for[1]
