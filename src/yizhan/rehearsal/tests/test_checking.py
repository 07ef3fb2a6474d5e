"""What a journey names must be there: each error points at file and key, and the nearest name."""

from __future__ import annotations

import pytest

from yizhan.rehearsal.tests.conftest import PEOPLE

pytestmark = pytest.mark.django_db
STEP = "steps:\n  - {after: 1 working day, by: clerk, does: accept, expect: {%s}}\n"


def faults(pack):
    return [str(fault) for fault in pack.errors]


def test_a_journey_is_no_part_of_a_release(written):
    pack = written(one="")
    assert faults(pack) == []
    assert "journey" not in pack.content()["definitions"]


def test_one_that_does_not_fit_is_an_error_but_keeps_nothing_from_being_published(written):
    pack = written(one="steps:\n  - {by: clerk, does: acept}\n")
    assert len(pack.errors) == 1
    assert pack.hindrances == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("steps:\n  - {by: clerk, does: acept}\n", "one.yaml:15 steps[0].does: 流程没有操作 acept → 是否应为 accept？"),
        ("steps:\n  - {by: clark, does: accept}\n", "steps[0].by: people 里没有 clark → 是否应为 clerk？"),
        ("steps:\n  - {by: huang, does: accept}\n", "steps[0].by: does 须由工作人员来做"),
        ("steps:\n  - {by: clerk, withdraws: true}\n", "steps[0].by: 撤回须由申请人来做"),
        ("steps:\n  - {by: clerk, sends_back: revieuw}\n", "steps[0].sends_back: 流程没有环节 revieuw → 是否应为 review？"),
        ("steps:\n  - {by: clerk, does: accept, urges: true}\n", "steps[0]: 一步只能做一件事"),
        ("steps:\n  - {by: clerk}\n", "steps[0]: 这一步没有写谁做什么"),
        ("steps:\n  - {does: accept}\n", "steps[0]: 请用 by 写明谁来做"),
        ("steps:\n  - {after: soon, by: clerk, does: accept}\n", "steps[0].after"),
        ("steps:\n  - {by: huang, supplies: {account: {bnk: x}}}\n", "supplies.account.bnk: 表单没有填写项 account.bnk"),
        (STEP % "stands: [nowhere]", "steps[0].expect.stands[0]: 流程没有环节 nowhere"),
        (STEP % "papers: [grant]", "steps[0].expect.papers[0]: 应用包没有文书 grant → 是否应为 granted？"),
        (STEP % "messages: [acepted]", "steps[0].expect.messages[0]: 应用包没有通知 acepted"),
        (STEP % "licences: [fod]", "steps[0].expect.licences[0]: 没有证照类型 fod"),
        (STEP % "facts: {person.aeg: 3}", "facts.person.aeg: 基础库没有信息项 person.aeg → 是否应为 person.age？"),
        (STEP % "terms: {montly: 3}", "terms.montly: 事项没有核定内容 montly → 是否应为 monthly？"),
        (STEP % "rows: {eligibility: [R9]}", "rows.eligibility: 决策表没有规则 R9"),
        (STEP % "stauts: closed", "steps[0].expect.stauts: 不认识的键 → 是否应为 status？"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_place(written, text, said):
    (fault,) = faults(written(one=text))
    assert said in fault


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("by: huang", "by: wong", "applies.by: people 里没有 wong"),
        ("account: {bank:", "acount: {bank:", "form.acount.bank: 表单没有填写项 acount.bank → 是否应为 account.bank？"),
        ("elderly_allowance.approver", "elderly_allowance.aprover", "people.approver.staff.role: 没有角色"),
        ("staff: {role", "stuff: {role", "people.clerk.stuff: 不认识的键 → 是否应为 staff？"),
        ("by: huang", "by: clerk", "applies: 窗口收件须用 for 写明为谁办理"),
        ("begins: 2026-11-20T09:30", "begins: soon", "begins"),
    ],
)  # fmt: skip
def test_so_are_those_of_people_and_application(written, old, new, said):
    assert old in PEOPLE
    assert said in "\n".join(faults(written(one=PEOPLE.replace(old, new))))
