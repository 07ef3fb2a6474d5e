"""Several departments act on one case: tasks, clocks, who may do what, and what is left behind."""

import uuid

import pytest

from yizhan.cases import handling, joining, progress, supplements
from yizhan.cases.models import Clock, Scope, Supplement, Suspension, Task, Token
from yizhan.cases.refusals import AlreadyHandled, Impossible, Incomplete, NotNow, NotYours
from yizhan.cases.tests.conftest import filled
from yizhan.cases.tests.joint import CHANGES
from yizhan.identity import scope


@pytest.fixture
def reviewed(town):
    """A case that stands with two departments."""
    town.rewrite(CHANGES)
    number = town.apply("chen")
    town.do("clerk", number, "accept")
    town.do("clerk", number, "forward")
    return number


def rows(model, number, **which):
    with scope.service():
        return list(model.objects.filter(case__number=number, **which).order_by("id"))


def open_tasks(number):
    return {task.unit: task for task in rows(Task, number, state="open", audience="staff")}


def act(town, who, number, unit, action, **more):
    town.do(who, number, action, task=open_tasks(number)[unit], **more)


def test_each_department_has_a_task_a_clock_and_a_place_of_its_own(town, reviewed):
    tasks = open_tasks(reviewed)
    assert set(tasks) == {"440104-bj", "440104-lr"}
    assert {task.one for task in tasks.values()} == {"440104-bj", "440104-lr"}
    clocks = rows(Clock, reviewed, kind="internal", state="running")
    assert {clock.task for clock in clocks} == {task.id for task in tasks.values()}
    (each,) = rows(Scope, reviewed)
    assert (each.kind, each.node, each.expected) == ("each", "reviews", ["440104-bj", "440104-lr"])
    assert sorted(token.index for token in rows(Token, reviewed) if token.index is not None) == [0, 1]
    assert {"440104-bj", "440104-lr"} <= set(town.case(reviewed).units)


def test_when_both_have_acted_the_bureau_decides_by_what_they_said(town, reviewed):
    act(town, "clerk", reviewed, "440104-bj", "agree")
    assert set(open_tasks(reviewed)) == {"440104-lr"}
    act(town, "stranger", reviewed, "440104-lr", "object", reason="不在本辖区居住")
    assert town.task(reviewed).unit == "440104-mz"
    with pytest.raises(Impossible):
        town.do("approver", reviewed, "grant")
    town.do("approver", reviewed, "refuse", reason="会审未通过")
    assert town.case(reviewed).outcome == "refused"
    assert town.intact(reviewed)
    assert rows(Scope, reviewed)[0].closed_at is not None
    with scope.service():
        assert town.case(reviewed).marks["data"]["reviews"]["answers"] == [
            {"one": "440104-bj", "action": "agree"},
            {"one": "440104-lr", "action": "object", "reason": "不在本辖区居住"},
        ]


def test_nobody_acts_for_another_department_and_nobody_twice(town, reviewed):
    foreign = open_tasks(reviewed)["440104-lr"]
    with pytest.raises(NotYours):
        town.do("clerk", reviewed, "agree", task=foreign)
    mine = open_tasks(reviewed)["440104-bj"]
    town.do("clerk", reviewed, "agree", task=mine)
    with pytest.raises(AlreadyHandled):
        town.do("colleague", reviewed, "object", task=mine, reason="迟了")


class TestDepartmentsInFlight:
    def add(self, town, number, unit, who="approver", reason="涉及其辖区"):
        with town.acting(who) as actor:
            joining.add(town.case(number), "reviews", unit, reason=reason, by=actor, command=uuid.uuid4())

    def remove(self, town, number, index, who="approver"):
        with town.acting(who) as actor:
            case = town.case(number)
            joining.remove(case, "reviews", index, reason="与其无关", by=actor, command=uuid.uuid4())

    def test_whoever_coordinates_adds_one_and_withdraws_one(self, town, reviewed):
        self.add(town, reviewed, "440104-mz")
        assert set(open_tasks(reviewed)) == {"440104-bj", "440104-lr", "440104-mz"}
        assert town.case(reviewed).units.count("440104-mz") == 1
        self.remove(town, reviewed, 2)
        self.remove(town, reviewed, 1)
        assert set(open_tasks(reviewed)) == {"440104-bj"}
        assert [task.state for task in rows(Task, reviewed, unit="440104-lr")] == ["cancelled"]
        act(town, "clerk", reviewed, "440104-bj", "agree")
        town.do("approver", reviewed, "grant")
        assert town.intact(reviewed)

    def test_nobody_else_may(self, town, reviewed):
        with pytest.raises(NotYours):
            self.add(town, reviewed, "440104-mz", who="clerk")
        with pytest.raises(NotYours):
            self.remove(town, reviewed, 0, who="stranger")

    def test_it_needs_a_unit_a_reason_and_the_right_moment(self, town, reviewed):
        with pytest.raises(Incomplete):
            self.add(town, reviewed, "440104-none")
        with pytest.raises(Incomplete):
            self.add(town, reviewed, "440104-mz", reason="  ")
        with pytest.raises(Impossible):
            self.add(town, reviewed, "440104-lr")
        with pytest.raises(Impossible):
            self.remove(town, reviewed, 7)
        act(town, "clerk", reviewed, "440104-bj", "agree")
        act(town, "stranger", reviewed, "440104-lr", "agree")
        with pytest.raises(NotNow):
            self.add(town, reviewed, "440104-mz")


class TestSupplementFromOneDepartment:
    def ask(self, town, number, who="stranger", unit="440104-lr"):
        task = open_tasks(number)[unit]
        missing = [supplements.Missing("account.number", "请补交存折复印件")]
        with town.acting(who) as actor:
            supplements.ask(task.case_id, task.id, missing=missing, words="", by=actor, command=uuid.uuid4())

    def test_the_right_clocks_stand_still_and_the_other_department_goes_on(self, town, reviewed):
        self.ask(town, reviewed)
        states = {(clock.kind, clock.task): clock.state for clock in rows(Clock, reviewed)}
        held, other = rows(Task, reviewed, state="held")[0], open_tasks(reviewed)["440104-bj"]
        assert states["promised", None] == states["statutory", None] == "suspended"
        assert states["internal", held.id] == "suspended"
        assert states["internal", other.id] == "running"
        assert {waiting.task for waiting in rows(Suspension, reviewed)} == {None, held.id}
        town.do("clerk", reviewed, "agree", task=other)
        assert town.case(reviewed).status == "correcting"

    def test_the_answer_opens_that_task_again_and_lets_the_clocks_go_on(self, town, reviewed):
        self.ask(town, reviewed)
        with town.acting("chen") as actor:
            data = filled(town.case(reviewed).data)
            supplements.answer(town.case(reviewed).id, data=data, by=actor, command=uuid.uuid4())
        assert set(open_tasks(reviewed)) == {"440104-bj", "440104-lr"}
        assert {clock.state for clock in rows(Clock, reviewed, kind="promised")} == {"running"}
        assert town.case(reviewed).status == "accepted"
        assert rows(Supplement, reviewed)[0].answered_at is not None
        assert town.intact(reviewed)

    def test_two_do_not_ask_at_the_same_time(self, town, reviewed):
        self.ask(town, reviewed)
        with pytest.raises(NotNow):
            self.ask(town, reviewed, who="clerk", unit="440104-bj")


def test_a_batch_does_them_one_by_one(town, reviewed):
    task = open_tasks(reviewed)["440104-bj"]
    with town.acting("clerk") as actor:
        done = handling.complete_many(
            [(task.case_id, task.id)], action="agree", by=actor, command=uuid.uuid4()
        )
    assert [one.refusal for one in done] == [""]


def test_the_time_line_names_what_departments_do_at_once_in_one_line(town, reviewed):
    with town.acting("approver"):
        lines = progress.timeline(town.case(reviewed))
    (line,) = [one for one in lines if one.title == "街道会审"]
    assert line.state == "now"
