"""What the registers cost at the district's true size: searches beside a person read by her key.

It measures the district of this ``YIZHAN_HOME`` as it stands (``./yizhan demo load --scale full`` fills one), as an
ordinary user of one committee, of one sub-district and of the whole district. Whatever it does is undone.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from statistics import median
from typing import TYPE_CHECKING

from yizhan.cli.application import application
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

if TYPE_CHECKING:
    from tests.benchmarks.rig.register.lookers import Looker
    from tests.benchmarks.rig.register.searching import Searched

help = tell(
    en="What the registers cost at true size, beside a row read by its key",
    zh="全量基础库的检索用时（以按主键读一行为单位）",
)

_SEED = 440104
_MOST = {"exact": 10.0, "name": 40.0, "beginning of a name": 40.0, "surname": 40.0, "pinyin": 40.0, "initials": 40.0,
         "fuzzy": 40.0}  # fmt: skip
_MOST_TOLD = 1.25
_LEAST_FOUND = 0.9
_P95 = 0.95


def arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace) -> int:
    """Measure, print, keep."""
    report, began = Report("registry", seed=_SEED), time.monotonic()
    with application():
        from tests.benchmarks.rig.register import lookers  # noqa: PLC0415 (models need Django)

        _tell_size(report)
        for looker in lookers.found():
            with step(en=f"searches in a {looker.size}", zh=f"检索：{looker.area}"):
                _search(report, looker)
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _tell_size(report: Report) -> None:
    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.registry.models import Person  # noqa: PLC0415

    with scope.service():
        report.info("people in the register", Person.objects.count())


def _search(report: Report, looker: Looker) -> None:
    from tests.benchmarks.rig.register import searching  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415

    with scope.service():
        people = searching.sample(looker, _SEED)
        borne, nobody = searching.strangers(looker, _SEED)
    searched = searching.measure(looker, people)
    unit = median(searched.seconds["a key read"])
    report.info(f"a key read, {looker.size}", unit * 1000, "ms")
    for kind, seconds in searched.seconds.items():
        if kind != "a key read":
            _tell(report, looker, kind, _p95(seconds) / unit, searched)
    if borne:
        some, none = searching.by_turns(looker, borne, nobody)
        told = median(some) / median(none)
        report.at_most(
            f"time for a name borne elsewhere, {looker.size}", told, _MOST_TOLD, "x one nobody bears"
        )


def _tell(report: Report, looker: Looker, kind: str, ratio: float, searched: Searched) -> None:
    most = _MOST[kind.partition(":")[0]]
    report.at_most(f"{kind}, p95, {looker.size}", ratio, most, "x a key read")
    fewest, highest = min(searched.statements[kind]), max(searched.statements[kind])
    report.equal(f"  statements, {looker.size}", highest, fewest)
    if not kind.startswith("fuzzy"):  # a few have a number that others have too, or a name that many have
        share = searched.found[kind] / len(searched.seconds[kind])
        report.at_least(f"  found somebody, {looker.size}", share, _LEAST_FOUND)


def _p95(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * _P95), len(ordered) - 1)]
