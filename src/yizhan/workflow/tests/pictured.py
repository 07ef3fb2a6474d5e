"""Processes as large as those of offices, to be drawn: a restaurant, a subsistence allowance, a wild one."""

from __future__ import annotations

from yizhan.releases.words import Text
from yizhan.workflow import Graph, Table, compile
from yizhan.workflow.bpmn.vocabulary import GATEWAYS
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.tests.packs import flow, table

DEPARTMENTS = """
key: departments
title: {zh: 会办单位, en: Departments}
hit_policy: C
facts: {smoke: boolean}
inputs:
  - {name: smoke, label: {zh: 有油烟, en: Fumes}, type: boolean}
outputs: [{name: departments, label: {zh: 单位, en: Unit}, type: string}]
rules:
  - {id: food, when: ["-"], then: ['"scjg"'], because: {zh: 食品经营须审查, en: Food}}
  - {id: fumes, when: [true], then: ['"sthj"'], because: {zh: 油烟须审查, en: Fumes}}
"""

RESTAURANT = """
key: restaurant
title: {zh: 开办餐饮店, en: Open a restaurant}
start: accept
facts: {smoke: boolean}
states:
  accept:
    kind: task
    title: {zh: 综合窗口受理, en: Acceptance at the window}
    phase: intake
    role: catering.clerk
    limit: {working_days: 5, on_expiry: {to: reviews, title: {zh: 逾期视为受理, en: Accepted by lapse of time},
                                         marks: accepted}}
    actions:
      accept: {title: {zh: 受理, en: Accept}, to: reviews, marks: accepted}
      refuse: {title: {zh: 不予受理, en: Refuse}, to: not_accepted, marks: not_accepted}
  reviews:
    kind: joint
    title: {zh: 六部门并联审查, en: Joint review by six departments}
    phase: review
    departments: {table: departments}
    consents: [agreed]
    start: sort
    on:
      urge: {after: {working_days: 3}, interrupts: false, sends: [{template: urge}]}
      changed: {message: plan_changed, title: {zh: 申请人变更方案, en: Applicant changes the plan}, to: accept}
    states:
      sort:
        kind: decision
        title: {zh: 是否须现场核查, en: "Is a visit needed?"}
        phase: review
        cases: [{when: 'department = "xfjy"', to: inspection, title: {zh: 消防, en: Fire safety}}]
        otherwise: opinion
      inspection:
        kind: subflow
        title: {zh: 消防安全现场检查, en: Fire safety inspection on site}
        phase: review
        start: appoint
        states:
          appoint:
            kind: task
            title: {zh: 约定检查时间, en: Fix a date}
            phase: review
            role: catering.reviewer
            actions: {fixed: {title: {zh: 已约定, en: Fixed}, to: visit}}
          visit:
            kind: task
            title: {zh: 现场检查, en: Visit}
            phase: review
            role: catering.reviewer
            actions:
              fit: {title: {zh: 合格, en: Fit}, to: fit}
              repair: {title: {zh: 限期整改, en: Repair first}, to: repair}
          repair:
            kind: wait
            title: {zh: 等候申请人整改, en: Waiting for repairs}
            phase: review
            limit: {working_days: 10, on_expiry: {to: unfit}}
            answers: {repaired: {title: {zh: 整改完毕, en: Repaired}, to: visit}}
          fit: {kind: end, title: {zh: 检查合格, en: Fit}, outcome: fit}
          unfit: {kind: end, title: {zh: 未按期整改, en: Not repaired}, outcome: unfit, ends: error}
        on: {unfit: {error: unfit, title: {zh: 检查不合格, en: Unfit}, to: refused_one}}
        to: opinion
      opinion:
        kind: task
        title: {zh: 出具审查意见, en: Opinion}
        phase: review
        role: catering.reviewer
        actions:
          agree: {title: {zh: 同意, en: Agree}, to: agreed_one}
          object: {title: {zh: 不同意, en: Object}, to: refused_one}
      agreed_one: {kind: end, title: {zh: 同意, en: Agreed}, outcome: agreed}
      refused_one: {kind: end, title: {zh: 不同意, en: Objected}, outcome: objected}
    to: merge
  merge:
    kind: decision
    title: {zh: 汇总意见, en: Merge}
    phase: decision
    cases: [{when: 'reviews.outcome = "agreed"', to: decide, title: {zh: 全部同意, en: All agree}}]
    otherwise: discuss
  discuss:
    kind: task
    title: {zh: 牵头单位会商, en: Talks led by the lead department}
    phase: decision
    role: catering.head
    actions:
      again: {title: {zh: 补充审查, en: Review again}, to: reviews}
      go: {title: {zh: 形成一致意见, en: Agreed at last}, to: decide}
      no: {title: {zh: 意见不成立, en: No agreement}, to: refused, marks: decided, outcome: refused}
  decide:
    kind: task
    title: {zh: 审批决定, en: Decision}
    phase: decision
    role: catering.head
    actions:
      grant: {title: {zh: 准予, en: Grant}, to: licence, marks: decided, outcome: granted}
      refuse: {title: {zh: 不予, en: Refuse}, to: refused, marks: decided, outcome: refused}
  licence:
    kind: automatic
    title: {zh: 制作许可证并送达, en: Make and deliver the licence}
    phase: delivery
    does: record_licence
    to: granted
  granted: {kind: end, title: {zh: 准予许可, en: Granted}, outcome: granted}
  refused: {kind: end, title: {zh: 不予许可, en: Refused}, outcome: refused}
  not_accepted: {kind: end, title: {zh: 不予受理, en: Not accepted}, outcome: not_accepted}
"""

SUBSISTENCE = """
key: subsistence
title: {zh: 最低生活保障审核确认, en: Subsistence allowance}
start: accept
facts: {income: number}
states:
  accept:
    kind: task
    title: {zh: 街道受理, en: Acceptance at the sub-district}
    phase: intake
    role: dibao.clerk
    actions:
      accept: {title: {zh: 受理, en: Accept}, to: checks, marks: accepted}
      refuse: {title: {zh: 不予受理, en: Refuse}, to: not_accepted, marks: not_accepted}
  checks:
    kind: parallel
    title: {zh: 调查核实, en: Checks}
    phase: review
    on:
      late:
        after: {working_days: 10}
        interrupts: false
        title: {zh: 满 10 个工作日提醒街道, en: Reminder after ten working days}
        sends: [{template: urge}]
    branches:
      household:
        title: {zh: 家庭成员核对, en: Household members}
        start: members
        states:
          members: {kind: automatic, title: {zh: 比对户籍与婚姻登记, en: Compare with the registers}, phase: review,
                    does: compare, to: match}
          match:
            kind: decision
            title: {zh: 是否一致, en: "Do they agree?"}
            phase: review
            cases: [{when: income > 0, to: household_done, title: {zh: 一致, en: Yes}}]
            otherwise: clear
          clear: {kind: task, title: {zh: 查清差异, en: Clear the difference}, phase: review, role: dibao.clerk,
                  actions: {done: {title: {zh: 已查清, en: Cleared}, to: household_done}}}
          household_done: {kind: end, title: {zh: 核对完毕, en: Done}, outcome: done}
      visit:
        title: {zh: 入户调查, en: Home visit}
        start: home
        states:
          home: {kind: task, title: {zh: 两名工作人员入户调查, en: Two officials visit the home}, phase: review,
                 role: dibao.clerk, actions: {done: {title: {zh: 填写调查表, en: Fill in the report}, to: visit_done},
                           nobody: {title: {zh: 家中无人, en: Nobody at home}, to: home}}}
          visit_done: {kind: end, title: {zh: 调查完毕, en: Done}, outcome: done}
      economy:
        title: {zh: 家庭经济状况核对, en: Income and property}
        start: query
        states:
          query: {kind: automatic, title: {zh: 向核对机构发函, en: Ask the checking office}, phase: review,
                  does: ask, to: report}
          report: {kind: wait, title: {zh: 等候核对报告, en: Waiting for the report}, phase: review,
                   audience: outside, answers: {arrived: {title: {zh: 收到报告, en: Report arrived}, to: economy_done}}}
          economy_done: {kind: end, title: {zh: 核对完毕, en: Done}, outcome: done}
    to: review
  review:
    kind: task
    title: {zh: 街道审核, en: Review by the sub-district}
    phase: review
    role: dibao.reviewer
    actions:
      agree: {title: {zh: 拟同意, en: Propose to grant}, to: notice}
      refuse: {title: {zh: 拟不同意, en: Propose to refuse}, to: confirm}
      back: {title: {zh: 退回重新调查, en: Check again}, to: checks}
  notice:
    kind: wait
    title: {zh: 社区公示七日, en: Public notice for seven days}
    phase: review
    audience: outside
    limit: {natural_days: 7, on_expiry: {to: confirm, title: {zh: 公示期满无异议, en: No objection}}}
    on: {objection: {message: objection, title: {zh: 收到异议, en: Objection}, to: hearing}}
  hearing:
    kind: task
    title: {zh: 民主评议, en: Hearing in the community}
    phase: review
    role: dibao.reviewer
    actions:
      stands: {title: {zh: 异议不成立, en: Objection unfounded}, to: confirm}
      right: {title: {zh: 异议成立, en: Objection upheld}, to: review}
  confirm:
    kind: task
    title: {zh: 区民政局确认, en: Confirmation by the civil affairs bureau}
    phase: decision
    role: dibao.head
    actions:
      grant: {title: {zh: 确认, en: Confirm}, to: granted, marks: decided, outcome: granted}
      refuse: {title: {zh: 不予确认, en: Refuse}, to: refused, marks: decided, outcome: refused}
  granted: {kind: end, title: {zh: 纳入保障, en: Granted}, outcome: granted}
  refused: {kind: end, title: {zh: 不予保障, en: Refused}, outcome: refused}
  not_accepted: {kind: end, title: {zh: 不予受理, en: Not accepted}, outcome: not_accepted}
"""


def restaurant() -> Graph:
    """Six departments at once, each with its own steps; one inspects on site."""
    return compile(flow(RESTAURANT), {"departments": Table(table(DEPARTMENTS))})


def subsistence() -> Graph:
    """Three branches, a review, a public notice, a confirmation."""
    return compile(flow(SUBSISTENCE), {})


def wild(size: int = 60) -> Graph:
    """As another notation may give it: gateways, events, several starts and ends, loops without structure."""
    nodes: dict[str, n.AnyNode] = {
        "start": n.Start("start", _text("网上提交", "Handed in online")),
        "letter": n.Start("letter", _text("来函转办", "Sent by letter"), message="letter"),
    }
    arrows = [g.Arrow("start", "t0"), g.Arrow("letter", "t1")]
    for number in range(size - 6):
        key = f"t{number}"
        nodes[key] = _one(key, number)
        onward = [number + 1, number + 2 + number * 7 % 5] if number % 4 in {0, 1} else [number + 1]
        onward += [number // 3] if number % 11 == 7 else []
        for way, other in enumerate(onward):
            target = f"t{other}" if other < size - 6 else ("done", "stopped", "failed")[(number + way) % 3]
            title = _text(f"情形{way + 1}", f"Way {way + 1}") if len(onward) > 1 and number % 2 else None
            via = g.Via.CASE if isinstance(nodes[key], n.Decide) else g.Via.FLOW
            arrows.append(g.Arrow(key, target, via, str(way), title))
    nodes["t9"] = n.Wait("t9", _text("等候回函", "Waiting for a letter"), "review", "outside", None, (), {}, boundaries={
        "late": n.Boundary("late", "timer", None, n.Delay(n.Limit(3, "working_days")), interrupts=False),
        "fault": n.Boundary("fault", "error", _text("回函有误", "Letter is wrong")),
    })  # fmt: skip
    arrows += [g.Arrow("t9", "t12", g.Via.BOUNDARY, "late"), g.Arrow("t9", "t20", g.Via.BOUNDARY, "fault")]
    nodes["done"] = n.End("done", _text("办结", "Done"), "done")
    nodes["stopped"] = n.End("stopped", _text("终止", "Stopped"), "stopped", kind="all")
    nodes["failed"] = n.End("failed", _text("出错", "Failed"), "failed", kind="error", error="failed")
    return g.Graph("wild", _text("导入的流程", "Imported process"), nodes, tuple(arrows), {}, {}, "never")


def _one(key: str, number: int) -> n.AnyNode:
    text = _text(f"第{number}环节", f"Step {number}")
    if number % 4 == 0:
        kinds: tuple[n.AnyNode, ...] = (
            n.Gateway(key, GATEWAYS["parallelGateway"], "parallel"),
            n.Decide(key, _text(f"判断{number}", f"Question {number}"), "review", None),
            n.Gateway(key, _text(f"会合{number}", f"Meeting {number}"), "inclusive"),
        )
        return kinds[number // 4 % 3]
    if number % 7 == 3:
        return n.Automatic(key, text, "review", does="ask" if number % 2 else None)
    unit = n.UnitSource(n.UnitRule.ITEM_UNIT)
    return n.Task(key, text, "review", "p.clerk", unit, None, (), None, {}, None)


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)
