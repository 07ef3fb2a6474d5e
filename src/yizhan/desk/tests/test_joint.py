"""Joint approval on the page of a case, and what is asked of colleagues beside a task."""

from __future__ import annotations

import uuid

import pytest

from yizhan.cases.tests.joint import CHANGES


@pytest.fixture
def checked(town):
    """A case that stands with the clerk who checks it."""
    town.rewrite(CHANGES)
    number = town.apply("chen")
    town.do("clerk", number, "accept")
    return number


@pytest.fixture
def reviewed(town, checked):
    """A case that stands with two departments."""
    town.do("clerk", checked, "forward")
    return checked


def sent(browser, number, what, **fields):
    return browser.post(f"/desk/cases/{number}/{what}", {"command": str(uuid.uuid4()), **fields}, follow=True)


def on_task(town, browser, number, what, task=None, **fields):
    task = task or town.task(number)
    return sent(browser, number, f"tasks/{task.id}/{what}", **fields)


def page(as_, who, number):
    return as_(who).get(f"/desk/cases/{number}").content.decode()


def test_the_page_tells_who_takes_part_and_what_each_has_said(town, reviewed, as_):
    shown = page(as_, "clerk", reviewed)
    for words in ("会办情况：街道会审", "北京街道办事处", "六榕街道办事处", "待审查", "现在要办：街道会审"):
        assert words in shown, words
    assert "增加会办单位" not in shown
    mine = town.task(reviewed, unit="440104-bj")
    on_task(town, as_("clerk"), reviewed, "complete", mine, action="object", reason="不在本辖区居住")
    shown = page(as_, "approver", reviewed)
    for words in ("已表示不同意", "不在本辖区居住", "增加会办单位", "撤出会办单位", "终止办理", "催办"):
        assert words in shown, words


def test_whoever_coordinates_adds_and_withdraws_departments(town, reviewed, as_):
    browser = as_("approver")
    wrong = sent(browser, reviewed, "departments/add", node="reviews", unit="440104-mz", joining_reason="")
    assert wrong.status_code == 422
    assert "请写明增加会办单位的理由" in wrong.content.decode()
    done = sent(browser, reviewed, "departments/add", node="reviews", unit="440104-mz", joining_reason="涉及")
    assert f"{reviewed} 已增加会办单位。" in done.content.decode()
    assert "越秀区民政局" in done.content.decode()
    done = sent(browser, reviewed, "departments/remove", node="reviews", index="1", leaving_reason="无关")
    assert "不再参与" in done.content.decode()
    for index, status in (("x", 422), ("9", 409)):
        assert (
            sent(
                browser, reviewed, "departments/remove", node="reviews", index=index, leaving_reason="无关"
            ).status_code
            == status
        )


def test_a_delegated_task_is_answered_and_comes_back(town, checked, as_):
    asked = on_task(
        town, as_("clerk"), checked, "ask-beside", kind="delegated", people="周敏", beside_words="请核实住址"
    )
    assert "正在等待周敏答复" in asked.content.decode()
    assert "（委派）" in as_("stranger").get("/desk/").content.decode()
    shown = page(as_, "stranger", checked)
    assert "请核实住址" in shown
    assert "办好，交回" in shown
    task = town.task(checked, kind="delegated")
    empty = on_task(town, as_("stranger"), checked, "answer-beside", task, beside_words="")
    assert (empty.status_code, "请填写意见" in empty.content.decode()) == (422, True)
    on_task(town, as_("stranger"), checked, "answer-beside", task, beside_words="已核实")
    shown = page(as_, "clerk", checked)
    assert "现在要办：材料核对" in shown
    assert "已核实" in shown


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ("没有此人", "没有在岗的工作人员“没有此人”，请核对姓名"),
        ("", "请选择一位同事"),
        ("何志强、周敏", "请选择一位同事"),
        ("何志强@六榕", "没有在岗的工作人员“何志强@六榕”，请核对姓名"),
    ],
)
def test_whom_nobody_knows_is_told_at_the_field_and_the_words_are_kept(town, checked, as_, people, told):
    answer = on_task(
        town, as_("clerk"), checked, "ask-beside", kind="delegated", people=people, beside_words="请核实住址"
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert told in shown
    assert "请核实住址" in shown


def test_it_is_called_off(town, checked, as_):
    browser, task = as_("clerk"), town.task(checked)
    on_task(town, browser, checked, "ask-beside", task, kind="cosign", people="周敏", beside_words="请签")
    done = on_task(town, browser, checked, "call-off", task)
    assert "已取消，由您继续办理" in done.content.decode()
    assert on_task(town, browser, checked, "ask-beside", task, kind="fly", people="周敏").status_code == 404


def test_back_to_a_step_and_taken_back(town, checked, as_):
    browser = as_("clerk")
    wrong = on_task(town, browser, checked, "send-back", back_to="decision", back_reason="不清")
    assert "请选择退回到哪个环节" in wrong.content.decode()
    on_task(town, browser, checked, "send-back", back_to="acceptance", back_reason="材料不清")
    assert town.task(checked).node == "acceptance"
    on_task(town, browser, checked, "complete", action="accept")
    assert "收回“街道受理”" in page(as_, "clerk", checked)
    assert "已收回，由您继续办理" in sent(browser, checked, "take-back").content.decode()
    assert town.task(checked).node == "acceptance"


def test_urged_tasks_say_so_in_the_list(town, checked, as_):
    done = sent(as_("approver"), checked, "urge", urging_words="请尽快")
    assert f"已催办 {checked}。" in done.content.decode()
    assert "催办1次" in as_("clerk").get("/desk/").content.decode()
    assert sent(as_("approver"), checked, "urge").status_code == 409


def test_ended_and_opened_again(town, checked, as_):
    browser = as_("approver")
    assert sent(browser, checked, "terminate", ending_reason="").status_code == 422
    assert "已终止办理" in sent(browser, checked, "terminate", ending_reason="申请人撤销").content.decode()
    shown = page(as_, "approver", checked)
    assert "重新办理" in shown
    assert sent(browser, checked, "reopen", reopen_at="x", reopening_reason="复查").status_code == 422
    assert (
        "已重新办理"
        in sent(browser, checked, "reopen", reopen_at="check", reopening_reason="复查").content.decode()
    )
    assert town.task(checked).node == "check"


@pytest.mark.parametrize("what", ["terminate", "departments/add", "reopen", "take-back"])
def test_others_may_not(town, reviewed, as_, what):
    fields = {"ending_reason": "不", "joining_reason": "不", "unit": "440104-mz", "node": "reviews"}
    answer = sent(as_("clerk"), reviewed, what, **fields)
    assert answer.status_code in {409, 422}
    assert town.case(reviewed).closed_at is None
