"""Staff handle a case: claim, complete, hand over, supplement; nobody twice, nobody out of turn."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from yizhan import clock
from yizhan.cases import ending, handling, supplements
from yizhan.cases.models import Case, Clock, Event, Status, Task, Timer
from yizhan.cases.refusals import (
    AlreadyHandled,
    CommandReused,
    Impossible,
    Incomplete,
    MustDiffer,
    NotNow,
    NotYours,
)
from yizhan.cases.supplements import Missing
from yizhan.cases.tests.conftest import filled
from yizhan.identity import scope
from yizhan.identity.models import Role, RoleGrant


@pytest.fixture
def doubtful(town):
    """A case at the acceptance of 北京街道."""
    return town.apply("chen", other_allowance=True)


def test_from_acceptance_to_a_grant(town, doubtful):
    town.do("clerk", doubtful, "accept")
    assert town.case(doubtful).status == Status.ACCEPTED
    town.do("clerk", doubtful, "agree")
    assert town.task(doubtful).unit == "440104-mz"
    town.do("approver", doubtful, "grant")
    case = town.case(doubtful)
    assert (case.status, case.outcome, case.decision.automatic) == (Status.CLOSED, "granted", False)
    assert case.decision.by == "梁建国 · 科员"
    assert town.intact(doubtful)


def test_a_refusal_needs_reasons(town, doubtful):
    town.do("clerk", doubtful, "accept")
    with pytest.raises(Impossible):
        town.do("clerk", doubtful, "disagree")
    town.do("clerk", doubtful, "disagree", reason="核实到正在示例市领取同类津贴。")
    town.do("approver", doubtful, "refuse", reason="正在其他地区领取同类津贴，不符合发放条件。")
    case = town.case(doubtful)
    assert (case.outcome, case.decision.reasons) == (
        "refused",
        [{"words": "正在其他地区领取同类津贴，不符合发放条件。"}],
    )
    assert town.intact(doubtful)


def test_sent_back_it_is_reviewed_again(town, doubtful):
    town.do("clerk", doubtful, "accept")
    town.do("clerk", doubtful, "agree")
    town.do("approver", doubtful, "send_back", reason="请补充核实说明。")
    assert town.task(doubtful).node == "review"
    assert town.intact(doubtful)


def test_a_command_given_once_more_gets_its_answer_and_nothing_else(town, doubtful):
    task, command = town.task(doubtful), uuid.uuid4()

    def press(action):
        with town.acting("clerk") as actor:
            return handling.complete(
                task.case_id, task.id, action=action, reason="核实过。", by=actor, command=command
            )

    assert press("accept") == press("accept")
    with pytest.raises(CommandReused):
        press("decline")
    assert town.case(doubtful).status == Status.ACCEPTED


def test_a_command_of_one_case_does_nothing_in_another(town, doubtful):
    town.permit_several()
    command = uuid.uuid4()
    mine, other = town.task(doubtful), town.task(town.apply("chen", other_allowance=True))
    with town.acting("clerk") as actor:
        handling.claim(mine.case_id, mine.id, by=actor, command=command)
        with pytest.raises(CommandReused):
            handling.claim(other.case_id, other.id, by=actor, command=command)


def due_on(town, number):
    """The last day of the open task."""
    return str((town.task(number).due_at - timedelta(seconds=1)).astimezone(clock.ZONE).date())


def test_a_step_that_begins_late_is_still_due_with_what_was_promised(town, doubtful):
    town.do("clerk", doubtful, "accept")
    assert due_on(town, doubtful) == "2026-11-26", "its own four working days"
    with clock.standing_at(
        "2026-12-02T10:00"
    ):  # the promise ends on the 4th, five working days later on the 9th
        town.do("clerk", doubtful, "agree")
    assert due_on(town, doubtful) == "2026-12-04"
    with scope.service():
        promised = Clock.objects.get(case__number=doubtful, kind="promised")
    assert (town.task(doubtful).due_at, town.task(doubtful).warn_at) == (promised.due_at, promised.warn_at)


def test_a_clerk_of_another_sub_district_finds_nothing(town, doubtful):
    task = town.task(doubtful)
    with town.acting("stranger") as actor:
        assert not Task.objects.exists()
        assert not Case.objects.exists()
        with pytest.raises(NotYours):
            handling.claim(task.case_id, task.id, by=actor, command=uuid.uuid4())


def test_a_claimed_task_is_done_by_nobody_else(town, doubtful):
    task = town.task(doubtful)
    with town.acting("clerk") as actor:
        handling.claim(task.case_id, task.id, by=actor, command=uuid.uuid4())
    with pytest.raises(AlreadyHandled, match="林晓岚"):
        town.do("colleague", doubtful, "accept")
    with town.acting("clerk") as actor:
        handling.put_back(task.case_id, task.id, by=actor, command=uuid.uuid4())
    town.do("colleague", doubtful, "accept")


def test_it_can_be_handed_to_a_colleague_with_a_reason_and_to_no_stranger(town, doubtful):
    task = town.task(doubtful)
    with town.acting("clerk") as actor:
        with pytest.raises(Incomplete):
            handling.hand_over(
                task.case_id, task.id, to=town.people["colleague"], reason=" ", by=actor, command=uuid.uuid4()
            )
        with pytest.raises(NotYours):
            handling.hand_over(
                task.case_id,
                task.id,
                to=town.people["stranger"],
                reason="出差",
                by=actor,
                command=uuid.uuid4(),
            )
        handling.hand_over(
            task.case_id, task.id, to=town.people["colleague"], reason="出差", by=actor, command=uuid.uuid4()
        )
    assert town.task(doubtful).assignee == town.people["colleague"].pk


def test_who_reviewed_may_not_decide(town, doubtful):
    with scope.service():
        post = town.people["clerk"].appointments.get().post
    from yizhan.identity.actor import HOUSE  # noqa: PLC0415

    RoleGrant.give(Role.objects.get(code="elderly_allowance.approver"), post, "all", by=HOUSE, reason="测试")
    town.do("clerk", doubtful, "accept")
    town.do("clerk", doubtful, "agree")
    with pytest.raises(MustDiffer):
        town.do("clerk", doubtful, "grant")


def test_a_double_click_is_one_step(town, doubtful):
    command, task = uuid.uuid4(), town.task(doubtful)
    for _ in range(2):
        with town.acting("clerk") as actor:
            handling.complete(task.case_id, task.id, action="accept", by=actor, command=command)
    with scope.service():
        assert Event.objects.filter(kind="task.completed").count() == 1


def test_an_action_of_another_state_is_refused_and_nothing_changes(town, doubtful):
    before = town.case(doubtful).rev
    with pytest.raises(Impossible):
        town.do("clerk", doubtful, "grant")
    assert town.case(doubtful).rev == before
    assert town.task(doubtful).node == "acceptance"


class TestSupplement:
    """Told once, answered, and the acceptance clock starts anew."""

    def ask(self, town, number):
        task = town.task(number)
        with town.acting("clerk") as actor:
            supplements.ask(
                task.case_id,
                task.id,
                missing=[Missing("agent.letter", "请补交委托书")],
                words="",
                by=actor,
                command=uuid.uuid4(),
            )

    def answer(self, town, number):
        with town.acting("chen") as actor:
            case = Case.objects.get(number=number)
            supplements.answer(
                case.id, data=filled(case.data, other_allowance=False), by=actor, command=uuid.uuid4()
            )

    def test_the_task_is_held_until_the_answer_and_then_opens_again(self, town, doubtful):
        self.ask(town, doubtful)
        assert town.case(doubtful).status == Status.CORRECTING
        with scope.service():
            held = Task.objects.get(number=doubtful, audience="staff")
        with town.acting("clerk") as actor, pytest.raises(NotNow):
            handling.complete(held.case_id, held.id, action="accept", by=actor, command=uuid.uuid4())
        with clock.standing_at("2026-11-25T10:00"):
            self.answer(town, doubtful)
        task = town.task(doubtful)
        assert (task.audience, str(task.due_at.date())) == ("staff", "2026-12-02")
        assert town.case(doubtful).data["declaration"]["other_allowance"] is False
        assert town.intact(doubtful)

    def test_it_is_told_only_once(self, town, doubtful):
        self.ask(town, doubtful)
        self.answer(town, doubtful)
        with pytest.raises(NotNow, match="一次"):
            self.ask(town, doubtful)

    def test_without_an_answer_it_comes_back_to_staff_once(self, town, doubtful):
        self.ask(town, doubtful)
        with scope.service():
            due = Timer.objects.get().due
        with clock.standing_at(due):
            assert town.work() > 0
            assert town.work() == 0
        assert town.task(doubtful).audience == "staff"
        assert town.intact(doubtful)

    def test_a_stranger_cannot_answer(self, town, doubtful):
        self.ask(town, doubtful)
        case = town.case(doubtful)
        with town.acting("wang") as actor, pytest.raises(NotYours):
            supplements.answer(case.id, data=case.data, by=actor, command=uuid.uuid4())


def test_withdrawn_before_the_decision(town, doubtful):
    with town.acting("chen") as actor:
        ending.withdraw(Case.objects.get(number=doubtful).id, by=actor, command=uuid.uuid4())
    case = town.case(doubtful)
    assert (case.status, case.closure.kind) == (Status.CLOSED, "withdrawn")
    assert town.intact(doubtful)
    with pytest.raises(Task.DoesNotExist):
        town.task(doubtful)


def test_in_a_batch_one_that_fails_stops_no_other(town):
    numbers = [town.apply("chen", other_allowance=True), town.apply("wang", other_allowance=True)]
    chosen = [(town.task(n).case_id, town.task(n).id) for n in numbers]
    with town.acting("clerk") as actor:
        done = handling.complete_many(chosen, action="accept", by=actor, command=uuid.uuid4())
    assert [bool(one.refusal) for one in done] == [False, True]
    assert town.case(numbers[0]).status == Status.ACCEPTED
    assert town.case(numbers[1]).status == Status.RECEIVED


def test_nobody_can_change_a_cases_subject_or_its_proof(town, doubtful):
    with town.acting("clerk"):
        for statement in (
            "update cases_case set subject = 'person:x'",
            "update cases_event set kind = 'x'",
            "delete from cases_event",
            "update cases_filing set data = '{}'",
        ):
            with pytest.raises(Exception, match="permission denied"):  # noqa: SIM117
                with connection.cursor() as cursor:
                    from django.db import transaction  # noqa: PLC0415

                    with transaction.atomic():
                        cursor.execute(statement)


def test_two_clerks_on_one_task(committed, request):
    """Both press the button in the same moment: one wins, the other is told who did."""
    town = request.getfixturevalue("town_committed")
    number = town.apply("chen", other_allowance=True)
    task = town.task(number)
    answers: list[str] = []
    together = threading.Barrier(2)

    def press(who):
        with clock.standing_at("2026-11-20T10:00"), town.acting(who) as actor:
            together.wait(10)
            try:
                handling.complete(task.case_id, task.id, action="accept", by=actor, command=uuid.uuid4())
                answers.append("done")
            except AlreadyHandled as refusal:
                answers.append(refusal.by)
        connection.close()

    threads = [threading.Thread(target=press, args=(who,)) for who in ("clerk", "colleague")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("done") == 1
    assert {*answers} - {"done"} <= {"林晓岚", "何志强"}
    assert town.intact(number)
