"""Cases in flight are moved to a new version of their process: who can go goes whole, who cannot is told why."""

import threading
import uuid

import pytest
from django.db import connection

from yizhan import clock
from yizhan.cases import handling, move_lines, move_orders, replaying, soundness, supplements
from yizhan.cases.dossier import Dossier
from yizhan.cases.models import Case, Clock, Event, MovedCase, Task, Timer
from yizhan.cases.refusals import Impossible, Incomplete, MustDiffer
from yizhan.cases.supplements import Missing
from yizhan.cases.tests.joint import CHANGES, PROCESS
from yizhan.cases.trail import events_of, trail
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.journal.models import News
from yizhan.releases.models import current

FLOW, MOVES = "processes/application.flow.yaml", "processes/application.moves.yaml"
RENAMED = PROCESS.replace("  acceptance:\n", "  intake:\n").replace("start: acceptance", "start: intake")
MAP = "key: application\nmoves: [{nodes: {acceptance: intake}}]\n"
WHY = "流程改版"


@pytest.fixture
def joint(town):
    """The process with two departments is in force."""
    town.rewrite(CHANGES)
    return town


def publish(town, flow, moves=""):
    town.rewrite({**CHANGES, FLOW: flow, **({MOVES: moves} if moves else {})})


def order(*, with_limits=False, by=HOUSE, reason=WHY, item=""):
    """All open cases go to the version in force; what became of each, by number."""
    with scope.service():
        to = current("elderly_allowance")
        move = move_orders.order(
            move_orders.meant(to, item=item), to, reason=reason, with_limits=with_limits, by=by
        )
    move_orders.finish(move)
    with scope.service():
        return {row.number: row for row in MovedCase.objects.filter(move=move)}


def moved(number, **more):
    row = order(**more)[number]
    assert row.state == "moved", row.why
    return row


def stays(number, **more):
    """The case stays as it was; why."""
    with scope.service():
        before = Case.objects.values().get(number=number)
    row = order(**more)[number]
    with scope.service():
        assert Case.objects.values().get(number=number) == before
    assert row.state == "stays"
    return row.why


def sound(town, number):
    with scope.service():
        case = Case.objects.get(number=number)
        found = soundness.look([case])
        return (found.unsound, found.replayed) == ((), 1) and replaying.agrees(case)


def preview():
    with scope.service():
        to = current("elderly_allowance")
        return {line.number: line for line in move_lines.preview(move_orders.meant(to), to)}


def act(town, who, number, unit, action="agree", **more):
    town.do(who, number, action, task=town.task(number, unit=unit, audience="staff"), **more)


class TestGoing:
    def test_a_step_with_another_name_takes_the_case_along(self, joint):
        number = joint.apply("chen")
        publish(joint, RENAMED, moves=MAP)
        assert preview()[number].why is None
        moved(number)
        task, case = joint.task(number), joint.case(number)
        assert (task.node, task.release, case.release_id) == ("intake", case.release_id, task.release)
        assert case.release.version == 3
        assert sound(joint, number)
        joint.do("clerk", number, "accept")
        joint.do("clerk", number, "forward")
        assert sound(joint, number)
        assert joint.intact(number)

    def test_what_is_gone_without_a_map_is_named(self, joint):
        number = joint.apply("chen")
        publish(joint, RENAMED)
        why = stays(number)
        assert why["zh"] == "办件停在“街道受理”（acceptance），新版流程中没有对应的环节"
        assert why["en"].startswith("It stands at “Acceptance” (acceptance)")
        assert str(preview()[number].why) == why["zh"]
        joint.do("clerk", number, "accept")
        assert joint.intact(number)

    def test_while_one_of_two_departments_has_answered(self, joint):
        number = joint.apply("chen")
        joint.do("clerk", number, "accept")
        joint.do("clerk", number, "forward")
        act(joint, "clerk", number, "440104-bj")
        publish(
            joint,
            RENAMED.replace('["440104-bj", "440104-lr"]', '["440104-bj", "440104-lr", "440104-mz"]'),
            moves=MAP,
        )
        moved(number)
        assert sound(joint, number)
        act(joint, "stranger", number, "440104-lr")
        assert joint.task(number).node == "decision"
        assert sound(joint, number)

    def test_not_where_answers_would_be_counted_otherwise(self, joint):
        number = joint.apply("chen")
        joint.do("clerk", number, "accept")
        joint.do("clerk", number, "forward")
        act(joint, "clerk", number, "440104-bj")
        publish(joint, PROCESS.replace("policy: all", "policy: any"))
        assert "已有 1 家单位办理，而新版改变了会办规则" in stays(number)["zh"]
        act(joint, "stranger", number, "440104-lr")
        moved(number)
        assert sound(joint, number)

    def test_not_where_the_new_process_asks_what_was_never_asked(self, joint):
        number = joint.apply("chen")
        file = "items/elderly_allowance.yaml"
        asked = [*CHANGES[file], ("inputs:\n", "inputs:\n  - {name: number_ok, fact: person.id_number_ok}\n")]
        flow = PROCESS.replace("facts: {}", "facts: {number_ok: boolean}")
        flow = flow.replace('''reviews.outcome = "agreed"''', """reviews.outcome = "agreed" and number_ok""")
        joint.rewrite({**CHANGES, FLOW: flow, file: asked})
        assert stays(number)["zh"] == "新版流程要用到“number_ok”，本件申报时没有采集"

    def test_a_case_that_has_ended_keeps_its_version(self, joint):
        joint.apply("chen")
        ended = joint.apply("wang")
        joint.do("stranger", ended, "accept")
        with joint.acting("wang") as actor:
            from yizhan.cases import ending  # noqa: PLC0415

            ending.withdraw(joint.case(ended).id, by=actor, command=uuid.uuid4())
        publish(joint, RENAMED, moves=MAP)
        assert ended not in order()
        assert joint.case(ended).release.version == 2


class TestTheStep:
    def test_it_is_told_in_the_history_with_version_and_reason(self, joint):
        number = joint.apply("chen")
        publish(joint, RENAMED, moves=MAP)
        moved(number)
        with scope.service():
            case = Case.objects.get(number=number)
            event = Event.objects.get(case=case, kind="case.moved")
            told = trail(case, events_of(case)).traces[0]
        assert event.delta["moved"]["nodes"] == {"acceptance": "intake"}
        assert (told.what, told.words) == ("改用新版流程", ["由第 2 版改为第 3 版：流程改版"])
        with scope.service():
            assert News.objects.get(kind="cases.move_ordered").data["cases"] == 1
            assert News.objects.filter(kind="case.moved", subject=f"case:{number}").count() == 1

    def test_whoever_ordered_it_stands_in_the_event(self, joint):
        number = joint.apply("chen")
        publish(joint, RENAMED, moves=MAP)
        with joint.acting("approver") as actor:
            pass
        moved(number, by=actor)
        with scope.service():
            event = Event.objects.get(case__number=number, kind="case.moved")
        assert (event.actor, event.actor_name) == (actor.key, "梁建国")

    def test_a_reason_is_wanted(self, joint):
        joint.apply("chen")
        with pytest.raises(Incomplete):
            order(reason=" ")

    def test_a_second_time_there_is_nobody_to_move(self, joint):
        number = joint.apply("chen")
        publish(joint, RENAMED, moves=MAP)
        moved(number)
        assert order() == {}
        with scope.service():
            assert move_orders.already(current("elderly_allowance")) == 1
            assert Event.objects.filter(case__number=number, kind="case.moved").count() == 1

    def test_a_rehearsal_leaves_nothing(self, joint):
        number = joint.apply("chen")
        publish(joint, RENAMED, moves=MAP)
        with scope.service():
            case, to = Case.objects.get(number=number), current("elderly_allowance")
        assert move_orders.rehearse(case, to, with_limits=True).why is None
        assert (joint.case(number).rev, joint.task(number).node) == (case.rev, "acceptance")
        joint.do("clerk", number, "accept")

    def test_whoever_did_an_earlier_step_is_known_by_its_new_name(self, joint):
        number = joint.apply("chen")
        joint.do("clerk", number, "accept")
        flow = RENAMED.replace(
            "    phase: review\n    actions:\n      forward",
            "    phase: review\n    distinct_from: [intake]\n    actions:\n      forward",
        )
        publish(joint, flow, moves=MAP)
        moved(number)
        with pytest.raises(MustDiffer):
            joint.do("clerk", number, "forward")
        joint.do("colleague", number, "forward")
        assert sound(joint, number)

    def test_the_page_still_tells_what_was_done_under_the_old_names(self, joint):
        number = joint.apply("chen")
        joint.do("clerk", number, "accept")
        publish(joint, RENAMED.replace("街道受理", "收件登记"), moves=MAP)
        moved(number)
        with joint.acting("clerk") as actor:
            page = Dossier(Case.objects.get(number=number), actor)
            assert "收件登记" not in [moment.title for moment in page.moments]
            assert "街道受理" in [moment.title for moment in page.moments]
            assert '<li class="is-passed">收件登记' in page.drawing.outline


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
    monkeypatch.setattr("yizhan.cases.moving._set_times", lambda *_: 1 / 0)
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
