"""Random kills (kill -9) of database, web and worker while people work: nothing is lost, nothing is done twice.

A district of its own is started like anybody's, under its own supervisor. Residents and staff work in it through the
pages, all at once; whoever gets no answer sends the same command again, as a browser would. A book outside of the
product keeps every answer. In the end the product's rows are held against that book.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from statistics import median

from tests.proofs.rig.crash.acknowledged import Book
from tests.proofs.rig.crash.driver import Driver
from tests.proofs.rig.crash.killer import TARGETS, Kill, Killer, order
from tests.proofs.rig.crash.reckoning import Reckoning
from tests.proofs.rig.crash.town import Town
from yizhan.cli.places import REPORTS
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(
    en="Random kills under load: nothing lost, nothing twice", zh="负载下随机强制结束：不丢失、不重复"
)

BOOK = REPORTS / "prove-crash.steps.jsonl"
_SLOWEST = 60.0  # seconds that a part may take to work again, on a machine that is busy


def arguments(parser: ArgumentParser) -> None:
    """How many kills."""
    parser.add_argument("--kills", type=int, default=20, help=tell(en="how many kills", zh="强制结束的次数"))


def run(options: Namespace) -> int:
    """Start, load, kill, look, print, keep."""
    report, began = Report("prove-crash", seed=options.seed), time.monotonic()
    book = Book(BOOK)
    with Town(book, options.seed) as town:
        kills = _killed(report, town, book, options)
        with step(en="the load ends, the worker finishes", zh="停止负载，等待后台处理完毕"):
            town.rest()
        with step(en="every answered command once more", zh="将已答复的命令逐一重发"):
            again = town.again()
        reckoning = Reckoning(book, town.product, town.look(), again)
    book.close()
    _tell_kills(report, kills, options.kills)
    _tell_load(report, book, town.drivers)
    reckoning.tell(report)
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _killed(report: Report, town: Town, book: Book, options: Namespace) -> list[Kill]:
    killer, kills = Killer(town.product, book, options.seed), []
    for number, what in enumerate(order(options.kills, options.seed), 1):
        kill = killer.kill(what)
        town.require_drivers()
        kills.append(kill)
        report.info(f"kill {number:2}: {what}, after {kill.steps} steps", kill.recovery, "s")
    return kills


def _tell_kills(report: Report, kills: list[Kill], wanted: int) -> None:
    report.equal("kills after which it worked again", len(kills), wanted)
    for target in TARGETS:
        took = [kill.recovery for kill in kills if kill.what == target]
        if took:
            report.info(f"  {target}: kills", len(took))
            report.info(f"  {target}: recovery, median", median(took), "s")
    report.at_most("slowest recovery", max(kill.recovery for kill in kills), _SLOWEST, "s")


def _tell_load(report: Report, book: Book, drivers: list[Driver]) -> None:
    for kind in sorted({driver.kind for driver in drivers}):
        report.info(f"{kind} at work", sum(driver.kind == kind for driver in drivers))
    report.info("requests without an answer", sum(driver.unanswered for driver in drivers))
    report.info("steps sent more than once", sum(one.tries > 1 for one in book.steps))
    report.info("steps refused", len(book.steps) - len(book.done))
    report.at_least("steps acknowledged", len(book.done), 1)
