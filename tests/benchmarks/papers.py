"""What papers cost: pages set, seals put on, files checked, and licences from number to sealed file.

Beside WeasyPrint for the same document with the same fonts, and beside the least that one writes with pyHanko alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.benchmarks.rig import peers
from tests.benchmarks.rig.district import CLOCK, District
from tests.benchmarks.rig.papers import document
from tests.product import ROOT
from yizhan.cli import environment
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(
    en="Pages, seals, checks and licences, beside WeasyPrint and pyHanko", zh="排版、用印、验章和发证的用时"
)

_FASTER, _SEAL, _CHECK, _LARGEST = 8, 0.8, 1.5, 120_000
_WEASYPRINT = ROOT / "tests/benchmarks/rig/papers/ask_weasyprint.py"
_TIMES = {"set": 5, "seal": 10, "least-seal": 10, "check": 10, "least-check": 10}


def arguments(parser: ArgumentParser) -> None:
    """How often."""
    parser.add_argument("--rounds", type=int, default=9, help=tell(en="rounds over all", zh="测量的轮数"))
    parser.add_argument(
        "--licences",
        type=int,
        default=3000,
        help=tell(en="licences issued and sealed", zh="核发并用印的证照数"),
    )


def run(options: Namespace) -> int:
    """Measure in turns, print, keep."""
    report, began = Report("papers", seed=440104), time.monotonic()
    python = peers.environment()
    with District(services=False) as district, district.quiet():
        own = _Asked([sys.executable, "-m", "tests.benchmarks.rig.papers.ask_own"], _variables(district))
        weasy = _Asked([str(python), str(_WEASYPRINT)], {**os.environ})
        try:
            hello = own.line()
            weasy.tell(json.dumps(document.html(hello["fonts"])))
            with step(en=f"{options.rounds} rounds", zh=f"测量 {options.rounds} 轮"):
                took = _measured(own, weasy, options.rounds)
            with step(en=f"{options.licences} licences", zh=f"核发 {options.licences} 份证照"):
                many = _issued(own, options.licences, _variables(district))
        finally:
            own.close()
            weasy.close()
    _tell(report, took)
    _tell_many(report, many)
    report.info("version of WeasyPrint", peers.version("weasyprint"))
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


_Took = dict[str, list[tuple[float, Any]]]


def _measured(own: _Asked, weasy: _Asked, rounds: int) -> _Took:
    """Every work in every round; the first round warms up and is left out."""
    took: _Took = {name: [] for name in (*_TIMES, "weasyprint")}
    for number in range(rounds + 1):
        for name, times in _TIMES.items():
            seconds, answer = own.ask(f"{name} {times}")
            took[name].append((seconds / times, answer))
        seconds, pages = weasy.ask("1")
        took["weasyprint"].append((seconds, pages))
        if number == 0:
            took = {name: [] for name in took}
    return took


@dataclass(frozen=True)
class _Many:
    """Licences from a list: seconds by the wall and of processor, for the rows and for the sealed files."""

    count: int
    rows: tuple[float, float]
    files: tuple[float, float]


def _issued(own: _Asked, many: int, variables: dict[str, str]) -> _Many:
    """Issue them, then let two workers seal the files."""
    wall, cpu, count = own.ask(f"issue {many}")
    assert (count, own.ask("waiting 0")) == (many, many), "not all were issued"
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.benchmarks.rig.papers.many"]
    workers = [
        subprocess.Popen(command, env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _one in range(2)
    ]
    seconds = sum(float(worker.communicate()[0]) for worker in workers)
    sealed = time.monotonic() - began
    assert own.ask("waiting 0") == 0, "not all were sealed"
    return _Many(count, (wall, cpu), (sealed, seconds))


def _tell_many(report: Report, many: _Many) -> None:
    report.info("licences issued and sealed", many.count)
    report.info("  processor time of a licence, rows", many.rows[1] / many.count * 1000, "ms")
    report.info("  processor time of a licence, sealed file", many.files[1] / many.count * 1000, "ms")
    report.info("  licences a minute, rows", many.count / many.rows[0] * 60)
    report.info("  licences a minute, files by two workers", many.count / many.files[0] * 60)
    report.info("  licences a minute, all in all", many.count / (many.rows[0] + many.files[0]) * 60)


def _tell(report: Report, took: _Took) -> None:
    own, other = took["set"], took["weasyprint"]
    pages, others = own[-1][1], other[-1][1]
    faster = median((a / others) / (b / pages) for (b, _), (a, _) in zip(own, other, strict=True))
    report.at_least("pages a second", faster, _FASTER, "x WeasyPrint")
    report.info("  pages of the document here", pages)
    report.info("  and by WeasyPrint", others)
    report.info("  a page", _milliseconds(own) / pages, "ms")
    report.info("  a page by WeasyPrint", _milliseconds(other) / others, "ms")
    for name, least, limit in (("seal", "least-seal", _SEAL), ("check", "least-check", _CHECK)):
        ratio = median(a / b for (a, _), (b, _) in zip(took[name], took[least], strict=True))
        report.at_most(f"a {name}", ratio, limit, "x pyHanko alone")
        report.info("  of it", _milliseconds(took[name]), "ms")
    report.at_most("a page with its seal", took["seal"][-1][1], _LARGEST, "bytes")
    report.equal("what was sealed holds", took["check"][-1][1] and took["least-check"][-1][1], True)


def _milliseconds(values: list[tuple[float, Any]]) -> float:
    return median(seconds for seconds, _answer in values) * 1000


def _variables(district: District) -> dict[str, str]:
    found = {**district.product.env, **environment.clock(CLOCK), "YIZHAN_DEMO": "1"}
    return {**found, "PYTHONPATH": f"{found['PYTHONPATH']}{os.pathsep}{ROOT}"}


class _Asked:
    """A process that answers lines with lines of JSON."""

    def __init__(self, command: list[str], variables: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            command, env=variables, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def line(self) -> Any:
        assert self._process.stdout is not None
        found = self._process.stdout.readline()
        assert found, f"{self._process.args} ended"
        return json.loads(found)

    def ask(self, line: str) -> Any:
        self.tell(line)
        return self.line()

    def close(self) -> None:
        self._process.communicate()
