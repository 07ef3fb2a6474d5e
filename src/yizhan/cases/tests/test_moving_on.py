"""What runs goes on running after a move, whatever else happens at the same time or ends it in the middle."""

import threading
import uuid

import pytest
from django.db import connection

from yizhan import calendar, clock
from yizhan.cases import (
    beside,
    dossier,
    handling,
    limits,
    move_orders,
    naming,
    reckoning,
    supplements,
    task_files,
)
from yizhan.cases.models import Clock, Event, MovedCase, Task, TaskKind, Timer
from yizhan.cases.refusals import Impossible
from yizhan.cases.step import take
from yizhan.cases.supplements import Missing
from yizhan.cases.tests.joint import CHANGES, PROCESS
from yizhan.cases.tests.moves import MAP, RENAMED, WHY, act, moved, order, publish, sound, stays
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.releases.models import current


@pytest.fixture
def joint(town):
    """The process with two departments is in force."""
    town.rewrite(CHANGES)
    return town


class TestWhatRunsOn:
    def test_a_task_of_another_role_lies_free_at_the_same_unit(self, joint):
        number = joint.apply("chen")
        with joint.acting("clerk") as actor:
            handling.claim(joint.case(number).id, joint.task(number).id, by=actor, command=uuid.uuid4())
        place = "    unit: area subdistrict\n    phase: intake"
        roles = [f"role: elderly_allowance.{name}\n{place}" for name in ("clerk", "approver")]
        publish(joint, PROCESS.replace(*roles))
        moved(number)
        with scope.service():
            task = Task.objects.select_related("queue").get(number=number, state="open")
        assert (task.queue.role, task.unit, task.assignee) == (
            "elderly_allowance.approver",
            "440104-bj",
            None,
        )
        assert sound(joint, number)

    def test_a_claimed_task_stays_with_whoever_has_it(self, joint):
        number = joint.apply("chen")
        with joint.acting("clerk") as actor:
            handling.claim(joint.case(number).id, joint.task(number).id, by=actor, command=uuid.uuid4())
        publish(joint, RENAMED, moves=MAP)
        moved(number)
        assert joint.task(number).assignee == joint.people["clerk"].pk

    @pytest.mark.parametrize(("asked", "budget"), [(False, 5), (True, 2)])
    def test_a_limit_follows_only_where_that_is_asked(self, joint, asked, budget):
        number = joint.apply("chen")
        publish(joint, RENAMED.replace("limit: {working_days: 5}", "limit: {working_days: 2}"), moves=MAP)
        with scope.service():
            before = Clock.objects.get(case__number=number, kind="internal")
        moved(number, with_limits=asked)
        with scope.service():
            after = Clock.objects.get(case__number=number, kind="internal")
        assert (after.budget, after.node, after.started_at) == (budget, "intake", before.started_at)
        assert (after.due_at == before.due_at) is not asked
        assert joint.task(number).due_at == after.due_at
        assert sound(joint, number)

    def test_a_limit_that_is_counted_in_another_unit_is_kept_so(self, joint):
        number = joint.apply("chen")
        publish(joint, RENAMED.replace("limit: {working_days: 5}", "limit: {natural_days: 2}"), moves=MAP)
        moved(number, with_limits=True)
        with scope.service():
            after = Clock.objects.get(case__number=number, kind="internal")
        assert (after.budget, after.unit) == (2, "natural_days")
        assert after.due_at == limits.reckoned(after, calendar.table()).due_at
        assert sound(joint, number)

    def test_a_time_that_is_new_is_set_from_the_move_on(self, joint):
        number = joint.apply("chen")
        late = """    on: {late: {at: 'duration("P1D")', to: check}}\n"""
        publish(
            joint,
            RENAMED.replace("    limit: {working_days: 5}\n", f"    limit: {{working_days: 5}}\n{late}", 1),
            moves=MAP,
        )
        with clock.standing_at("2026-11-23T10:00"):
            moved(number)
        with scope.service():
            timer = Timer.objects.get(case__number=number, kind="limit")
        assert (timer.ref.partition(":")[0], timer.due.isoformat()) == ("late", "2026-11-24T02:00:00+00:00")
        assert sound(joint, number)
        with clock.standing_at("2026-11-24T10:01"):
            joint.work()
        assert joint.task(number).node == "check"
        assert sound(joint, number)

    @pytest.mark.parametrize("is_new", [False, True])
    def test_a_time_is_reckoned_anew_from_when_it_was_set(self, joint, is_new):
        five = "    limit: {working_days: 5}\n"
        waits = five + "    on: {late: {after: {working_days: 20}, to: check}}\n"
        if not is_new:
            publish(joint, PROCESS.replace(five, waits, 1))
        number = joint.apply("chen")
        publish(joint, RENAMED.replace(five, waits, 1), moves=MAP)
        with clock.standing_at("2026-11-25T10:00"):
            moved(number)
        with scope.service(), clock.standing_at("2026-11-30T10:00"):
            before = Timer.objects.get(case__number=number, kind="limit")
            case, command = joint.case(number).id, uuid.uuid4()
            take(
                case,
                by=HOUSE,
                command=command,
                kind="timer.reckon",
                do=lambda step: reckoning.again(step, "calendar:1"),
            )
            assert Timer.objects.get(case=case, kind="limit").due == before.due

    def test_a_supplement_that_was_asked_is_answered_after_the_move(self, joint):
        number = joint.apply("chen")
        joint.do("clerk", number, "accept")
        joint.do("clerk", number, "forward")
        mine = joint.task(number, unit="440104-bj", audience="staff")
        with joint.acting("clerk") as actor:
            supplements.ask(
                mine.case_id,
                mine.id,
                missing=[Missing("", "请补充")],
                words="",
                by=actor,
                command=uuid.uuid4(),
            )
        joint.work()
        publish(joint, RENAMED, moves=MAP)
        moved(number)
        with joint.acting("chen") as actor:
            supplements.answer(mine.case_id, data=joint.case(number).data, by=actor, command=uuid.uuid4())
        act(joint, "clerk", number, "440104-bj")
        assert sound(joint, number)

    def test_its_page_tells_what_was_said_under_the_earlier_version(self, joint):
        number = joint.apply("chen")
        joint.do("clerk", number, "accept")
        joint.do("clerk", number, "forward")
        called = RENAMED.replace("reviews", "opinions")
        names = MAP.replace("acceptance: intake", "acceptance: intake, reviews: opinions")
        publish(joint, called, moves=names)
        moved(number)
        act(joint, "clerk", number, "440104-bj")
        act(joint, "stranger", number, "440104-lr")
        publish(joint, RENAMED, moves="key: application\nmoves: [{from: [3], nodes: {opinions: reviews}}]\n")
        moved(number)
        with joint.acting("approver") as actor:
            (review,) = dossier.open_(number, by=actor).reviews
        assert [one.state for one in review.opinions] == ["agreed", "agreed"]
        assert sound(joint, number)

    def test_what_was_recorded_is_told_by_the_questions_of_its_time(self, joint):
        asks = "accept: {asks: [{key: seen, title: {zh: 核对情况, en: What was seen}}], title: {zh: 受理,"
        publish(joint, PROCESS.replace("accept: {title: {zh: 受理,", asks))
        number = joint.apply("chen")
        joint.do("clerk", number, "accept", given={"seen": "原件相符"})
        publish(joint, RENAMED, moves=MAP)
        moved(number)
        with joint.acting("clerk") as actor:
            (found,) = task_files.findings(dossier.open_(number, by=actor).case)
        assert [(one.title, one.words) for one in found.answers] == [("核对情况", "原件相符")]
        assert (found.title, found.action) == ("街道受理", "受理")

    def test_what_is_only_to_be_read_stays_where_it_was(self, joint):
        number = joint.apply("chen")
        joint.do("clerk", number, "accept")
        with joint.acting("clerk") as actor:
            task = joint.task(number)
            people = [joint.people["colleague"]]
            beside.ask(task.case_id, task.id, TaskKind.READ, people, words="", by=actor, command=uuid.uuid4())
        joint.do("clerk", number, "forward")
        publish(joint, PROCESS.replace("check", "verify"))
        moved(number)
        with scope.service():
            left = Task.objects.get(number=number, kind=TaskKind.READ)
            assert (left.state, naming.node(left.case, left.node)) == ("open", "材料核对")
        with joint.acting("colleague") as actor:
            assert dossier.open_(number, by=actor).works
            beside.answer(left.case_id, left.id, words="", by=actor, command=uuid.uuid4())
        assert sound(joint, number)

    def test_nobody_goes_while_a_paper_is_being_made(self, town):
        number = town.apply("chen", other_allowance=True)
        with town.acting("clerk") as actor:
            task = town.task(number)
            supplements.ask(
                task.case_id,
                task.id,
                missing=[Missing("", "请补充")],
                words="",
                by=actor,
                command=uuid.uuid4(),
            )
        town.republish("messages.yaml", "受理", "收下")
        if stays(number)["zh"] == "还有文书或自动办理尚未完成，请稍后再试":
            town.work()
            moved(number)
            assert sound(town, number)
        else:
            pytest.fail("the paper was not waited for")


class TestAtTheSameTime:
    def test_a_step_and_a_move_one_after_the_other(self, committed, request):
        town = request.getfixturevalue("town_committed")
        town.rewrite(CHANGES)
        number = town.apply("chen")
        task = town.task(number)
        publish(town, RENAMED.replace("      accept:", "      take:"), moves=MAP)
        with scope.service():
            to = current("elderly_allowance")
            move = move_orders.order(move_orders.meant(to), to, reason=WHY, with_limits=False, by=HOUSE)
        together, answers = threading.Barrier(2), []

        def press():
            with clock.standing_at("2026-11-20T10:00"), town.acting("clerk") as actor:
                together.wait(10)
                try:
                    handling.complete(task.case_id, task.id, action="accept", by=actor, command=uuid.uuid4())
                    answers.append("done")
                except Impossible:
                    answers.append("impossible")
            connection.close()

        def go():
            with clock.standing_at("2026-11-20T10:00"):
                together.wait(10)
                move_orders.finish(move)
            connection.close()

        threads = [threading.Thread(target=one) for one in (press, go)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # Either the step was first and the case went on from there, or it had gone and the button was another.
        assert (answers, town.task(number).node) in ((["done"], "check"), (["impossible"], "intake"))
        assert town.case(number).release_id == to.id
        assert sound(town, number)


def test_what_goes_wrong_otherwise_leaves_the_case_as_it_was(joint, monkeypatch):
    number = joint.apply("chen")
    publish(joint, RENAMED, moves=MAP)
    monkeypatch.setattr("yizhan.cases.move_rows._set_times", lambda *_: 1 / 0)
    assert stays(number)["zh"].startswith("处理时发生意外")
    monkeypatch.undo()
    moved(number)


class TestInterrupted:
    def test_whatever_ends_the_command_between_two_cases_the_rest_goes_later(self, joint, monkeypatch):
        numbers = [joint.apply("chen"), joint.apply("wang"), joint.apply("li")]
        publish(joint, RENAMED, moves=MAP)
        killed_after(monkeypatch, 1)
        with pytest.raises(KeyboardInterrupt):
            order()
        monkeypatch.undo()
        assert sorted(joint.case(number).release.version for number in numbers) == [2, 2, 3]
        # Given once more, while the first order's cases still wait: each goes once, and both orders tell the same.
        assert {row.state for row in order().values()} == {"moved"}
        assert move_orders.carry_out() == 2
        with scope.service():
            assert set(MovedCase.objects.values_list("state", flat=True)) == {"moved"}
            for number in numbers:
                assert Event.objects.filter(case__number=number, kind="case.moved").count() == 1
        assert all(sound(joint, number) for number in numbers)

    def test_a_case_in_the_middle_of_which_it_ends_is_as_it_was(self, joint, monkeypatch):
        number = joint.apply("chen")
        publish(joint, RENAMED, moves=MAP)
        monkeypatch.setattr("yizhan.cases.tasks.keep_due", interrupted)
        with pytest.raises(KeyboardInterrupt):
            order()
        monkeypatch.undo()
        assert (joint.task(number).node, joint.case(number).release.version) == ("acceptance", 2)
        assert sound(joint, number)
        assert move_orders.carry_out() == 1
        assert (joint.task(number).node, joint.case(number).release.version) == ("intake", 3)
        assert sound(joint, number)


def interrupted(*_):
    raise KeyboardInterrupt


def killed_after(monkeypatch, turns):
    """The process ends once so many cases had their turn."""
    done, turn = [], move_orders._turn

    def counted(row):
        if len(done) == turns:
            raise KeyboardInterrupt
        done.append(row)
        return turn(row)

    monkeypatch.setattr(move_orders, "_turn", counted)
