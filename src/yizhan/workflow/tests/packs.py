"""Definitions as a pack would hold them, for tests: the old-age allowance 高龄津贴."""

from typing import Any

from yizhan.releases.plain_yaml import plain_yaml
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.tables.definition import TableDefinition

ELIGIBILITY = """
key: eligibility
title: {zh: 高龄津贴资格, en: Eligibility for the old-age allowance}
hit_policy: U
facts: {birth_date: date, today: date}
inputs:
  - name: age
    label: {zh: 周岁, en: Age}
    type: integer
    expression: years and months duration(birth_date, today).years
    values: "[0..150]"
  - {name: local, label: {zh: 本区户籍, en: Registered in the district}, type: boolean}
  - {name: alive, label: {zh: 健在, en: Alive}, type: boolean}
outputs:
  - {name: eligible, label: {zh: 符合条件, en: Eligible}, type: boolean}
  - {name: monthly, label: {zh: 每月金额（元）, en: Monthly amount}, type: number, values: "[0..1000]"}
rules:
  - {id: young, when: ["< 70", "-", true], then: [false, 0], because: {zh: 未满七十周岁, en: Under seventy}}
  - {id: elsewhere, when: [">= 70", false, true], then: [false, 0],
     because: {zh: 户籍不在本区, en: Not registered in the district}}
  - {id: seventies, when: ["[70..80)", true, true], then: [true, 30],
     because: {zh: 年满七十周岁, en: Seventy or older}}
  - {id: eighties, when: ["[80..90)", true, true], then: [true, 100],
     because: {zh: 年满八十周岁, en: Eighty or older}}
  - {id: nineties, when: [">= 90", true, true], then: [true, 200],
     because: {zh: 年满九十周岁, en: Ninety or older}}
  - {id: deceased, when: ["-", "-", false], then: [false, 0], because: {zh: 已故, en: Deceased}}
examples:
  - given: {birth_date: 1954-03-01, today: 2026-11-20, local: true, alive: true}
    expect: {eligible: true, monthly: 30}
  - given: {birth_date: 1946-11-21, today: 2026-11-20, local: true, alive: true}
    expect: {monthly: 30}
  - given: {birth_date: 1946-11-20, today: 2026-11-20, local: true, alive: true}
    expect: {monthly: 100}
  - given: {today: 2026-11-20, local: true, alive: true}
    verdict: missing
"""

ALLOWANCE = """
key: allowance
title: {zh: 高龄津贴审核, en: Old-age allowance}
start: intake_check
facts: {birth_date: date, today: date, local: boolean, alive: boolean, area: string}
states:
  intake_check:
    kind: task
    title: {zh: 受理审查, en: Intake check}
    role: allowance.clerk
    unit: area subdistrict
    phase: intake
    limit:
      working_days: 5
      kind: statutory
      basis: {law: {zh: 行政许可法, en: Administrative Licensing Law},
              article: {zh: 第三十二条, en: Article 32}}
      on_expiry: {to: eligibility, marks: accepted, title: {zh: 逾期视为受理, en: Accepted by lapse of time}}
    actions:
      accept: {title: {zh: 受理, en: Accept}, to: eligibility, marks: accepted, style: primary,
               sends: [{template: accepted, to: applicant}]}
      refuse: {title: {zh: 不予受理, en: Refuse}, to: not_accepted, marks: not_accepted, reason: required,
               style: danger}
      supplement: {kind: supplement, title: {zh: 一次性告知补正, en: Ask for supplements}, once: true}
  eligibility:
    kind: decision
    title: {zh: 资格判定, en: Eligibility}
    phase: review
    table: eligibility
    cases:
      - {when: eligible and monthly >= 200, to: visit}
      - {when: eligible, to: approve}
    otherwise: review
  visit:
    kind: wait
    title: {zh: 等候上门核实, en: Waiting for a home visit}
    phase: review
    audience: outside
    limit: {working_days: 10, kind: internal, on_expiry: {to: review}}
    answers:
      visited:
        title: {zh: 已核实, en: Visited}
        to: approve
        asks: [{key: seen, kind: choice, required: true, title: {zh: 结果, en: Result},
                choices: [{value: well, title: {zh: 健在, en: Well}},
                          {value: gone, title: {zh: 未见, en: Gone}}]}]
  review:
    kind: task
    title: {zh: 人工审查, en: Review}
    role: allowance.reviewer
    unit: item unit
    phase: review
    distinct_from: [intake_check]
    limit: {working_days: 5, kind: internal}
    actions:
      agree: {title: {zh: 同意, en: Agree}, to: approve, asks: [
        {key: amount, kind: money, required: true, title: {zh: 每月金额, en: Monthly amount}},
        {key: since, kind: date, title: {zh: 起发日期, en: First month}}]}
      back: {title: {zh: 退回, en: Send back}, to: intake_check, reason: required}
  approve:
    kind: task
    title: {zh: 审批, en: Approval}
    role: allowance.head
    unit: '= if area = "越秀" then "yx_mzk" else "mzj"'
    phase: decision
    distinct_from: [review, intake_check]
    actions:
      grant: {title: {zh: 批准, en: Grant}, to: pay, marks: decided, outcome: granted, style: primary,
              when: alive}
      reject: {title: {zh: 不予批准, en: Reject}, to: rejected, marks: decided, outcome: refused,
               reason: required, style: danger}
      return: {title: {zh: 退回审查, en: Return}, to: review, reason: optional}
  pay:
    kind: automatic
    title: {zh: 建立发放记录, en: Set up payment}
    phase: delivery
    does: start_allowance
    with: {monthly: "if review = null then eligibility.monthly else review.amount", from: review.since}
    sends: [{template: granted, to: applicant}]
    marks: delivered
    to: granted
  granted: {kind: end, title: {zh: 已批准, en: Granted}, outcome: granted}
  rejected: {kind: end, title: {zh: 未批准, en: Rejected}, outcome: refused,
             sends: [{template: rejected, to: applicant}]}
  not_accepted: {kind: end, title: {zh: 不予受理, en: Not accepted}, outcome: not_accepted}
"""


def raw(text: str) -> Any:
    """A definition as the reader of packs gives it."""
    return plain_yaml(text)[0]


def table(text: str = ELIGIBILITY, **changes: Any) -> TableDefinition:
    """A table, with some of its top keys changed."""
    return TableDefinition.model_validate({**raw(text), **changes})


def flow(text: str = ALLOWANCE, **changes: Any) -> FlowDefinition:
    """A process, with some of its top keys changed."""
    return FlowDefinition.model_validate({**raw(text), **changes})
