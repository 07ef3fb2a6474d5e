"""The service under load: a fresh pack with a process of everything a step can bring about 负载用的应用包.

Acceptance with supplement or refusal, three departments side by side, a time that must pass, a decision with its paper.
"""

from __future__ import annotations

from pathlib import Path

CODE = "crash_proof"
DEPARTMENTS = ("440104-czj", "440104-sfj", "440104-rsj")
UNIT = "440104-mz"

PROCESS = """
key: application
title: {zh: 示例事项, en: Example}
start: acceptance
withdrawal: before_decision
states:
  acceptance:
    kind: task
    title: {zh: 受理, en: Acceptance}
    role: crash_proof.clerk
    unit: item unit
    phase: intake
    limit: {working_days: 5}
    actions:
      accept: {title: {zh: 受理, en: Accept}, to: reviews, marks: accepted, style: primary, sends: [{template: accepted}]}
      supplement: {title: {zh: 要求补正, en: Ask for what is missing}, kind: supplement}
      decline: {title: {zh: 不予受理, en: Do not accept}, to: not_accepted, marks: not_accepted, reason: required}
  reviews:
    kind: joint
    title: {zh: 并联审查, en: Reviews}
    phase: review
    departments: {of: '%s'}
    consents: [agree]
    task:
      role: crash_proof.clerk
      limit: {working_days: 3}
      actions:
        agree: {title: {zh: 同意, en: Agree}, reason: optional}
        object: {title: {zh: 不同意, en: Object}, reason: required}
    to: publicity
  publicity:
    kind: wait
    title: {zh: 公示, en: Publicity}
    phase: review
    audience: outside
    on: {over: {at: 'duration("PT3S")', to: decision}}
  decision:
    kind: task
    title: {zh: 审定, en: Decision}
    role: crash_proof.approver
    unit: item unit
    phase: decision
    limit: {working_days: 5}
    actions:
      grant: {title: {zh: 批准, en: Grant}, to: granted, marks: decided, outcome: granted, reason: optional}
      refuse: {title: {zh: 不予批准, en: Refuse}, to: refused, marks: decided, outcome: refused, reason: required}
  granted: {kind: end, title: {zh: 已批准, en: Granted}, outcome: granted}
  refused: {kind: end, title: {zh: 未批准, en: Refused}, outcome: refused}
  not_accepted: {kind: end, title: {zh: 不予受理, en: Not accepted}, outcome: not_accepted}
"""


def written(root: Path) -> Path:
    """Write the pack below a folder, as somebody who begins one would; where it is."""
    from yizhan.cli import scaffold  # noqa: PLC0415 (it brings the rooms)

    folder = scaffold.new(root, CODE, title="示例事项", title_en="Example", unit=UNIT)
    units = "[" + ", ".join(f'"{unit}"' for unit in DEPARTMENTS) + "]"
    (folder / "processes/application.flow.yaml").write_text(PROCESS % units, encoding="utf-8")
    (folder / "decisions/route.table.yaml").unlink()
    return folder
