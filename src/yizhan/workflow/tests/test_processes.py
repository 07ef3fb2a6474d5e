"""A case goes its way: what follows from what happens."""

import pytest

from yizhan.workflow import (
    NOT_BEGUN,
    Message,
    NotPossible,
    Situation,
    Started,
    Table,
    TaskCompleted,
    Terminated,
    Timer,
    Verdict,
    Withdrawn,
    advance,
    can_withdraw,
    compile,
    offers,
)
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.nodes import UnitRule
from yizhan.workflow.processes.situation import Ending, Mark
from yizhan.workflow.tests.packs import ALLOWANCE, flow, raw, table

CHEN = {"birth_date": "1954-03-01", "today": "2026-11-20", "local": True, "alive": True, "area": "越秀"}
OLDEST = {**CHEN, "birth_date": "1930-01-01"}


@pytest.fixture(scope="module")
def graph():
    return compile(flow(), {"eligibility": Table(table())})


class Walked:
    """A case that goes along, remembering its last step."""

    def __init__(self, graph, facts=CHEN):
        self.graph, self.facts, self.situation = graph, facts, NOT_BEGUN
        self.does(Started())

    def does(self, event):
        self.step = advance(self.graph, self.situation, event, self.facts)
        self.situation = self.step.situation
        return self

    def chooses(self, action, given=None, reason=""):
        (token,) = self.situation.tokens
        return self.does(TaskCompleted(token.id, action, given or {}, reason))

    def refused(self, event):
        before = self.situation
        with pytest.raises(NotPossible) as found:
            self.does(event)
        assert self.situation == before
        assert found.value.zh != found.value.en
        return found.value

    @property
    def stands(self):
        return [token.node for token in self.situation.tokens]

    def one(self, kind):
        (effect,) = self.step.of(kind)
        return effect


def test_a_submitted_case_waits_for_the_clerk_of_the_subdistrict(graph):
    case = Walked(graph)
    assert case.stands == ["intake_check"]
    task = case.one(ef.OpenTask)
    assert (task.role, task.unit.rule, task.phase) == ("allowance.clerk", UnitRule.AREA_SUBDISTRICT, "intake")
    assert (task.limit.amount, task.limit.unit, task.limit.kind) == (5, "working_days", "statutory")
    assert case.one(ef.StartClock).clock == "acceptance"
    assert case.one(ef.ArmTimer).ref == f"expiry:{task.token}"
    assert case.one(ef.OpenScope).scope == case.situation.scopes[0]


def test_the_whole_way_to_a_granted_allowance(graph):
    case = Walked(graph).chooses("accept")
    assert [entered.node for entered in case.step.of(ef.Enter)] == ["eligibility", "approve"]
    assert case.one(ef.DecideWith).decision.verdict is Verdict.DECIDED
    assert case.one(ef.MarkCase).mark == Mark("accepted")
    assert (case.one(ef.StopClock).clock, case.one(ef.StartClock).clock) == ("acceptance", "handling")
    assert (case.one(ef.PutMessage).template, case.one(ef.PutMessage).to) == ("accepted", "applicant")
    assert case.one(ef.DropTimer).ref == "expiry:2"
    assert [words.zh for words in case.step.reasons][1] == "依据规则 seventies：年满七十周岁"
    task = case.one(ef.OpenTask)
    assert (task.unit.rule, task.unit.code) == (UnitRule.EXPRESSION, "yx_mzk")
    assert task.distinct_from == ("review", "intake_check")

    case.chooses("grant")
    assert [mark.mark for mark in case.step.of(ef.MarkCase)] == [
        Mark("decided", "granted"),
        Mark("delivered"),
    ]
    assert case.one(ef.Perform).arguments == {"monthly": 30, "from": None}
    assert case.one(ef.Close) == ef.Close("completed", "granted")
    assert case.situation.ending == Ending("completed", "granted")
    assert (case.situation.tokens, case.situation.scopes[0].outcome) == ((), "granted")


def test_effects_come_in_the_order_in_which_they_happen(graph):
    kinds = [
        type(change).__name__ for change in Walked(graph).chooses("accept").chooses("grant").step.changes
    ]
    assert kinds == [
        *("ClosedToken", "ChangeScope", "MarkCase", "StopClock", "StartClock", "Enter", "Perform"),
        *("PutMessage", "MarkCase", "StopClock", "Enter", "ChangeScope", "CloseScope", "Close"),
    ]


def test_what_one_step_left_behind_the_next_can_use(graph):
    case = Walked(graph).chooses("accept").chooses("return")
    case.chooses("agree", {"amount": "88.50", "since": "2026-12-01"}).chooses("grant")
    assert case.one(ef.Perform).arguments == {"monthly": "88.5", "from": "2026-12-01"}
    assert case.situation.data["review"] == {"action": "agree", "amount": "88.5", "since": "2026-12-01"}


def test_where_the_table_does_not_decide_people_do(graph):
    case = Walked(graph, {**CHEN, "birth_date": None}).chooses("accept")
    assert case.stands == ["review"]
    assert case.one(ef.DecideWith).decision.verdict is Verdict.MISSING
    assert "缺少周岁" in [words.zh for words in case.step.reasons]
    assert case.situation.data["eligibility"] == {"verdict": "missing"}


def test_who_is_not_eligible_goes_otherwise(graph):
    case = Walked(graph, {**CHEN, "local": False}).chooses("accept")
    assert case.stands == ["review"]
    assert case.situation.data["eligibility"] == {"eligible": False, "monthly": 0, "verdict": "decided"}


def test_a_limit_that_passes_accepts_the_case_by_itself(graph):
    case = Walked(graph).does(Timer("expiry:2"))
    assert case.stands == ["approve"]
    assert case.one(ef.MarkCase) == ef.MarkCase(Mark("accepted"), "boundary")
    assert case.one(ef.CancelTask) == ef.CancelTask(2, "intake_check")
    assert not case.step.of(ef.DropTimer)
    assert case.refused(Timer("expiry:2")).code == "timer_gone"


def test_a_case_waits_for_an_answer_from_outside(graph):
    case = Walked(graph, OLDEST).chooses("accept")
    assert case.stands == ["visit"]
    waiting = case.one(ef.WaitFor)
    assert (waiting.audience, waiting.answers) == ("outside", ("visited",))
    wrong = case.refused(Message("visited", {"seen": "dancing"}))
    assert (wrong.code, wrong.answers["seen"].zh) == ("answers_wrong", "请从选项中选择")
    assert case.refused(Message("paid")).code == "wait_gone"
    assert case.refused(Message("visited", {"seen": "well"}, token=99)).code == "wait_gone"
    case.does(Message("visited", {"seen": "well"}))
    assert case.stands == ["approve"]
    assert case.situation.data["visit"] == {"answer": "visited", "seen": "well"}


def test_a_task_is_done_once(graph):
    case = Walked(graph).chooses("accept")
    gone = case.refused(TaskCompleted(2, "accept"))
    assert (gone.code, gone.zh) == ("task_gone", "此任务已办理或已取消，请刷新待办")


def test_coming_back_to_a_state_is_a_new_task(graph):
    case = Walked(graph, {**CHEN, "local": False}).chooses("accept")
    case.chooses("back", reason="材料不清")
    assert case.stands == ["intake_check"]
    assert case.situation.tokens[0].id not in {2, 3}
    assert not case.step.of(ef.MarkCase)
    case.chooses("accept")  # accepted once, so the clock is not moved again
    assert not case.step.of(ef.MarkCase)
    assert not case.step.of(ef.StartClock)


@pytest.mark.parametrize(
    ("action", "given", "reason", "code", "wrong"),
    [
        ("fly", {}, "", "unknown_action", {}),
        ("back", {}, "  ", "reason_missing", {}),
        ("agree", {}, "", "answers_wrong", {"amount": "请填写每月金额"}),
        ("agree", {"amount": 1, "x": 1}, "", "answers_wrong", {"x": "没有这一项"}),
        (
            "agree",
            {"amount": "-1", "since": "morning"},
            "",
            "answers_wrong",
            {"amount": "金额应为不小于零的数，最多两位小数", "since": "日期应如 2026-11-20"},
        ),
        ("agree", {"amount": 1.005}, "", "answers_wrong", {"amount": "金额应为不小于零的数，最多两位小数"}),
        ("agree", {"amount": True}, "", "answers_wrong", {"amount": "金额应为不小于零的数，最多两位小数"}),
        (
            "agree",
            {"amount": "1e6000"},
            "",
            "answers_wrong",
            {"amount": "金额应为不小于零的数，最多两位小数"},
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_words(graph, action, given, reason, code, wrong):
    case = Walked(graph, {**CHEN, "local": False}).chooses("accept")
    fault = case.refused(TaskCompleted(3, action, given, reason))
    assert fault.code == code
    assert {key: words.zh for key, words in fault.answers.items()} == wrong


def test_an_action_can_be_closed_and_says_why(graph):
    case = Walked(graph, {**CHEN, "alive": None}).chooses("accept")
    case.facts = {**CHEN, "alive": False}
    case.chooses("agree", {"amount": 30})
    offered = {offer.action.key: offer for offer in offers(graph, case.situation, 4, case.facts)}
    assert {key: offer.open for key, offer in offered.items()} == {
        "grant": False,
        "reject": True,
        "return": True,
    }
    assert [words.zh for words in offered["grant"].reasons] == ["条件未满足"]
    assert case.refused(TaskCompleted(4, "grant")).code == "action_not_open"
    with pytest.raises(NotPossible):
        offers(graph, case.situation, 2, case.facts)


def test_whoever_wrote_the_process_says_what_is_told_where_an_action_is_closed():
    written = raw(ALLOWANCE)
    written["states"]["approve"]["actions"]["grant"]["closed"] = {"zh": "申领人已去世", "en": "has died"}
    told = compile(FlowDefinition.model_validate(written), {"eligibility": Table(table())})
    case = Walked(told, {**CHEN, "alive": None}).chooses("accept").chooses("agree", {"amount": 30})

    def why(alive):
        found = offers(told, case.situation, 4, {**CHEN, "alive": alive})
        return {offer.action.key: [words.zh for words in offer.reasons] for offer in found}["grant"]

    assert (why(alive=False), why(alive=True)) == (["申领人已去世"], [])
    assert why(alive=None) != ["申领人已去世"], "what is not known is not told as if it were"


def test_the_applicant_can_withdraw_until_the_decision(graph):
    case = Walked(graph).chooses("accept")
    assert can_withdraw(graph, case.situation)
    case.does(Withdrawn())
    assert case.one(ef.CancelTask).node == "approve"
    assert case.one(ef.Close) == ef.Close("withdrawn", "withdrawn")
    assert case.one(ef.StopClock).clock == "handling"
    assert not case.stands
    assert not can_withdraw(graph, case.situation)
    assert case.refused(Started()).code == "closed"


def test_how_long_withdrawal_is_possible_is_the_processs_to_say():
    tables = {"eligibility": Table(table())}
    strict = compile(flow(withdrawal="before_acceptance"), tables)
    assert can_withdraw(strict, Walked(strict).situation)
    assert Walked(strict).chooses("accept").refused(Withdrawn()).code == "withdrawal_closed"
    never = compile(flow(withdrawal="never"), tables)
    assert Walked(never).refused(Withdrawn()).code == "withdrawal_closed"


def test_the_organ_can_terminate_a_case_while_it_waits(graph):
    case = Walked(graph, OLDEST).chooses("accept").does(Terminated())
    assert case.situation.ending == Ending("terminated", "terminated")
    assert case.one(ef.DropTimer).ref == "expiry:3"
    assert not case.step.of(ef.CancelTask)


def test_not_accepting_ends_the_case_and_its_clock(graph):
    case = Walked(graph).chooses("refuse", reason="不属于本机关职权")
    assert case.situation.ending == Ending("completed", "not_accepted")
    assert case.one(ef.StopClock).clock == "acceptance"
    assert not case.step.of(ef.StartClock)


def test_rather_no_step_than_a_task_at_the_wrong_desk(graph):
    case = Walked(graph, {**CHEN, "area": None})
    case.facts = {**CHEN, "area": None}
    case.chooses("accept")  # the condition counts null as no, so it is the bureau's
    assert case.one(ef.OpenTask).unit.code == "mzj"
    lost = compile(_with_unit("= area"), {"eligibility": Table(table())})
    case = Walked(lost, {**CHEN, "area": None})
    assert case.refused(TaskCompleted(2, "accept")).code == "unit_unknown"


def _with_unit(unit):
    written = flow().model_dump(by_alias=True)
    written["states"]["approve"]["unit"] = unit
    return type(flow()).model_validate(written)


def test_events_before_the_beginning_and_twice_are_refused(graph):
    with pytest.raises(NotPossible) as found:
        advance(graph, NOT_BEGUN, Withdrawn(), {})
    assert found.value.code == "not_begun"
    assert Walked(graph).refused(Started()).code == "already_begun"


def test_the_graph_tells_what_the_case_must_know(graph):
    assert graph.supplement("intake_check").once
    assert graph.supplement("review") is None
    assert (graph.phase("visit"), graph.phase("granted")) == ("review", None)
    assert graph.all_facts == {
        "birth_date": "date",
        "today": "date",
        "local": "boolean",
        "alive": "boolean",
        "area": "string",
    }
    with pytest.raises(KeyError):
        compile(flow(), {})


def test_a_situation_survives_being_kept_as_json(graph):
    case = Walked(graph).chooses("accept").chooses("return")
    assert Situation.read(case.situation.plain()) == case.situation
    case.chooses("agree", {"amount": 5}).chooses("grant")
    assert Situation.read(case.situation.plain()) == case.situation


def test_a_case_is_not_decided_twice():
    written = flow().model_dump(by_alias=True)
    written["states"]["pay"] |= {"marks": "decided", "outcome": "granted"}
    twice = compile(type(flow()).model_validate(written), {"eligibility": Table(table())})
    assert Walked(twice).chooses("accept").refused(TaskCompleted(3, "grant")).code == "decided_twice"
