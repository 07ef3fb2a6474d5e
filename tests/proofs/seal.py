"""Sealed files that were damaged or misused are refused for the right reason, and genuine ones are accepted.

Authorities of both families are made in memory, by the product's own verbs, by pyHanko alone and by OpenSSL; files are
sealed, damaged, and examined by somebody who has a root certificate and nothing else. What only the registers can tell
is shown in a database made for it. The same seed flips the same bits.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from random import Random
from typing import TYPE_CHECKING

from yizhan.cli import frontend, typefaces
from yizhan.cli.apart import without_a_database
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

if TYPE_CHECKING:
    from tests.proofs.rig.seal.cases import Case

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
        slowest = max(_tell(report, one) for one in cases)
    refused = sum(bool(one.expected) for one in cases)
    if not options.only:
        report.at_least("files that must be refused", refused, 100)
        report.at_least("files that must be accepted", len(cases) - refused, 40)
    report.at_most("slowest examination", slowest, 5, "s")
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


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
