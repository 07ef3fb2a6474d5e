"""What a page costs: processor time of web server and database, in empty pages.

The unit is a stock Django project's hello world behind the same server, measured in the same run and round.
"""

from __future__ import annotations

import os
import re
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.rig import empty_page, knocking, rounds
from tests.benchmarks.rig.crowd import MANY_ITEMS, ONE_ITEM
from tests.benchmarks.rig.district import FOLDER, WORKERS, District
from tests.benchmarks.rig.empty_page import EmptyPage
from tests.benchmarks.rig.rounds import Turn
from tests.benchmarks.rig.visitor import Refused, Visitor
from tests.benchmarks.rig.watching import Watch
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(en="Processor time of a page, in empty pages", zh="页面的处理器用时（以空白页为单位）")

GUIDE = "/items/elderly_allowance"
ROWS = 50
_TIMES = 8  # each page in a round
_WARM_UP = 12


@dataclass(frozen=True)
class Page:
    """A page as one visitor opens it; without a limit it is information."""

    name: str
    visitor: Visitor
    path: str
    holding: str
    limit: float | None = None

    def open(self) -> None:
        """Open it once."""
        self.visitor.page(self.path, self.holding)


def arguments(parser: ArgumentParser) -> None:
    """How often."""
    parser.add_argument(
        "--rounds", type=int, default=25, help=tell(en="rounds over all pages", zh="全部页面测量的轮数")
    )


def run(options: Namespace) -> int:
    """Measure, print, keep."""
    report = Report("pages", seed=440104)
    began, own = time.monotonic(), time.process_time()
    with District() as district, EmptyPage(FOLDER / "empty", WORKERS) as empty:
        watch = Watch(district)
        with step(en="visitors log in, caches fill", zh="登录并预热"):
            pages = _pages(district.address)
            nothing = Visitor(empty.address)
            _warm_up([*(page.open for page in pages), lambda: nothing.page(empty_page.PATH)])
        unit = Turn("empty page", lambda: nothing.page(empty_page.PATH), empty.pids)
        turns = [Turn(page.name, page.open, watch.web, watch.backends) for page in pages]
        with step(en=f"{options.rounds} rounds", zh=f"测量 {options.rounds} 轮"):
            rounds.take([unit, *turns], options.rounds, _TIMES)
        statements = [watch.statements(page.open) for page in pages]
        watch.close()
    report.info("empty page, processor time", rounds.milliseconds(unit.seconds), "ms")
    for page, turn, count in zip(pages, turns, statements, strict=True):
        _tell(report, page, turn, unit, count)
    _compare(report, dict(zip([page.name for page in pages], turns, strict=True)), statements, pages)
    report.info("load generator's own processor time", time.process_time() - own, "s")
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _pages(address: str) -> list[Page]:
    anybody, resident, many, one = (Visitor(address) for _ in range(4))
    knocking.become(resident, "chen")
    knocking.log_in(many, MANY_ITEMS)
    knocking.log_in(one, ONE_ITEM)
    desk = many.page("/desk/")
    rows = re.findall(r'class="listing__title"><a href="([^"]+)"', desk)
    if len(rows) != ROWS:
        raise Refused(f"the desk shows {len(rows)} tasks, not {ROWS}")
    return [
        Page("portal home", anybody, "/", "您想办什么事", 25),
        Page("portal home, signed in", resident, "/", "您想办什么事"),
        Page("guide", anybody, GUIDE, "高龄津贴", 15),
        Page("guide, signed in", resident, GUIDE, "高龄津贴"),
        Page("desk list, 580 items", many, "/desk/", "listing__title", 25),
        Page("desk list, 1 item", one, "/desk/", "listing__title"),
        Page("case page", many, rows[0], "办理流程", 30),
    ]


def _warm_up(openings: list[Callable[[], object]]) -> None:
    for opening in openings:
        for _ in range(_WARM_UP):
            opening()


def _tell(report: Report, page: Page, turn: Turn, unit: Turn, statements: float) -> None:
    cost = rounds.ratio(turn, unit)
    if page.limit is None:
        report.info(page.name, cost, "empty pages")
    else:
        report.at_most(page.name, cost, page.limit, "empty pages")
    report.info("  of it web server", rounds.milliseconds(turn.web_seconds), "ms")
    report.info("  of it database", rounds.milliseconds(turn.database_seconds), "ms")
    report.info("  until the last byte", rounds.milliseconds(turn.wall_seconds), "ms")
    report.info("  statements", statements)


def _compare(report: Report, turns: dict[str, Turn], statements: list[float], pages: list[Page]) -> None:
    """Rights on 580 items must not make the desk of an ordinary official slower than rights on one."""
    many, one = "desk list, 580 items", "desk list, 1 item"
    counted = dict(zip([page.name for page in pages], statements, strict=True))
    report.equal("desk list, statements for 580 items", counted[many], counted[one])
    more = median(a / b for a, b in zip(turns[many].seconds, turns[one].seconds, strict=True))
    report.at_most("desk list, 580 items against 1", (more - 1) * 100, 10, "% more")
