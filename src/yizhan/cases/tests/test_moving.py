"""Cases in flight are moved to a new version of their process: who can go goes whole, who cannot is told why."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan.cases import ending, move_lines, move_orders
from yizhan.cases.dossier import Dossier
from yizhan.cases.models import Case, Event
from yizhan.cases.refusals import Incomplete, MustDiffer
from yizhan.cases.tests.joint import CHANGES, PROCESS
from yizhan.cases.tests.moves import FLOW, MAP, RENAMED, act, moved, order, preview, publish, sound, stays
from yizhan.cases.trail import events_of, trail
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.releases.models import current


@pytest.fixture
def joint(town):
    """The process with two departments is in force."""
    town.rewrite(CHANGES)
    return town


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

    def test_a_look_at_many_asks_no_more_than_a_look_at_one(self, town):
        item = "items/elderly_allowance.yaml"
        town.rewrite({**CHANGES, item: [*CHANGES[item], ("at_a_time: one", "at_a_time: any")]})
        one, *_more = [town.apply("chen") for _number in range(4)]
        publish(town, RENAMED, moves=MAP)
        asked = []
        with scope.service():
            to = current("elderly_allowance")
            meant = move_orders.meant(to)
            # Once before: the processes of a release are read once.
            for cases, number in ((meant, 4), (meant.filter(number=one), 1), (meant, 4)):
                with CaptureQueriesContext(connection) as queries:
                    assert len(list(move_lines.preview(cases, to))) == number
                asked.append(len(queries))
        assert asked[2] == asked[1] < 10

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
