"""The measured process as a pack: a copy of a real one, with another process 测量用的流程."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from tests.benchmarks.rig.flow import form
from tests.benchmarks.rig.services import MODEL, written

CODES = {3: "flow3", 40: "flow40"}
"""The pack and its item, by how many departments review."""

PROCESS = """
key: application
title: {{zh: 测量流程, en: Measured process}}
start: check
facts: {{}}
states:
  check:
    kind: task
    title: {{zh: 核对, en: Check}}
    phase: intake
    role: {code}.clerk
    unit: item unit
    limit: {{working_days: 2}}
    actions: {{go: {{title: {{zh: 核对完毕, en: Checked}}, to: accept}}}}
  accept:
    kind: task
    title: {{zh: 受理, en: Accept}}
    phase: intake
    role: {code}.clerk
    unit: item unit
    limit: {{working_days: 5}}
    actions: {{go: {{title: {{zh: 受理, en: Accept}}, to: reviews, marks: accepted}}}}
  reviews:
    kind: joint
    title: {{zh: 并联审查, en: Reviews}}
    phase: review
    departments: {{of: '{units}'}}
    consents: [go]
    task:
      role: {code}.clerk
      limit: {{working_days: 5}}
      actions: {{go: {{title: {{zh: 同意, en: Agree}}}}, no: {{title: {{zh: 不同意, en: Object}}, reason: required}}}}
    to: gateway
  gateway:
    kind: decision
    title: {{zh: 汇总, en: Merge}}
    phase: decision
    cases: [{{when: 'reviews.outcome = "agreed"', to: decide}}]
    otherwise: refused
  decide:
    kind: decision
    title: {{zh: 判定, en: Decide}}
    phase: decision
    table: amount
    cases: [{{when: 'monthly >= 0', to: pause}}]
    otherwise: pause
  pause:
    kind: wait
    title: {{zh: 等候, en: Wait}}
    phase: decision
    audience: outside
    on: {{due: {{at: 'duration("PT0.001S")', to: granted, marks: decided, outcome: granted}}}}
  granted: {{kind: end, title: {{zh: 准予, en: Granted}}, outcome: granted}}
  refused: {{kind: end, title: {{zh: 不予, en: Refused}}, outcome: refused}}
"""


def write(folder: Path, departments: int) -> Path:
    """Write the pack for so many departments; its folder."""
    code = CODES[departments]
    written(folder / code, code, f"测量{departments}", f"Measured {departments}")
    units = "[" + ", ".join(f'"{form.unit(number)}"' for number in range(departments)) + "]"
    process = PROCESS.format(code=code, units=units)
    (folder / code / "processes/application.flow.yaml").write_text(process, encoding="utf-8")
    (folder / code / "documents").mkdir(exist_ok=True)
    for name in ("granted.yaml", "granted.typ"):
        copyfile(MODEL / "documents" / name, folder / code / "documents" / name)
    with (folder / code / f"items/{code}.yaml").open("a", encoding="utf-8") as item:
        # The decision has a paper, as the acceptance has the standard one.
        item.write("papers: {granted: granted}\n")
    return folder / code
