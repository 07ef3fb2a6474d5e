"""A wrong process is told all its faults at once, each at its place, before a case depends on it."""

import pytest
from pydantic import ValidationError

from yizhan.workflow.processes.checking import problems
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.tests.packs import ALLOWANCE, flow, raw, table

NAMES = {
    "role": {"allowance.clerk", "allowance.reviewer", "allowance.head"},
    "template": {"accepted", "granted", "rejected"},
    "work": {"start_allowance"},
    "form": {"visit_report"},
}


def told(change=lambda written: None, *, names=NAMES, tables=None):
    written = raw(ALLOWANCE)
    change(written)
    found = problems(
        FlowDefinition.model_validate(written), {"eligibility": table()} if tables is None else tables, names
    )
    return {(p.path, p.message): p.suggestion for p in found if p.weight == "error"}


def put(path, value):
    """A change of one place of the process."""

    def change(written):
        *steps, last = path.split(".")
        here = written
        for step in steps:
            here = here[step]
        here[last] = value

    return change


def test_the_process_of_these_tests_is_in_order():
    assert told() == {}
    assert [p.message for p in problems(flow(), {"eligibility": table()}, NAMES)] == [
        "法律依据待核实：行政许可法"
    ]


TASK = "states.review"


@pytest.mark.parametrize(
    ("path", "value", "at", "message", "suggestion"),
    [
        ("start", "intake", "start", "没有环节 intake", "是否应为 intake_check？"),
        ("states.pay.to", "grant", "states.pay.to", "没有环节 grant", "是否应为 granted？"),
        (f"{TASK}.actions.agree.to", "aprove", f"{TASK}.actions.agree.to",
         "没有环节 aprove", "是否应为 approve？"),
        (f"{TASK}.actions.agree.to", None, f"{TASK}.actions.agree", "缺少 to：操作之后去哪个环节", ""),
        ("states.eligibility.otherwise", None, "states.eligibility",
         "缺少 otherwise：条件都不成立、或决策表没有结论时去哪里", "通常转给人工环节"),
        ("states.eligibility.table", "eligible", "states.eligibility.table",
         "没有决策表 eligible", "是否应为 eligibility？"),
        ("states.eligibility.cases", [{"when": "eligble", "to": "approve"}],
         "states.eligibility.cases[0].when",
         "没有名为 eligble 的事实", "是否应为 eligible？"),
        ("states.eligibility.cases", [{"when": "eligible and", "to": "approve"}],
         "states.eligibility.cases[0].when",
         "表达式未写完", "eligible and\n            ^"),
        ("states.pay.with", {"monthly": "review.amout"}, "states.pay.with.monthly",
         "环节 review 没有留下 amout",
         "是否应为 amount？"),
        ("states.pay.does", "start_alowance", "states.pay.does", "没有自动办理事项 start_alowance",
         "是否应为 start_allowance？"),
        ("states.pay.does", None, "states.pay.with", "没有 does，with 无处可用", ""),
        ("states.pay.sends", [{"template": "grante"}], "states.pay.sends[0].template",
         "没有通知或文书模板 grante",
         "是否应为 granted？"),
        ("states.pay.sends", [{"template": "granted", "to": "allowance.boss"}],
         "states.pay.sends[0].to",
         "没有角色 allowance.boss", None),
        (f"{TASK}.role", "allowance.reviwer", f"{TASK}.role",
         "没有角色 allowance.reviwer", "是否应为 allowance.reviewer？"),
        (f"{TASK}.form", "visit_reprt", f"{TASK}.form", "没有表单 visit_reprt", "是否应为 visit_report？"),
        (f"{TASK}.unit", "= areaa", f"{TASK}.unit", "没有名为 areaa 的事实", "是否应为 area？"),
        (f"{TASK}.distinct_from", ["review"], f"{TASK}.distinct_from[0]", "环节不能与自己职责分离", ""),
        (f"{TASK}.distinct_from", ["pay"], f"{TASK}.distinct_from[0]", "没有人工环节 pay", None),
        (f"{TASK}.limit", {}, f"{TASK}.limit",
         "时限须且只须写一种：working_days、natural_days、duty_hours 或 natural_hours", ""),
        (f"{TASK}.limit", {"working_days": 3,
         "kind": "statutory"}, f"{TASK}.limit.basis", "法定时限须写明依据（basis）", ""),
        ("states.approve.actions.grant.outcome", None, "states.approve.actions.grant.outcome",
         "作出决定时须写明结果（outcome）", ""),
        ("states.approve.actions.grant.marks", None, "states.approve.actions.grant.outcome",
         "只有作出决定（marks: decided）时才有结果", "marks: decided"),
        ("states.approve.actions.grant.to", "review", "states.approve.actions.grant.marks",
         "作出决定之后又会走到能再次作出决定的环节：approve", ""),
        ("states.approve.actions.grant.when", "alive ＝ true", "states.approve.actions.grant.when",
         "“＝”是全角符号，请改用半角 =", None),
        ("states.intake_check.actions.supplement.to", "review",
         "states.intake_check.actions.supplement.to",
         "补正是对全案的命令，不能有 to", ""),
        ("facts.review", "string", "facts.review", "review 已是环节的名称", ""),
        ("facts.in", "string", "facts.in", "in 是表达式的保留字，请换一个名称", ""),
        ("facts.local", "string", "facts.local",
         "事实 local 在流程中是文本，在决策表 eligibility 中是是或否", ""),
        ("facts.eligible", "boolean", "states.eligibility.table",
         "决策表的结果 eligible 与事实或环节同名", ""),
        ("states.start", {"kind": "end", "title": {"zh": "始", "en": "s"},
         "outcome": "x"}, "states.start",
         "start 是保留的环节名，请换一个", ""),
        ("states.island", {"kind": "end", "title": {"zh": "岛", "en": "i"},
         "outcome": "x"}, "states.island",
         "没有任何环节通向 island", ""),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_place(path, value, at, message, suggestion):
    found = told(put(path, value))
    assert (at, message) in found
    if suggestion is not None:
        assert found[at, message] == suggestion


def test_words_for_a_closed_action_need_its_condition():
    change = put("states.approve.actions.reject.closed", {"zh": "不予", "en": "no"})
    with pytest.raises(ValidationError, match="没有条件（when），请删去 closed"):
        told(change)


def test_a_state_from_which_no_end_is_reached():
    def change(written):
        written["states"]["review"]["actions"] = {
            "stay": {"title": {"zh": "等", "en": "stay"}, "to": "review"},
        }
        del written["states"]["pay"]["with"]

    assert told(change) == {("states.review", "从 review 走不到办结"): ""}


def test_a_process_without_an_end():
    def change(written):
        for name in ("granted", "rejected", "not_accepted"):
            del written["states"][name]

    found = told(change)
    assert ("states", "没有办结环节（kind: end）") in found
    assert ("states.pay.to", "没有环节 granted") in found


def test_a_circle_in_which_nobody_acts():
    def change(written):
        written["states"]["pay"]["to"] = "loop"
        written["states"]["loop"] = {
            "kind": "decision",
            "title": {"zh": "圈", "en": "loop"},
            "phase": "delivery",
            "cases": [{"when": "alive", "to": "granted"}],
            "otherwise": "pay",
        }

    assert told(change) == {
        ("states.pay", "pay 在没有人工的循环里，办件永远停不下来"): "",
        ("states.loop", "loop 在没有人工的循环里，办件永远停不下来"): "",
    }


@pytest.mark.parametrize(
    ("asks", "path", "message"),
    [
        ([{"key": "x", "kind": "choice"}], "asks[0].choices", "选择题须有选项，其他类型不能有选项"),
        ([{"key": "x"}, {"key": "x"}], "asks[1].key", "x 出现两次"),
        ([{"key": "action"}], "asks[0].key", "action 是保留名称，请换一个"),
        ([{"key": "if"}], "asks[0].key", "if 是表达式的保留字，请换一个名称"),
    ],
)
def test_what_is_asked_with_an_action_is_checked(asks, path, message):
    titled = [{**ask, "title": {"zh": "甲", "en": "a"}} for ask in asks]
    found = told(put("states.review.actions.back.asks", titled))
    assert (f"states.review.actions.back.{path}", message) in found


def test_names_that_nobody_announced_are_not_checked():
    assert told(put("states.review.role", "allowance.nobody"), names={}) == {}


def test_two_supplements_in_one_state():
    extra = {"kind": "supplement", "title": {"zh": "又补", "en": "more"}}
    assert told(put("states.intake_check.actions.again", extra)) == {
        ("states.intake_check.actions", "一个环节只能有一项补正操作"): ""
    }


ENDLESS = "count(for a in 1..1000, b in 1..1000, c in 1..1000 return a) > 1"


def test_a_condition_that_never_comes_to_an_end_is_told_before_a_case_asks_it():
    found = told(put("states.eligibility.cases", [{"when": ENDLESS, "to": "approve"}]))
    assert any(path == "states.eligibility.cases[0].when" and "步数" in message for path, message in found)


@pytest.mark.parametrize(
    ("event", "is_hasty"),
    [
        ({"at": 'date and time("2020-01-01T00:00:00")'}, True),
        ({"at": 'duration("PT0S")'}, True),
        ({"at": "review.day"}, True),
        ({"after": {"natural_hours": 0}}, True),
        ({"at": 'duration("PT1H")'}, False),
        ({"at": 'duration("P1M")'}, False),
        ({"after": {"natural_hours": 1}}, False),
        ({"after": {"natural_days": 0}}, False),  # until midnight
    ],
)
def test_a_time_that_may_be_over_must_not_lead_back_to_where_it_is_set(event, is_hasty):
    def change(written):
        asks = [{"key": "day", "kind": "date", "title": {"zh": "日期", "en": "Day"}}]
        written["states"]["review"]["actions"]["agree"]["asks"] = asks
        written["states"]["review"]["on"] = {"again": {**event, "to": "review"}}

    found = [path for path, message in told(change) if "时间一到又回到 review" in message]
    assert found == (["states.review.on.again"] if is_hasty else [])


def test_nor_through_states_where_nobody_acts():
    def change(written):
        written["states"]["review"]["limit"] = {
            "natural_hours": 0,
            "on_expiry": {"to": "round"},
        }
        written["states"]["round"] = {
            "kind": "automatic",
            "title": {"zh": "再来", "en": "Again"},
            "phase": "review",
            "to": "review",
        }

    assert [path for path, message in told(change) if "时间一到" in message] == [
        "states.review.limit.on_expiry"
    ]
