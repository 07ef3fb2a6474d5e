"""What moving a case costs: whole cases beside a hand-written state table, and how it grows with departments."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from statistics import median

from tests.benchmarks.rig.district import District
from tests.benchmarks.rig.flow.engines import Engine
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(en="Whole cases beside a hand-written state table", zh="整件办理的速度（与手写状态表对照）")

FEW, MANY = 3, 40
_CASES = {FEW: 12, MANY: 1}  # in one turn
_STEPS_BESIDE = 4  # start, check, accept, timer: those that are no review
_LEAST_BESIDE_HAND, _MOST_GROWTH = 0.5, 1.2
_LEAST_CLAIMED, _LEAST_FIRED, _MOST_DUE_DATES = 5000, 0.8, 30


def arguments(parser: ArgumentParser) -> None:
    """How often."""
    parser.add_argument("--rounds", type=int, default=10, help=tell(en="rounds over all", zh="测量的轮数"))


def run(options: Namespace) -> int:
    """Measure in turns, print, keep."""
    report, began = Report("flow", seed=440104), time.monotonic()
    with (
        District(services=False) as district,
        district.quiet(),
        Engine.own(district) as own,
        Engine.hand(district) as hand,
    ):
        engines = {"own": own, "hand": hand}
        wall: dict[tuple[str, int], list[float]] = defaultdict(list)
        cpu: dict[tuple[str, int], list[float]] = defaultdict(list)
        with step(en=f"{options.rounds} rounds", zh=f"测量 {options.rounds} 轮"):
            for number in range(options.rounds + 1):
                for name in sorted(engines, reverse=bool(number % 2)):
                    for departments, cases in _CASES.items():
                        took = engines[name].cases(departments, cases)
                        if number:  # the first round warms up
                            wall[name, departments].append(took.wall / cases)
                            cpu[name, departments].append(took.cpu / cases)
        statements, fired, due = own.ask("statements"), own.ask("timers"), own.ask("due_dates")
    _tell(report, wall, cpu)
    _tell_timers(report, fired)
    _tell_due_dates(report, due)
    for name, count in statements.items():
        report.info(f"statements, {name}", count)
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _tell_timers(report: Report, took: dict[str, float]) -> None:
    report.at_least("timers claimed", took["claimed"] / took["claiming"], _LEAST_CLAIMED, "a second")
    report.at_least("timers that fire and step", took["a step"] / took["a fire"], _LEAST_FIRED, "x steps")
    report.info("  100,000 timers armed", took["armed"], "s")
    report.info("  empty poll among them", took["empty poll"] * 1000, "ms")


def _tell_due_dates(report: Report, took: dict[str, float]) -> None:
    report.at_most("100,000 due dates with explanations", took["seconds"], _MOST_DUE_DATES, "s")
    report.info("  one of them, explained", took["ratio"], "x one walked day by day")


Took = dict[tuple[str, int], list[float]]


def _tell(report: Report, wall: Took, cpu: Took) -> None:
    own, hand = wall["own", FEW], wall["hand", FEW]
    beside = median(b / a for a, b in zip(own, hand, strict=True))
    report.at_least("whole cases", beside, _LEAST_BESIDE_HAND, "x hand-written")
    for name in ("own", "hand"):
        report.info(f"  cases a second, {name}", 1 / median(wall[name, FEW]))
        report.info(f"  processor time of a case, {name}", median(cpu[name, FEW]) * 1000, "ms")
    growth = median(
        (many - few) / (MANY - FEW) / (few / (FEW + _STEPS_BESIDE))
        for few, many in zip(cpu["own", FEW], cpu["own", MANY], strict=True)
    )
    each = {n: median(cpu["own", n]) / n for n in (FEW, MANY)}
    report.at_most("processor time a department", each[MANY] / each[FEW], _MOST_GROWTH, "x that of three")
    report.info("  one more department, in steps of a small case", growth)
