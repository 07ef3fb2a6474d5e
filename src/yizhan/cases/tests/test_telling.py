"""Officials are told: of a time that passed, of a card, of a step; by role and unit, and nobody else."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.cases.models import Event, Task
from yizhan.identity import scope
from yizhan.notices import inbox
from yizhan.notices.models import Message

FLOW, ITEM = "processes/application.flow.yaml", "items/elderly_allowance.yaml"
LATE = """messages:
  waits:
    channels: [app]
    parameters:
      - {key: number, meaning: {zh: 受理编号, en: case number}}
      - {key: name, meaning: {zh: 申请人, en: applicant}}
      - {key: state, meaning: {zh: 环节, en: state}}
      - {key: unit, meaning: {zh: 单位, en: unit}}
    title: {zh: "{unit}：{state}仍未办理", en: "{unit}: {state} still waits"}
    text: {zh: "{name}的申请 {number} 两个工作日未办。", en: "Application {number} of {name} has waited two days."}
  card:
    channels: [app]
    parameters:
      - {key: number, meaning: {zh: 受理编号, en: case number}}
      - {key: card, meaning: {zh: 牌, en: card}}
      - {key: due, meaning: {zh: 截止日, en: last day}}
    title: {zh: "{number} 已亮{card}", en: "{number}: {card}"}
    text: {zh: "期限 {due}，请督促。", en: "The limit ended on {due}."}
"""


def pack(town, *, sends="", cards=""):
    """The allowance, with what is to be told."""
    changes = {"messages.yaml": [("messages:\n", LATE)]}
    if sends:
        event = f"on: {{waiting: {{after: {{working_days: 2}}, interrupts: false, sends: [{sends}]}}}}"
        changes[FLOW] = [("    limit: {working_days: 4}\n", f"    limit: {{working_days: 4}}\n    {event}\n")]
    if cards:
        changes[ITEM] = [("  promised:\n", f"  cards: [{cards}]\n  promised:\n")]
    town.rewrite(changes)


def at_review(town):
    """A case accepted on 20 November, whose review may last four working days."""
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    return number


@pytest.mark.parametrize("reason", ["", "材料齐全"])
def test_an_applicant_is_told_the_reason_or_that_none_was_added(town, reason):
    parameter = "      - {key: item, meaning: {zh: 事项, en: item}, longest: 12}\n"
    wanted = [(parameter, parameter + "      - {key: reason, meaning: {zh: 理由, en: reason}}\n"),
              ("您的申请 {number} 已受理，", "您的申请 {number} 已受理（{reason}），"),
              ("{number} has been accepted and", "{number} has been accepted ({reason}) and")]  # fmt: skip
    town.rewrite({"messages.yaml": wanted})
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept", reason=reason)
    with scope.service():
        text = Message.objects.get(template="accepted").text
    assert f"已受理（{reason or '未另附理由'}）" in text


def told():
    with scope.service():
        return list(Message.objects.filter(link_name__in=["desk:case", ""]).order_by("template", "account"))


def accounts(town, *names):
    return sorted(town.people[name].pk for name in names)


def test_a_task_that_waits_is_told_to_the_role_of_its_unit_and_to_another_units(town):
    pack(town, sends="{template: waits, to: elderly_allowance.clerk}, "
         "{template: waits, to: elderly_allowance.approver, unit: item unit}")  # fmt: skip
    number = at_review(town)
    with clock.standing_at("2026-11-23T10:00"):
        town.work()
        assert told() == []
    with clock.standing_at("2026-11-26T10:00"):
        town.work()
        town.work()
    # those of the task's own sub-district, and the bureau's head; not the clerk of the other sub-district
    assert [one.account for one in told()] == accounts(town, "clerk", "colleague", "approver")
    assert {one.title for one in told()} == {"北京街道办事处：街道初审仍未办理"}
    one = told()[0]
    assert one.text == f"陈＊堃的申请 {number} 两个工作日未办。"
    assert one.url == f"/desk/cases/{number}"
    with scope.service():
        assert Task.objects.filter(number=number, state="open").count() == 1
    with town.acting("approver") as actor:
        assert inbox.unread_count(actor.account_id) == 1
    assert town.intact(number)


def test_a_card_is_told_to_whom_the_item_names(town):
    pack(town, cards="{template: card, to: elderly_allowance.approver, unit: item unit, colours: [yellow, red], "
         "clocks: [internal]}")  # fmt: skip
    number = at_review(town)
    with clock.standing_at("2026-12-09T10:00"):
        town.work()
        town.work()
    found = [(one.title, one.text, one.account) for one in told()]
    (head,) = accounts(town, "approver")
    assert sorted(found) == [
        (f"{number} 已亮红牌", "期限 2026年11月26日，请督促。", head),
        (f"{number} 已亮黄牌", "期限 2026年11月26日，请督促。", head),
    ]


def test_where_nobody_holds_the_role_the_event_says_so_and_the_case_goes_on(town):
    pack(town, sends="{template: waits, to: elderly_allowance.approver}")  # in the sub-district nobody has it
    number = at_review(town)
    with clock.standing_at("2026-11-26T10:00"):
        town.work()
    assert told() == []
    with scope.service():
        assert Event.objects.filter(
            case__number=number, delta__nobody_to_tell="elderly_allowance.approver"
        ).exists()
    assert town.intact(number)


@pytest.mark.parametrize(
    ("sends", "cards", "words"),
    [
        ("{template: waits, unit: item unit}", "", "on.waiting.sends[0].unit: 只有发给角色的通知才写单位"),
        ("{template: waits, to: elderly_allowance.head}", "", "sends[0].to: 没有角色 elderly_allowance.head"),
        ("{template: waits, to: elderly_allowance.clerk, unit: 440104-mx}", "", "sends[0].unit: 本区没有单位 440104-mx"),
        ("{template: card, to: elderly_allowance.clerk}", "", "messages.card.parameters[1].key: 办件不能给出 card"),
        ("", "{template: crad, to: elderly_allowance.clerk}", "limits.cards[0].template: 没有通知或文书模板 crad"),
        ("", "{template: card, to: elderly_allowance.clark}", "limits.cards[0].to: 没有角色 elderly_allowance.clark"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_said_at_its_place(town, sends, cards, words, monkeypatch):
    found = []
    monkeypatch.setattr("yizhan.cases.tests.conftest.publish", lambda pack, by: found.extend(pack.faults))
    pack(town, sends=sends, cards=cards)
    assert any(words in str(fault) for fault in found), [str(one) for one in found]
