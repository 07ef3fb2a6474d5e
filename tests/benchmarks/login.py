"""What the morning costs: 5,500 members of staff who log in within a quarter of an hour.

Each log-in is the whole of it, through the pages everybody sees: form, password, form, second factor.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from tests.benchmarks.rig import empty_page, knocking, rounds
from tests.benchmarks.rig.crowd import CROWD, member
from tests.benchmarks.rig.district import FOLDER, WORKERS, District
from tests.benchmarks.rig.empty_page import EmptyPage
from tests.benchmarks.rig.rounds import Turn
from tests.benchmarks.rig.visitor import Visitor
from tests.benchmarks.rig.watching import Watch
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(en="Processor time of the morning's log-ins", zh="早高峰登录的处理器用时")

STAFF, SECONDS = 5_500, 15 * 60
MOST_CORES = 0.5


def arguments(parser: ArgumentParser) -> None:
    """How many log in."""
    parser.add_argument(
        "--rounds", type=int, default=10, help=tell(en="rounds over all steps", zh="测量的轮数")
    )


def run(options: Namespace) -> int:
    """Measure, print, keep."""
    report = Report("login", seed=440104)
    began, own = time.monotonic(), time.process_time()
    a_turn = max(1, CROWD // (options.rounds + 1))  # everybody once: a code is good for one log-in
    with District(tasks=False) as district, EmptyPage(FOLDER / "empty", WORKERS) as empty:
        watch = Watch(district)
        nothing, names = Visitor(empty.address), iter(map(member, range(CROWD)))
        unit = Turn("empty page", lambda: nothing.page(empty_page.PATH), empty.pids)
        entry = Turn("log-in", lambda: _enter(district.address, names), watch.web, watch.backends)
        with step(en="caches fill", zh="预热"):
            for _ in range(a_turn):
                unit.once()
                entry.once()
        with step(en=f"{options.rounds * a_turn} log-ins", zh=f"登录 {options.rounds * a_turn} 次"):
            rounds.take([unit, entry], options.rounds, a_turn)
        watch.close()
    cores = rounds.milliseconds(entry.seconds) / 1000 * STAFF / SECONDS
    report.at_most(f"{STAFF:,} log-ins in {SECONDS // 60} minutes", cores, MOST_CORES, "cores")
    report.info("one log-in", rounds.ratio(entry, unit), "empty pages")
    report.info("  of it web server", rounds.milliseconds(entry.web_seconds), "ms")
    report.info("  of it database", rounds.milliseconds(entry.database_seconds), "ms")
    report.info("  until the last byte", rounds.milliseconds(entry.wall_seconds), "ms")
    report.info("empty page, processor time", rounds.milliseconds(unit.seconds), "ms")
    report.info("Argon2id", _parameters())
    report.info("load generator's own processor time", time.process_time() - own, "s")
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _enter(address: str, names: Iterator[str]) -> None:
    """Somebody who was not here yet logs in, in a browser of their own."""
    visitor = Visitor(address)
    knocking.log_in(visitor, next(names))
    visitor.close()


def _parameters() -> str:
    """Rounds, memory and lanes, as the product hashes."""
    from yizhan.identity.passwords import Argon2  # noqa: PLC0415 (brings Django along)

    return f"t={Argon2.time_cost} m={Argon2.memory_cost} KiB p={Argon2.parallelism}"
