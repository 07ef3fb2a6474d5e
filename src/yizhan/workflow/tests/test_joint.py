"""Several departments act, each for itself, and what they say together."""

import pytest

from yizhan.workflow import Table, TaskCompleted, Timer, compile
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes.events import Joined, Left
from yizhan.workflow.tests.packs import flow, table
from yizhan.workflow.tests.walking import Walked

DEPARTMENTS = """
key: departments
title: {zh: 会办单位, en: Departments}
hit_policy: C
facts: {smoke: boolean, signboard: boolean}
inputs:
  - {name: smoke, label: {zh: 有油烟, en: Fumes}, type: boolean}
  - {name: signboard, label: {zh: 设招牌, en: Signboard}, type: boolean}
outputs: [{name: departments, label: {zh: 单位, en: Unit}, type: string}]
rules:
  - {id: food, when: ["-", "-"], then: ['"scjg"'], because: {zh: 食品经营须审查, en: Food}}
  - {id: fire, when: ["-", "-"], then: ['"xfjy"'], because: {zh: 消防须审查, en: Fire}}
  - {id: fumes, when: [true, "-"], then: ['"sthj"'], because: {zh: 油烟须审查, en: Fumes}}
  - {id: sign, when: ["-", true], then: ['"cgzf"'], because: {zh: 招牌须审查, en: Sign}}
"""

JOINT = """
key: restaurant
title: {zh: 开办小餐饮店, en: Open a small restaurant}
start: accept
facts: {many: list}
states:
  accept:
    kind: task
    title: {zh: 受理, en: Accept}
    phase: intake
    role: catering.clerk
    actions: {accept: {title: {zh: 受理, en: Accept}, to: reviews, marks: accepted}}
  reviews:
    kind: joint
    title: {zh: 并联审查, en: Reviews}
    phase: review
    departments: {table: departments}
    policy: all
    consents: [agree]
    task:
      role: catering.reviewer
      limit: {working_days: 5}
      actions:
        agree: {title: {zh: 同意, en: Agree}, asks: [{key: opinion, title: {zh: 意见, en: Opinion}}]}
        object: {title: {zh: 不同意, en: Object}, reason: required}
    to: merge
  merge:
    kind: decision
    title: {zh: 汇总, en: Merge}
    phase: decision
    cases: [{when: 'reviews.outcome = "agreed"', to: granted}]
    otherwise: refused
  granted: {kind: end, title: {zh: 准予, en: Granted}, outcome: granted}
  refused: {kind: end, title: {zh: 不予, en: Refused}, outcome: refused}
"""
FACTS = {"smoke": True, "signboard": False}


def graph(**changes):
    written = flow(JOINT).model_dump(exclude_unset=True, by_alias=True)
    joint = written["states"]["reviews"]
    for key, value in changes.items():
        joint[key] = value
    tables = {"departments": Table(table(DEPARTMENTS))}
    return compile(type(flow(JOINT)).model_validate(written), tables)


def reviewing(facts=None, **changes):
    return Walked(graph(**changes), facts or FACTS).chooses("accept", "accept")


def test_the_table_says_who_takes_part_and_each_gets_a_task_with_its_own_limit():
    case = reviewing()
    assert case.units() == ["scjg", "xfjy", "sthj"]
    tasks = case.step.of(ef.OpenTask)
    assert {(task.role, task.limit.amount, task.one) for task in tasks} == {
        ("catering.reviewer", 5, "scjg"),
        ("catering.reviewer", 5, "xfjy"),
        ("catering.reviewer", 5, "sthj"),
    }
    (decision,) = case.step.of(ef.DecideWith)
    assert [hit.because.zh for hit in decision.decision.hits] == [
        "食品经营须审查",
        "消防须审查",
        "油烟须审查",
    ]
    assert case.situation.scopes[-1].expected == ("scjg", "xfjy", "sthj")


def test_all_must_have_acted_and_what_each_said_is_kept():
    case = reviewing()
    case.chooses("reviews", "agree", {"opinion": "油烟管道合规"}, one="sthj")
    case.chooses("reviews", "agree", one="scjg")
    assert case.stands == ["reviews"]
    assert not case.ended
    case.chooses("reviews", "object", reason="疏散通道不足", one="xfjy")
    assert case.ended == ("completed", "refused")
    assert case.left("reviews") == {
        "outcome": "refused",
        "agreed": 2,
        "refused": 1,
        "answers": [
            {"one": "scjg", "action": "agree"},
            {"one": "xfjy", "action": "object", "reason": "疏散通道不足"},
            {"one": "sthj", "action": "agree", "opinion": "油烟管道合规"},
        ],
    }


def test_when_all_agree_it_is_granted():
    case = reviewing()
    for one in ("xfjy", "sthj", "scjg"):
        case.chooses("reviews", "agree", one=one)
    assert case.ended == ("completed", "granted")
    assert case.situation.tokens == ()


def test_with_a_veto_the_first_refusal_ends_it_and_the_others_are_no_longer_asked():
    case = reviewing(policy="veto").chooses("reviews", "object", reason="不符合", one="xfjy")
    assert case.ended == ("completed", "refused")
    assert len(case.step.of(ef.CancelTask)) == 2


@pytest.mark.parametrize(
    ("acts", "ended"),
    [
        ([("scjg", "agree"), ("xfjy", "agree")], "granted"),
        ([("scjg", "object"), ("xfjy", "agree"), ("sthj", "agree")], "granted"),
        ([("scjg", "object"), ("xfjy", "object")], "refused"),
    ],
)
def test_two_of_three_are_enough(acts, ended):
    case = reviewing(policy="count", needed="2")
    for one, action in acts:
        assert not case.ended
        case.chooses("reviews", action, reason="理由", one=one)
    assert case.ended == ("completed", ended)


def test_the_lead_decides_whatever_the_others_say():
    case = reviewing(policy="lead", lead='"scjg"')
    case.chooses("reviews", "object", reason="不符合", one="xfjy")
    assert not case.ended
    case.chooses("reviews", "agree", one="scjg")
    assert case.ended == ("completed", "granted")


def test_one_answer_is_enough_where_any_will_do():
    case = reviewing(policy="any").chooses("reviews", "agree", one="sthj")
    assert case.ended == ("completed", "granted")


def test_in_turn_one_begins_when_the_other_has_answered():
    case = reviewing(in_turn=True)
    assert case.units() == ["scjg"]
    case.chooses("reviews", "agree")
    assert case.units() == ["xfjy"]
    case.chooses("reviews", "agree").chooses("reviews", "agree")
    assert case.ended == ("completed", "granted")


def test_silence_counts_as_consent_where_the_item_says_so():
    case = reviewing(silence="agree")
    refs = {timer.token: timer.ref for timer in case.step.of(ef.ArmTimer)}
    assert len(refs) == 3
    case.chooses("reviews", "agree", one="scjg").chooses("reviews", "agree", one="sthj")
    assert [dropped.ref for dropped in case.step.of(ef.DropTimer)]
    case.does(Timer(refs[case.at("reviews").id]))
    assert case.ended == ("completed", "granted")
    assert case.left("reviews")["answers"][1] == {"one": "xfjy", "action": "agree", "silent": True}
    assert len(case.step.of(ef.CancelTask)) == 1


def test_without_that_a_limit_that_passes_brings_nothing_about():
    assert not reviewing().step.of(ef.ArmTimer)


class TestInFlight:
    def test_one_more_department_takes_part(self):
        case = reviewing()
        case.does(Joined(case.host("reviews"), "cgzf"))
        assert case.units() == ["cgzf"]
        for one in ("scjg", "xfjy", "sthj"):
            case.chooses("reviews", "agree", one=one)
        assert not case.ended
        case.chooses("reviews", "agree", one="cgzf")
        assert case.ended == ("completed", "granted")

    def test_a_department_leaves_and_the_others_are_enough(self):
        case = reviewing()
        case.chooses("reviews", "agree", one="scjg").chooses("reviews", "agree", one="sthj")
        case.does(Left(case.host("reviews"), 1))
        assert case.ended == ("completed", "granted")
        assert len(case.step.of(ef.CancelTask)) == 1
        assert [answer["one"] for answer in case.left("reviews")["answers"]] == ["scjg", "sthj"]

    def test_when_everybody_has_left_nobody_agreed(self):
        case = reviewing()
        for index in (0, 1, 2):
            case.does(Left(case.host("reviews"), index))
        assert case.ended == ("completed", "refused")
        assert case.left("reviews")["outcome"] == "nobody"

    def test_who_is_there_does_not_join_again_and_who_has_answered_does_not_leave(self):
        case = reviewing().chooses("reviews", "agree", one="scjg")
        host = case.host("reviews")
        assert case.refused(Joined(host, "xfjy")).code == "there_already"
        assert case.refused(Left(host, 0)).code == "answered_already"
        assert case.refused(Left(host, 9)).code == "not_there"
        assert case.refused(Left(99, 0)).code == "not_several"
        case.does(Left(host, 1))
        assert case.refused(Left(host, 1)).code == "not_there"
        case.does(Joined(host, "xfjy"))  # it may come back
        assert case.units() == ["xfjy"]


def test_forty_at_once_finish_in_any_order():
    many = [f"unit{number}" for number in range(40)]
    case = reviewing({**FACTS, "many": many}, departments={"of": "many"})
    assert case.units() == many
    for number in sorted(range(40), key=lambda n: n * 7 % 40):
        case.chooses("reviews", "agree", one=many[number])
    assert case.ended == ("completed", "granted")
    assert case.left("reviews")["agreed"] == 40


def test_a_list_that_cannot_be_had_takes_no_step():
    case = Walked(graph(departments={"of": "many"}), {**FACTS, "many": None})
    assert case.refused(TaskCompleted(case.at("accept").id, "accept")).code == "list_unknown"
    case.facts["many"] = [f"unit{number}" for number in range(201)]
    assert case.refused(TaskCompleted(case.at("accept").id, "accept")).code == "too_many"
