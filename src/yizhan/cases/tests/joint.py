"""A process in which two sub-districts act side by side, for tests: the item is the allowance's."""

PROCESS = """
key: application
title: {zh: 高龄津贴申领, en: Elderly allowance}
start: acceptance
facts: {}
states:
  acceptance:
    kind: task
    title: {zh: 街道受理, en: Acceptance}
    role: elderly_allowance.clerk
    unit: area subdistrict
    phase: intake
    limit: {working_days: 5}
    actions:
      accept: {title: {zh: 受理, en: Accept}, to: check, marks: accepted}
  check:
    kind: task
    title: {zh: 材料核对, en: Check}
    role: elderly_allowance.clerk
    unit: area subdistrict
    phase: review
    actions:
      forward: {title: {zh: 送会办, en: Forward}, to: reviews}
  reviews:
    kind: joint
    title: {zh: 街道会审, en: Joint review}
    phase: review
    departments: {of: '["440104-bj", "440104-lr"]'}
    policy: all
    consents: [agree]
    task:
      role: elderly_allowance.clerk
      limit: {working_days: 3}
      actions:
        agree: {title: {zh: 同意, en: Agree}, reason: optional, style: primary}
        object: {title: {zh: 不同意, en: Object}, reason: required}
        supplement: {title: {zh: 要求补正, en: Ask for what is missing}, kind: supplement}
    to: decision
  decision:
    kind: task
    title: {zh: 民政局审定, en: Decision}
    role: elderly_allowance.approver
    unit: item unit
    phase: decision
    actions:
      grant:
        title: {zh: 准予发放, en: Grant}
        to: granted
        marks: decided
        outcome: granted
        when: 'reviews.outcome = "agreed"'
      refuse: {title: {zh: 不予发放, en: Refuse}, to: refused, marks: decided, outcome: refused, reason: required}
  granted: {kind: end, title: {zh: 准予发放, en: Granted}, outcome: granted}
  refused: {kind: end, title: {zh: 不予发放, en: Refused}, outcome: refused}
"""
CHANGES = {
    "processes/application.flow.yaml": PROCESS,
    "items/elderly_allowance.yaml": [
        (
            "  process: application\n",
            "  process: application\n  coordinator: elderly_allowance.approver\n"
            "  reopens: elderly_allowance.approver\n",
        ),
        (
            "  suspensions:\n",
            "  suspensions:\n"
            "    - {kind: supplement, clocks: [promised, statutory]}\n"
            "    - {kind: supplement, of: task, clocks: [internal]}\n",
        ),
    ],
}
