"""A case is replayed from its events, and what must hold of every case is noticed where it does not."""

import pytest
from django.db import connection

from yizhan.cases import replaying, soundness
from yizhan.cases.models import Case, Event
from yizhan.cases.tests.joint import CHANGES
from yizhan.identity import scope


@pytest.fixture
def walked(town):
    """Three cases: decided by rules, decided by people, and one with two departments of which one has answered."""
    numbers = [town.apply("chen"), town.apply("wang", other_allowance=True)]
    for who, action in (("stranger", "accept"), ("stranger", "agree"), ("approver", "grant")):
        town.do(who, numbers[1], action)
    town.permit_several()
    town.rewrite(CHANGES)
    numbers.append(town.apply("li"))
    town.do("clerk", numbers[2], "accept")
    town.do("clerk", numbers[2], "forward")
    with scope.service():
        mine = town.case(numbers[2]).tasks.get(state="open", unit="440104-bj")
    town.do("clerk", numbers[2], "agree", task=mine)
    town.work()
    return numbers


def look():
    with scope.service():
        return soundness.look()


def broken():
    return {one.rule for one in look().unsound}


def changed(statement):
    """Change rows past all doors, as a fault of the machine might."""
    with scope.service(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_the_machine_heard_leads_to_where_the_rows_stand(walked):
    found = look()
    assert (found.cases, found.replayed, found.unsound) == (3, 3, ())


def test_an_event_repeats_nothing_that_an_official_wrote(walked):
    with scope.service():
        heard = [one for event in Event.objects.all() for one in event.delta.get(replaying.HEARD, ())]
    assert {one["what"] for one in heard} == {"Started", "TaskCompleted"}
    assert not any({"reason", "input"} & one.keys() for one in heard)


def test_a_lost_token_is_noticed(walked):
    changed("delete from cases_token where case_id = (select max(id) from cases_case) and index is not null")
    assert {"rows that its events do not lead to", "an open task where nobody stands"} <= broken()


def test_a_task_that_was_lost_is_noticed(walked):
    changed("update cases_task set state = 'cancelled' where state = 'open' and audience = 'staff'")
    assert broken() == {"a place where nothing can happen any more", "a clock of a task that is over"}


def test_a_revision_that_is_missing_is_noticed(walked):
    changed("update cases_case set rev = rev + 1 where number = (select max(number) from cases_case)")
    assert {"a gap in the revisions", "a broken chain of events"} <= broken()


def test_cases_older_than_what_is_kept_are_counted_apart(town, monkeypatch):
    monkeypatch.setattr("yizhan.cases.replaying.HEARD", "heard_otherwise")
    town.apply("chen")
    monkeypatch.undo()
    found = look()
    assert (found.cases, found.replayed, found.not_kept, found.unsound) == (1, 0, 1, ())
    with scope.service(), pytest.raises(replaying.NotKept):
        replaying.replayed(Case.objects.get())
