"""What FEEL costs beside two other engines: a compiled unary test, a table of a hundred rules.

All are asked the same on the same inputs, and must say the same before anything is measured. zen-engine is compiled
Rust, pySFeel is Python; neither is part of the product.
"""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from statistics import median

from tests.benchmarks.rig import peers
from tests.benchmarks.rig.languages import questions
from tests.benchmarks.rig.languages.peers import Engine
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(en="FEEL beside zen-engine and pySFeel", zh="表达式与决策表的用时（与 zen-engine、pySFeel 对照）")

_UNARY = [question.name for question in questions.UNARY]
_TABLES = ["table, first", "table, unique", "DMN table, first", "DMN table, unique"]
_MOST_UNARY, _LEAST_FASTER, _MOST_TABLE = 3, 30, 1
_TIMES = {"own": 100, "zen": 100, "sfeel": 2}  # over all inputs, in one turn; pySFeel takes long


def arguments(parser: ArgumentParser) -> None:
    """How often."""
    parser.add_argument("--rounds", type=int, default=15, help=tell(en="rounds over all", zh="测量的轮数"))


def run(options: Namespace) -> int:
    """Compare the answers, measure in turns, print, keep."""
    report, began = Report("feel", seed=questions.SEED), time.monotonic()
    python = peers.environment()
    with (
        Engine("feel", sys.executable) as own,
        Engine("zen", python) as zen,
        Engine("sfeel", python) as sfeel,
    ):
        engines = {"own": own, "zen": zen, "sfeel": sfeel}
        _agree(engines)
        took: dict[tuple[str, str], list[float]] = defaultdict(list)
        with step(en=f"{options.rounds} rounds", zh=f"测量 {options.rounds} 轮"):
            for number in range(options.rounds + 1):
                for name in _turned(list(engines), number):
                    for work in engines[name].works:
                        took[name, work].append(engines[name].seconds(work, _TIMES[name] if number else 1))
    seconds = {key: values[1:] for key, values in took.items()}  # the first round warms up
    _tell_unary(report, seconds)
    _tell_tables(report, seconds)
    for name in ("zen-engine", "pySFeel"):
        report.info(f"version of {name}", peers.version(name))
    report.info("inputs of each", len(questions.CASES))
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _agree(engines: dict[str, Engine]) -> None:
    """All say the same, or nothing is measured."""
    for name in _UNARY:
        said = {key: engine.answers(name) for key, engine in engines.items()}
        assert said["own"] == said["zen"] == said["sfeel"], f"{name}: {said}"
        assert {True, False} == set(said["own"]), f"{name}: inputs on one side only"
    assert engines["own"].answers("day from text") == engines["zen"].answers("day")
    wanted = engines["zen"].answers("table, first")
    assert len(set(wanted)) > len(wanted) / 3, "inputs that meet few rules only"
    for name in _TABLES:
        assert engines["own"].answers(name) == wanted, name


def _turned(names: list[str], number: int) -> list[str]:
    first = number % len(names)
    return names[first:] + names[:first]


_Seconds = dict[tuple[str, str], list[float]]


def _tell_unary(report: Report, seconds: _Seconds) -> None:
    for name in _UNARY:
        own, zen, sfeel = (seconds[engine, name] for engine in ("own", "zen", "sfeel"))
        report.at_most(f"unary test, {name}", _ratio(own, zen), _MOST_UNARY, "x zen-engine")
        report.at_least(f"unary test, {name}", _ratio(sfeel, own), _LEAST_FASTER, "x faster than pySFeel")
        report.info("  of it", _micro(own), "µs")
        report.info("  zen-engine", _micro(zen), "µs")
        report.info("  pySFeel", _micro(sfeel), "µs")
    text = seconds["own", "day from text"]
    report.info("a day that is a text first", _ratio(text, seconds["zen", "day"]), "x zen-engine")


def _tell_tables(report: Report, seconds: _Seconds) -> None:
    """The unit is zen-engine's quickest way, a model that its loader keeps; it knows no policy ``unique``."""
    zen = seconds["zen", "table, first"]
    for name in _TABLES:
        own = seconds["own", name]
        report.at_most(f"{questions.RULES} rules, {name}", _ratio(own, zen), _MOST_TABLE, "x zen-engine")
        report.info("  of it", _micro(own), "µs")
    report.info("  zen-engine, model in its loader", _micro(zen), "µs")
    report.info("  zen-engine, decision made of a content", _micro(seconds["zen", "decision, first"]), "µs")


def _ratio(one: list[float], other: list[float]) -> float:
    return median(a / b for a, b in zip(one, other, strict=True))


def _micro(values: list[float]) -> float:
    return median(values) * 1e6
