"""What can be done with a task beside doing it: delegate, countersign, circulate, send back, take back, urge, end."""

import uuid

import pytest

from yizhan import clock
from yizhan.cases import beside, ending, handling, returning, urging
from yizhan.cases.models import Closure, Decision, Event, Reopening, Task, TaskKind
from yizhan.cases.refusals import Impossible, Incomplete, NotNow, NotYours
from yizhan.cases.tests.joint import CHANGES
from yizhan.cases.tests.test_joint import act, rows
from yizhan.identity import scope
from yizhan.records import papers, verification


@pytest.fixture
def checked(town):
    """A case that was accepted and stands with the clerk who checks it."""
    town.rewrite(CHANGES)
    number = town.apply("chen")
    town.do("clerk", number, "accept")
    return number


def ask(town, who, number, kind, people, words="请核实住址"):
    task = town.task(number)
    chosen = [town.people[name] for name in people]
    with town.acting(who) as actor:
        return beside.ask(task.case_id, task.id, kind, chosen, words=words, by=actor, command=uuid.uuid4())


def answer(town, who, number, kind, words="已核实"):
    task = town.task(number, kind=kind, assignee=town.people[who].pk)
    with town.acting(who) as actor:
        beside.answer(task.case_id, task.id, words=words, by=actor, command=uuid.uuid4())


class TestBeside:
    def test_a_delegated_task_comes_back(self, town, checked):
        ask(town, "clerk", checked, TaskKind.DELEGATED, ["stranger"])
        assert [task.state for task in rows(Task, checked, node="check", kind="step")] == ["held"]
        assert "440104-lr" in town.case(checked).units
        answer(town, "stranger", checked, "delegated")
        mine = town.task(checked)
        assert (mine.assignee, mine.node) == (town.people["clerk"].pk, "check")
        town.do("clerk", checked, "forward")
        assert [task.outcome["reason"] for task in rows(Task, checked, kind="delegated")] == ["已核实"]

    def test_all_who_were_asked_to_sign_must_have_signed(self, town, checked):
        ask(town, "clerk", checked, TaskKind.COSIGN, ["colleague", "stranger"])
        answer(town, "colleague", checked, "cosign")
        with pytest.raises(NotNow):
            town.do("clerk", checked, "forward", task=rows(Task, checked, node="check", kind="step")[0])
        answer(town, "stranger", checked, "cosign")
        town.do("clerk", checked, "forward")

    def test_whoever_only_reads_keeps_nobody_waiting(self, town, checked):
        ask(town, "clerk", checked, TaskKind.READ, ["colleague"], words="")
        town.do("clerk", checked, "forward")
        answer(town, "colleague", checked, "read", words="")
        assert {task.state for task in rows(Task, checked, kind="read")} == {"done"}

    def test_it_can_be_called_off(self, town, checked):
        ask(town, "clerk", checked, TaskKind.DELEGATED, ["stranger"])
        held = rows(Task, checked, node="check", kind="step")[0]
        with town.acting("colleague") as actor, pytest.raises(NotYours):
            beside.call_off(held.case_id, held.id, by=actor, command=uuid.uuid4())
        with town.acting("clerk") as actor:
            beside.call_off(held.case_id, held.id, by=actor, command=uuid.uuid4())
        with pytest.raises(Task.DoesNotExist):
            answer(town, "stranger", checked, "delegated")
        with town.acting("clerk") as actor, pytest.raises(NotNow):
            beside.call_off(held.case_id, held.id, by=actor, command=uuid.uuid4())
        town.do("clerk", checked, "forward")

    def test_what_was_asked_is_answered_by_whom_it_was_asked_of_with_words(self, town, checked):
        ask(town, "clerk", checked, TaskKind.DELEGATED, ["stranger"])
        task = town.task(checked, kind="delegated")
        with town.acting("approver") as actor, pytest.raises(NotYours):
            beside.answer(task.case_id, task.id, words="好", by=actor, command=uuid.uuid4())
        with pytest.raises(Incomplete):
            answer(town, "stranger", checked, "delegated", words=" ")
        with pytest.raises(NotYours):
            town.do("stranger", checked, "forward", task=task)

    def test_nobody_oneself_too_many_and_no_words_are_refused(self, town, checked):
        for people, words in (
            ([], "请核实"),
            (["clerk"], "请核实"),
            (["stranger", "colleague"], "请核实"),
            (["stranger"], ""),
        ):
            with pytest.raises(Incomplete):
                ask(town, "clerk", checked, TaskKind.DELEGATED, people, words)
        with pytest.raises(NotYours):
            ask(town, "stranger", checked, TaskKind.DELEGATED, ["colleague"])

    def test_a_case_that_moves_on_takes_what_was_asked_away(self, town, checked):
        ask(town, "clerk", checked, TaskKind.READ, ["colleague"])
        with town.acting("chen") as actor:
            ending.withdraw(town.case(checked).id, by=actor, command=uuid.uuid4())
        assert {task.state for task in rows(Task, checked, kind="read")} == {"cancelled"}
        assert town.intact(checked)


class TestGoingBack:
    def send_back(self, town, who, number, node, reason="材料不清"):
        task = town.task(number)
        with town.acting(who) as actor:
            returning.send_back(task.case_id, task.id, node, reason=reason, by=actor, command=uuid.uuid4())

    def test_a_task_goes_back_to_whoever_did_the_step(self, town, checked):
        with scope.service():
            assert [node.key for node in returning.places(town.case(checked), town.task(checked))] == [
                "acceptance"
            ]
        self.send_back(town, "colleague", checked, "acceptance")
        back = town.task(checked)
        assert (back.node, back.assignee) == ("acceptance", town.people["clerk"].pk)
        town.do("clerk", checked, "accept")
        assert town.intact(checked)

    def test_not_forward_not_without_a_reason_not_after_the_decision(self, town, checked):
        with pytest.raises(Impossible):
            self.send_back(town, "clerk", checked, "decision")
        with pytest.raises(Incomplete):
            self.send_back(town, "clerk", checked, "acceptance", reason="")
        with pytest.raises(NotYours):
            self.send_back(town, "stranger", checked, "acceptance")

    def test_what_nobody_has_taken_up_can_be_taken_back(self, town, checked):
        self.send_back(town, "clerk", checked, "acceptance")
        town.do("clerk", checked, "accept")  # accepted before, so no mark is passed again
        with town.acting("clerk") as actor:
            case = town.case(checked)
            assert returning.can_take_back(case, actor).node == "acceptance"
            returning.take_back(case.id, by=actor, command=uuid.uuid4())
        back = town.task(checked)
        assert (back.node, back.assignee) == ("acceptance", town.people["clerk"].pk)

    def test_what_was_taken_up_or_has_had_effects_cannot(self, town, checked):
        with town.acting("clerk") as actor:
            case = town.case(checked)
            assert returning.can_take_back(case, actor) is None  # it marked the acceptance
            with pytest.raises(NotNow):
                returning.take_back(case.id, by=actor, command=uuid.uuid4())
        with town.acting("colleague") as actor, pytest.raises(NotYours):
            returning.take_back(case.id, by=actor, command=uuid.uuid4())
        self.send_back(town, "clerk", checked, "acceptance")
        town.do("clerk", checked, "accept")
        task = town.task(checked)
        with town.acting("colleague") as actor:
            handling.claim(task.case_id, task.id, by=actor, command=uuid.uuid4())
        with town.acting("clerk") as actor, pytest.raises((NotNow, NotYours)):
            returning.take_back(case.id, by=actor, command=uuid.uuid4())


class TestUrging:
    def urge(self, town, who, number):
        with town.acting(who) as actor:
            urging.urge(town.case(number).id, words="请尽快", by=actor, command=uuid.uuid4())

    def test_it_is_counted_once_a_day(self, town, checked):
        self.urge(town, "chen", checked)
        assert town.task(checked).urged == 1
        with pytest.raises(NotNow):
            self.urge(town, "chen", checked)
        self.urge(town, "approver", checked)
        with clock.standing_at("2026-11-21T10:00"):
            self.urge(town, "chen", checked)
        assert town.task(checked).urged == 3

    def test_not_by_strangers_and_not_when_nobody_has_to_act(self, town, checked):
        with pytest.raises(NotYours):
            self.urge(town, "clerk", checked)
        with town.acting("chen") as actor:
            ending.withdraw(town.case(checked).id, by=actor, command=uuid.uuid4())
        with pytest.raises(NotNow):
            self.urge(town, "chen", checked)


class TestEnding:
    def test_the_organ_ends_a_case_with_a_reason(self, town, checked):
        case = town.case(checked)
        with town.acting("clerk") as actor, pytest.raises(NotYours):
            ending.terminate(case.id, reason="重复", by=actor, command=uuid.uuid4())
        with town.acting("approver") as actor, pytest.raises(Incomplete):
            ending.terminate(case.id, reason="", by=actor, command=uuid.uuid4())
        with town.acting("approver") as actor:
            ending.terminate(case.id, reason="申请人已去世", by=actor, command=uuid.uuid4())
        assert town.case(checked).outcome == "terminated"
        assert rows(Closure, checked)[0].words == "申请人已去世"
        assert town.intact(checked)

    def reopen(self, town, who, number, node="decision", reason="复查发现计算有误"):
        with town.acting(who) as actor:
            ending.reopen(town.case(number).id, node, reason=reason, by=actor, command=uuid.uuid4())

    @pytest.fixture
    def refused(self, town, checked):
        town.do("clerk", checked, "forward")
        act(town, "clerk", checked, "440104-bj", "agree")
        act(town, "stranger", checked, "440104-lr", "agree")
        town.do("approver", checked, "refuse", reason="不符合")
        return checked

    def test_a_case_that_had_ended_goes_on_and_what_was_decided_is_kept(self, town, refused):
        self.reopen(town, "approver", refused)
        case = town.case(refused)
        assert (case.status, case.outcome, case.closed_at) == ("accepted", "", None)
        assert not rows(Decision, refused)
        (reopening,) = rows(Reopening, refused)
        assert reopening.was["decision"]["outcome"] == "refused"
        assert reopening.was["closure"]["kind"] == "completed"
        town.do("approver", refused, "grant")
        assert town.case(refused).decision.outcome == "granted"
        assert town.intact(refused)

    def test_what_was_set_aside_before_its_file_was_made_has_none_and_does_not_hold(self, town, refused):
        self.reopen(town, "approver", refused)
        town.do("approver", refused, "grant")
        self.reopen(town, "approver", refused)
        town.do("approver", refused, "grant")
        town.work()
        with scope.service():
            issued = [one for one in papers.of_owner(f"case:{refused}") if "决定书" in one.paper.title]
            stands = Decision.objects.get(case__number=refused).paper
        assert [(one.size is None, one.withdrawn) for one in issued] == [
            (True, True),
            (True, True),
            (False, False),
        ]
        assert [one.paper.pk for one in issued if not one.withdrawn] == [stands]

    def test_a_decision_that_was_set_aside_does_not_hold_whoever_has_its_paper(self, town, refused):
        town.work()
        with scope.service():
            [told] = [one.paper for one in papers.of_owner(f"case:{refused}") if "不予" in one.paper.title]
            assert verification.verify(told.code).state == "in force"
        self.reopen(town, "approver", refused)
        with scope.service():
            assert verification.verify(told.code).state == "withdrawn"

    def test_not_by_others_not_while_open_not_without_reason(self, town, refused):
        with pytest.raises(NotYours):
            self.reopen(town, "clerk", refused)
        with pytest.raises(Incomplete):
            self.reopen(town, "approver", refused, reason=" ")
        with pytest.raises(Impossible):
            self.reopen(town, "approver", refused, node="reviews")
        assert rows(Decision, refused)
        self.reopen(town, "approver", refused)
        with pytest.raises(NotNow):
            self.reopen(town, "approver", refused)

    def test_every_command_leaves_one_event(self, town, refused):
        before = len(rows_of_events(refused))
        self.reopen(town, "approver", refused)
        after = rows_of_events(refused)
        assert len(after) == before + 1
        assert after[-1].kind == "case.reopened"


def rows_of_events(number):
    with scope.service():
        return list(Event.objects.filter(case__number=number).order_by("rev"))
