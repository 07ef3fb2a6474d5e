"""What the drawing of a case tells of those who take part, on the desk and to the applicant."""

import uuid

import pytest

from yizhan.cases import dossier, ending, joining
from yizhan.cases.participants import participants, stands_at
from yizhan.cases.tests.joint import CHANGES, PROCESS
from yizhan.workflow.drawing import Participant
from yizhan.workflow.processes.compiling import compile
from yizhan.workflow.tests.packs import flow


def reviewed(town, changes=CHANGES):
    """A case that stands with two departments."""
    town.rewrite(changes)
    number = town.apply("chen")
    town.do("clerk", number, "accept")
    town.do("clerk", number, "forward")
    return number


@pytest.fixture
def number(town):
    return reviewed(town)


def told(town, number, who="approver"):
    """Of each department its state, as the drawing is given it."""
    with town.acting(who) as actor:
        found = dossier.open_(number, by=actor)
        (several,) = participants(found.reviews, compile(flow(PROCESS), {})).values()
        return {one.title: (one.state, one.words) for one in several}


def drawing(town, number, who):
    with town.acting(who) as actor:
        return dossier.open_(number, by=actor).drawing


def test_who_has_answered_and_who_is_waited_for(town, number):
    town.do("clerk", number, "agree", task=town.task(number, unit="440104-bj"))
    assert told(town, number) == {
        "北京街道办事处": ("consented", "已同意"),
        "六榕街道办事处": ("waiting", "待审查"),
    }
    town.do("stranger", number, "object", task=town.task(number, unit="440104-lr"), reason="不在本辖区居住")
    assert told(town, number)["六榕街道办事处"] == ("refused", "已表示不同意")


def test_who_was_withdrawn_is_told_so(town, number):
    with town.acting("approver") as actor:
        case = town.case(number)
        joining.remove(case, "reviews", 1, reason="与其无关", by=actor, command=uuid.uuid4())
    assert told(town, number)["六榕街道办事处"] == ("withdrawn", "不再参与")


def test_of_those_who_act_in_turn_the_next_is_ahead_of_its_turn(town):
    changed = PROCESS.replace("    policy: all\n", "    policy: all\n    in_turn: true\n")
    number = reviewed(town, {**CHANGES, "processes/application.flow.yaml": changed})
    with town.acting("approver") as actor:
        found = dossier.open_(number, by=actor)
        several = participants(found.reviews, compile(flow(changed), {}))["reviews"]
    assert several == (
        Participant("北京街道办事处", "waiting", "待审查"),
        Participant("六榕街道办事处", "ahead"),
    )


def test_each_place_is_counted_and_what_only_waits_is_not(town, number):
    with town.acting("approver") as actor:
        assert stands_at(dossier.open_(number, by=actor).case) == ["reviews", "reviews"]


def test_the_desk_sees_them_in_the_drawing_and_in_words(town, number):
    found = drawing(town, number, "approver")
    assert ">北京街道办事处</tspan>" in found.svg
    assert "<li>六榕街道办事处：待审查</li>" in found.outline


def test_the_applicant_sees_unit_and_state_but_not_what_was_written(town, number):
    town.do("stranger", number, "object", task=town.task(number, unit="440104-lr"), reason="不在本辖区居住")
    found = drawing(town, number, "chen")
    assert "<li>六榕街道办事处：已表示不同意</li>" in found.outline
    assert "不在本辖区居住" not in found.svg + found.outline + found.legend


def test_a_case_that_was_taken_back_tells_where_it_was_broken_off(town, number):
    with town.acting("chen") as actor:
        ending.withdraw(town.case(number).id, by=actor, command=uuid.uuid4())
    outline = drawing(town, number, "chen").outline
    assert '<li class="is-cancelled">街道会审（已中止）' in outline
    assert '<li class="is-passed">街道受理（已办）' in outline
