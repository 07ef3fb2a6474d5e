"""What moving a case costs: whole cases beside a hand-written state table and beside SpiffWorkflow, and how it grows.

The hand-written table must leave the rows that the product leaves, step by step, or nothing is measured.
SpiffWorkflow saves its state and an event row, and is asked for no more: it keeps no tasks to list, no clocks, no rows
for the outbox, and asks for nobody's rights.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.rig import peers
from tests.benchmarks.rig.district import District
from tests.benchmarks.rig.flow import looking, million
from tests.benchmarks.rig.flow.engines import Engine, Took
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(
    en="Whole cases beside a hand-written state table and SpiffWorkflow; timers, due dates, lists of tasks",
    zh="整件办理的速度（与手写状态表、SpiffWorkflow 对照），定时器、时限与待办列表",
)

FEW, MANY = 3, 40
_CASES = {FEW: 12, MANY: 1}  # in one turn
_STEPS_BESIDE = 4  # start, check, accept, timer: those that are no review
_LEAST = {"hand": (0.5, 0.8), "spiff": (1.5, 3)}  # held, aimed at
_CALLED = {"hand": "hand-written", "spiff": "SpiffWorkflow"}
_MOST_GROWTH = 1.2
_LEAST_CLAIMED, _LEAST_FIRED, _MOST_DUE_DATES = 5000, 0.8, 30
_MOST_INBOX = 10


def arguments(parser: ArgumentParser) -> None:
    """How often."""
    parser.add_argument("--rounds", type=int, default=10, help=tell(en="rounds over all", zh="测量的轮数"))


@dataclass
class Measured:
    """Seconds of one case, by engine and departments, round by round."""

    wall: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, engine: str, departments: int, took: Took) -> None:
        """Another round's."""
        cases = _CASES[departments]
        self.wall[engine, departments].append(took.wall / cases)
        self.cpu[engine, departments].append(took.cpu / cases)

    def times(self, peer: str, departments: int) -> float:
        """How many cases the product moves while a peer moves one."""
        return _ratio(self.wall[peer, departments], self.wall["own", departments])


def run(options: Namespace) -> int:
    """Look at the rows, measure in turns, print, keep."""
    report, began, measured = Report("flow", seed=440104), time.monotonic(), Measured()
    python = peers.environment()
    with District(services=False) as district, district.quiet(), ExitStack() as stack:
        stack.callback(looking.clear, district)
        made = (Engine.own(district), Engine.hand(district), Engine.spiff(district, python))
        engines = [stack.enter_context(engine) for engine in made]
        with step(en="rows of each step", zh="逐步核对写入的行"):
            seen = looking.at(engines, district, FEW)
        with step(en=f"{options.rounds} rounds", zh=f"测量 {options.rounds} 轮"):
            for number in range(options.rounds + 1):
                first = number % len(engines)
                for engine in engines[first:] + engines[:first]:
                    for departments, cases in _CASES.items():
                        took = engine.cases(departments, cases)
                        if number:  # the first round warms up
                            measured.keep(engine.name, departments, took)
        fired, due = engines[0].ask("timers"), engines[0].ask("due_dates")
        listed = _inbox(district, engines[0])
    _tell(report, measured)
    _tell_growth(report, measured)
    _tell_statements(report, seen)
    _tell_timers(report, fired)
    _tell_due_dates(report, due)
    _tell_inbox(report, listed)
    report.info("version of SpiffWorkflow", peers.version("SpiffWorkflow"))
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _inbox(district: District, own: Engine) -> dict[str, float]:
    with district.database() as database:
        try:
            with step(en="a million open tasks", zh="一百万条待办任务"):
                million.clear(database)  # of a run that was broken off
                million.enter(database, **own.ask("whose"))
            took: dict[str, float] = own.ask("inbox")
            return took
        finally:
            million.clear(database)


def _tell(report: Report, measured: Measured) -> None:
    for peer, (least, aim) in _LEAST.items():
        report.at_least(f"whole cases (aim: {aim})", measured.times(peer, FEW), least, f"x {_CALLED[peer]}")
    for peer, called in _CALLED.items():
        report.info(f"  with {MANY} departments", measured.times(peer, MANY), f"x {called}")
        cpu = _ratio(measured.cpu["own", FEW], measured.cpu[peer, FEW])
        report.info("  processor time of a case", cpu, f"x {called}")
    for name in ("own", *_CALLED):
        report.info(f"  cases a second, {name}", 1 / median(measured.wall[name, FEW]))
        report.info(f"  processor time of a case, {name}", median(measured.cpu[name, FEW]) * 1000, "ms")


def _tell_growth(report: Report, measured: Measured) -> None:
    cpu = measured.cpu
    each = {departments: median(cpu["own", departments]) / departments for departments in _CASES}
    report.at_most("processor time a department", each[MANY] / each[FEW], _MOST_GROWTH, "x that of three")
    growth = median(
        (many - few) / (MANY - FEW) / (few / (FEW + _STEPS_BESIDE))
        for few, many in zip(cpu["own", FEW], cpu["own", MANY], strict=True)
    )
    report.info("  one more department, in steps of a small case", growth)


def _tell_statements(report: Report, seen: dict[str, list[looking.Step]]) -> None:
    for name, steps in seen.items():
        report.info(f"statements of a case, {name}", sum(one.statements for one in steps))
        for one in steps:
            report.info(f"  {one.name}", one.statements)
    for kind, number in seen["own"][-1].rows.items():
        report.info(f"rows of a case, own and hand alike: {kind}", number)


def _tell_timers(report: Report, took: dict[str, float]) -> None:
    report.at_least("timers claimed", took["claimed"] / took["claiming"], _LEAST_CLAIMED, "a second")
    report.at_least("timers that fire and step", took["a step"] / took["a fire"], _LEAST_FIRED, "x steps")
    report.info("  100,000 timers armed", took["armed"], "s")
    report.info("  of them", 100_000 / took["armed"], "a second")
    report.info("  empty poll among them", took["empty poll"] * 1000, "ms")


def _tell_due_dates(report: Report, took: dict[str, float]) -> None:
    report.at_most("100,000 due dates with explanations", took["seconds"], _MOST_DUE_DATES, "s")
    report.info("  one of them, explained", took["ratio"], "x one walked day by day")


def _tell_inbox(report: Report, took: dict[str, float]) -> None:
    among = f"of {million.MINE:,} among {million.ALL:,} open tasks"
    report.at_most(f"first page {among}", took["page"] / took["key"], _MOST_INBOX, "x a key read")
    report.info("  those in hand alone", took["in hand"] / took["key"], "x a key read")
    report.info("  a key read", took["key"] * 1000, "ms")


def _ratio(one: list[float], other: list[float]) -> float:
    """The median of the rounds, each against the other's of its own round."""
    return median(a / b for a, b in zip(one, other, strict=True))
