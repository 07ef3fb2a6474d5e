"""Branches side by side, processes within processes, and what happens meanwhile."""

import pytest

from yizhan.workflow import Message, TaskCompleted, Terminated, Timer, Withdrawn, compile
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.events import Reopened, SentBack, WorkDone, WorkFailed
from yizhan.workflow.tests.packs import flow
from yizhan.workflow.tests.walking import Walked

ALLOWANCE = """
key: subsistence
title: {zh: 最低生活保障, en: Subsistence allowance}
start: accept
facts: {income: number}
states:
  accept:
    kind: task
    title: {zh: 受理, en: Accept}
    phase: intake
    role: relief.clerk
    unit: area subdistrict
    actions: {accept: {title: {zh: 受理, en: Accept}, to: checks, marks: accepted}}
  checks:
    kind: parallel
    title: {zh: 调查核实, en: Checks}
    phase: review
    branches:
      visit:
        title: {zh: 入户调查, en: Home visit}
        start: home_visit
        states:
          home_visit:
            kind: task
            title: {zh: 入户调查, en: Home visit}
            phase: review
            role: relief.visitor
            actions:
              poor: {title: {zh: 情况属实, en: True}, to: visited}
              rich: {title: {zh: 情况不实, en: Untrue}, to: lied}
          visited: {kind: end, title: {zh: 属实, en: True}, outcome: "true"}
          lied: {kind: end, title: {zh: 不实, en: Untrue}, outcome: lie, ends: error}
      economy:
        title: {zh: 经济核对, en: Economic check}
        start: query
        states:
          query:
            kind: automatic
            title: {zh: 发起核对, en: Ask}
            phase: review
            does: check_economy
            waits: true
            gives: {assets: number}
            to: enough
          enough:
            kind: decision
            title: {zh: 财产标准, en: Means}
            phase: review
            cases: [{when: query.assets > 100000, to: too_rich}]
            otherwise: checked
          checked: {kind: end, title: {zh: 符合, en: Fits}, outcome: fits}
          too_rich: {kind: end, title: {zh: 超标, en: Too rich}, outcome: above, ends: error}
    to: notice
    on:
      untrue: {error: lie, to: refused, title: {zh: 不符合, en: Untrue}, marks: decided, outcome: refused}
      other: {error: any, to: refused, marks: decided, outcome: refused}
      slow: {after: {working_days: 12}, interrupts: false, sends: [{template: slow}]}
  notice:
    kind: wait
    title: {zh: 公示, en: Public notice}
    phase: review
    audience: outside
    on:
      over: {after: {natural_days: 7}, to: confirm}
      objection: {message: objection, to: recheck}
  recheck:
    kind: subflow
    title: {zh: 复核, en: Check again}
    phase: review
    calls: again
    with: {why: '"objection"'}
    to: confirm
  confirm:
    kind: task
    title: {zh: 确认, en: Confirm}
    phase: decision
    role: relief.head
    actions:
      grant: {title: {zh: 确认, en: Confirm}, to: granted, marks: decided, outcome: granted}
      back: {title: {zh: 退回, en: Back}, to: accept}
  granted: {kind: end, title: {zh: 已确认, en: Confirmed}, outcome: granted}
  refused: {kind: end, title: {zh: 不予确认, en: Refused}, outcome: refused}
"""
AGAIN = """
key: again
title: {zh: 复核, en: Check again}
start: look
states:
  look:
    kind: task
    title: {zh: 复核, en: Look}
    phase: review
    role: relief.clerk
    actions:
      done: {title: {zh: 完成, en: Done}, to: which, when: 'why = "objection"'}
  which:
    kind: decision
    title: {zh: 结果, en: Which}
    phase: review
    cases: [{when: 'look.action = "done"', to: fine}]
    otherwise: fine
  fine: {kind: end, title: {zh: 复核完毕, en: Fine}, outcome: fine}
"""


@pytest.fixture(scope="module")
def graph():
    return compile(flow(ALLOWANCE), {}, {"again": flow(AGAIN)})


@pytest.fixture
def checking(graph):
    return Walked(graph).chooses("accept", "accept")


def test_branches_run_side_by_side_and_the_case_goes_on_when_all_are_finished(checking):
    case = checking
    assert case.stands == ["home_visit", "query"]
    (work,) = case.step.of(ef.Perform)
    assert (work.work, work.token) == ("check_economy", case.at("query").id)
    case.does(WorkDone(work.token, {"assets": 3000}))
    assert case.stands == ["home_visit"]
    assert case.left("query") == {"assets": 3000}
    case.chooses("home_visit", "poor")
    assert case.stands == ["notice"]
    assert case.left("checks") == {"outcome": "true"}


def test_an_error_in_a_branch_takes_the_others_away(checking):
    case = checking.chooses("home_visit", "rich")
    assert case.ended == ("completed", "refused")
    assert case.situation.tokens == ()
    assert [mark.outcome for mark in case.situation.marks][-1] == "refused"


def test_an_error_is_taken_by_who_awaits_it_by_name_or_by_whoever_awaits_any(checking):
    case = checking.does(WorkDone(checking.at("query").id, {"assets": 200000}))
    assert case.ended == ("completed", "refused")
    assert [entered.node for entered in case.step.of(ef.Enter)][-1] == "refused"
    assert len(case.step.of(ef.CancelTask)) == 1


def test_a_work_that_fails_is_an_error_too(graph):
    case = Walked(graph).chooses("accept", "accept")
    case.does(WorkFailed(case.at("query").id, "unreachable"))
    assert case.ended == ("completed", "refused")
    assert case.refused(WorkDone(1)).code == "closed"


def test_what_only_reminds_happens_beside(checking):
    armed = {timer.ref: timer.limit.amount for timer in checking.step.of(ef.ArmTimer)}
    (ref,) = armed
    assert (ref.split(":")[0], armed[ref]) == ("slow", 12)
    case = checking.does(Timer(ref))
    assert [sent.template for sent in case.step.of(ef.PutMessage)] == ["slow"]
    assert case.stands == ["home_visit", "query"]


def past_checks(case):
    case.does(WorkDone(case.at("query").id, {"assets": 0}))
    return case.chooses("home_visit", "poor")


def test_a_time_passes_or_a_message_comes_first(checking):
    case = past_checks(checking)
    (timer,) = case.step.of(ef.ArmTimer)
    case.does(Timer(timer.ref))
    assert case.stands == ["confirm"]
    assert case.refused(Message("objection")).code == "wait_gone"


def test_a_called_process_sees_what_it_was_given_and_its_own_steps(checking):
    case = past_checks(checking).hears("objection")
    assert case.stands == ["recheck/look"]
    assert len(case.step.of(ef.DropTimer)) == 1
    case.chooses("recheck/look", "done")
    assert case.stands == ["confirm"]
    assert case.left("recheck") == {"outcome": "fine"}
    assert "look" not in case.situation.data
    assert case.situation.plain()["scopes"][0]["data"]["recheck"] == {"outcome": "fine"}


def test_withdrawn_and_terminated_end_all_that_runs(checking):
    assert checking.does(Withdrawn()).ended == ("withdrawn", "withdrawn")
    assert len(checking.step.of(ef.CancelTask)) == 1
    assert not checking.situation.tokens


def test_terminated_ends_it_too(graph):
    case = Walked(graph).chooses("accept", "accept").does(Terminated())
    assert case.ended == ("terminated", "terminated")
    assert [scope.kind for scope in case.situation.scopes] == ["process"]


class TestCommands:
    def test_a_task_goes_back_to_one_done_before(self, checking):
        case = past_checks(checking)
        case.does(Timer(case.step.of(ef.ArmTimer)[0].ref))
        token = case.at("confirm").id
        case.does(SentBack(token, "accept"))
        assert case.stands == ["accept"]
        assert case.step.of(ef.OpenTask)[0].node == "accept"
        assert len(case.step.of(ef.CancelTask)) == 1

    def test_it_does_not_go_forward_nor_into_a_branch(self, graph):
        case = Walked(graph)
        token = case.at("accept").id
        assert case.refused(SentBack(token, "confirm")).code == "not_done_yet"
        assert case.refused(SentBack(token, "home_visit")).code == "no_way_back"
        assert case.refused(SentBack(token, "nowhere")).code == "no_way_back"

    def test_a_case_that_has_ended_goes_on_and_can_be_decided_again(self, checking):
        case = past_checks(checking)
        case.does(Timer(case.step.of(ef.ArmTimer)[0].ref)).chooses("confirm", "grant")
        assert case.ended == ("completed", "granted")
        assert case.refused(Reopened("notice")).code == "no_way_back"
        case.does(Reopened("confirm"))
        assert (case.stands, case.ended) == (["confirm"], None)
        assert [mark.name for mark in case.situation.marks] == ["accepted"]
        assert [started.clock for started in case.step.of(ef.StartClock)] == ["handling"]
        case.chooses("confirm", "grant")
        assert case.ended == ("completed", "granted")

    def test_one_that_is_open_cannot_be_reopened(self, checking):
        assert checking.refused(Reopened("confirm")).code == "open"


INSPECTION = """
key: inspected
title: {zh: 勘验, en: Inspected}
start: reviews
facts: {units: list}
states:
  reviews:
    kind: joint
    title: {zh: 会办, en: Reviews}
    phase: review
    departments: {of: units}
    consents: [fine]
    start: opinion
    states:
      opinion:
        kind: task
        title: {zh: 审查, en: Review}
        phase: review
        role: catering.reviewer
        unit: = department.unit
        actions:
          visit: {title: {zh: 现场勘验, en: Inspect}, to: inspect, when: department.visits}
          ok: {title: {zh: 同意, en: Agree}, to: fine}
          no: {title: {zh: 不同意, en: Object}, to: objected}
      inspect:
        kind: task
        title: {zh: 现场勘验, en: Inspection}
        phase: review
        role: catering.inspector
        unit: = department.unit
        actions: {done: {title: {zh: 勘验完毕, en: Done}, to: opinion}}
      fine: {kind: end, title: {zh: 同意, en: Agreed}, outcome: fine}
      objected: {kind: end, title: {zh: 不同意, en: Objected}, outcome: objected}
    to: done
  done: {kind: end, title: {zh: 办结, en: Done}, outcome: done}
"""
FIRE, FOOD = {"unit": "xfjy", "visits": True}, {"unit": "scjg", "visits": False}


def test_each_department_walks_its_own_states():
    case = Walked(compile(flow(INSPECTION), {}), {"units": [FIRE, FOOD]})
    assert sorted(case.units()) == ["scjg", "xfjy"]
    assert [task.one for task in case.step.of(ef.OpenTask)] == [FIRE, FOOD]
    case.chooses("opinion", "visit", one=FIRE)
    assert case.units() == ["xfjy"]
    case.chooses("opinion", "no", one=FOOD)
    assert case.stands == ["inspect"]
    case.chooses("inspect", "done", one=FIRE).chooses("opinion", "ok", one=FIRE)
    assert case.ended == ("completed", "done")
    reviews = case.left("reviews")
    assert (reviews["outcome"], reviews["agreed"], reviews["refused"]) == ("refused", 1, 1)
    assert reviews["answers"][0]["one"] == FIRE
    assert reviews["answers"][0]["inspect"] == {"action": "done"}


def test_what_is_closed_to_one_department_is_open_to_another():
    case = Walked(compile(flow(INSPECTION), {}), {"units": [FIRE, FOOD]})
    assert case.refused(TaskCompleted(case.at("opinion", FOOD).id, "visit")).code == "action_not_open"


def test_a_process_that_calls_itself_does_not_compile():
    circle = FlowDefinition.model_validate(
        {
            "key": "again",
            "title": {"zh": "甲", "en": "a"},
            "start": "in",
            "states": {
                "inner": {
                    "kind": "subflow",
                    "title": {"zh": "乙", "en": "b"},
                    "phase": "review",
                    "calls": "again",
                    "to": "over",
                },
                "over": {"kind": "end", "title": {"zh": "丙", "en": "c"}, "outcome": "x"},
            },
        }
    )
    with pytest.raises(KeyError):
        compile(circle, {}, {"again": circle})
