"""Sealed files that were damaged or misused are refused for the right reason, and genuine ones are accepted.

Authorities of both families are made in memory, by the product's own verbs, by pyHanko alone and by OpenSSL; files are
sealed, damaged, and examined by somebody who has a root certificate and nothing else. What only the registers can tell
is shown in a database made for it. The same seed flips the same bits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from yizhan.cli import frontend, packages, testing, typefaces
from yizhan.cli.apart import without_a_database
from yizhan.cli.places import CHECKOUT
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

if TYPE_CHECKING:
    from tests.proofs.rig.seal.cases import Case

REGISTERS = "registers"
help = tell(en="Forged seals are refused, genuine ones accepted", zh="印章真伪：伪造的拒绝，真实的接受")


def arguments(parser: ArgumentParser) -> None:
    """Which cases."""
    parser.add_argument(
        "--only", default="", metavar="WORDS", help=tell(en="cases with these words", zh="名称含此文字的案例")
    )


def run(options: Namespace) -> int:
    """Make, examine, compare, print, keep."""
    report, began = Report("prove-seal", seed=options.seed), time.monotonic()
    frontend.install_packages()
    typefaces.install()
    with without_a_database():
        from tests.proofs.rig.seal import making  # noqa: PLC0415 (it brings the rooms)

        with step(en="files are made and damaged", zh="制作并损坏文件"):
            cases = [one for one in making.cases(Random(options.seed)) if options.only in one.name]
        slowest = max((_tell(report, one) for one in cases), default=0.0)
    if not options.only or options.only in REGISTERS:
        _tell_registers(report)
    refused = sum(bool(one.expected) for one in cases)
    if not options.only:
        report.at_least("files that must be refused", refused, 100)
        report.at_least("files that must be accepted", len(cases) - refused, 40)
    report.at_most("slowest examination", slowest, 5, "s")
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _tell_registers(report: Report) -> None:
    """What each case was told by the registers, in a database that is made for it and gone afterwards."""
    packages.ensure("test")
    with tempfile.TemporaryDirectory(prefix="yizhan-prove-") as folder, testing.variables() as environment:
        told = Path(folder) / "cases.jsonl"
        with step(en="registers", zh="登记核验"):
            subprocess.run(
                [sys.executable, "-m", "pytest", "-q", str(CHECKOUT / "tests/proofs/rig/seal/registers.py")],
                cwd=CHECKOUT, env={**os.environ, **environment, "SEAL_CASES": str(told)}, capture_output=True, check=False,
            )  # fmt: skip
        lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    for line in map(json.loads, lines):
        report.equal(line["case"], _said(line["got"]), _said(line["wanted"]))
    report.equal("cases of the registers", len(lines), _cases_of_registers())


def _cases_of_registers() -> int:
    return (CHECKOUT / "tests/proofs/rig/seal/registers.py").read_text(encoding="utf-8").count("\ndef test_")


def _said(answers: dict[str, object]) -> str:
    """What was not answered with yes."""
    words = {False: "no", None: "not known"}
    told = [f"{name} {words.get(value, value)}" for name, value in answers.items() if value not in (True, "")]  # type: ignore[call-overload]
    return ", ".join(told) or "five times yes"


def _tell(report: Report, case: Case) -> float:
    """One line of the table; the seconds that it took to examine."""
    from yizhan.seals import examination  # noqa: PLC0415

    began = time.monotonic()
    found = examination.examine(case.content, case.trust, at=case.at)
    took = time.monotonic() - began
    got = "accepted" if found.holds else str(found.reason)
    wanted = "|".join(sorted(case.expected)) or "accepted"
    right = got in case.expected if case.expected else found.holds
    report.equal(case.name, got, got if right else wanted)
    return took
