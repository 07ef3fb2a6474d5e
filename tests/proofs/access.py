"""Nobody reads what he may not: planted values, every post at every address, table and function; forged scopes, times.

A demo district of its own is started like anybody's. Persons and companies are entered whose every field holds a value
that stands nowhere else; then everybody looks everywhere, and whatever is met is held against a rule that is written
beside the product, over raw rows (``rig/access/rule.py``). The two walls, policies and the application's own filters,
are tried one without the other. In the end leaks are planted, which must be found.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from contextlib import nullcontext

from tests.proofs.rig.access import exhibits, plans, sabotage, timing
from tests.proofs.rig.access.district import District
from tests.proofs.rig.access.forging import CHECK as FORGED
from tests.proofs.rig.access.forging import LEFT, Forging
from tests.proofs.rig.access.functions import CHECK as FUNCTIONS
from tests.proofs.rig.access.functions import Functions
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.pages import CHECK as PAGES
from tests.proofs.rig.access.pages import MUST_BE_MET, Pages
from tests.proofs.rig.access.swapping import CACHE, QUOTA, Swapping
from tests.proofs.rig.access.swapping import CHECK as KEYS
from tests.proofs.rig.access.tables import CHECK as ROWS
from tests.proofs.rig.access.tables import VALUES, Tables
from tests.proofs.rig.access.walls import FILTERS, without_policies
from yizhan.cli import packages
from yizhan.cli.places import REPORTS, write_whole
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(
    en="Nobody reads what he may not: posts, pages, tables, functions",
    zh="越权查验：岗位、页面、数据表、函数",
)

FORMS = "forms"
FOUND, PLANS = REPORTS / "prove-access.found.json", REPORTS / "prove-access.plans.txt"


def arguments(parser: ArgumentParser) -> None:
    """What is proved, how often times are taken, and a leak to plant."""
    parser.add_argument(
        "--only", choices=["registry"], default="registry", help=tell(en="what is proved", zh="查验范围")
    )
    parser.add_argument(
        "--rounds", type=int, default=200, help=tell(en="how often times are taken", zh="计时次数")
    )
    parser.add_argument(
        "--sabotage", choices=sorted(sabotage.PLANTS), default="",
        help=tell(en="plant this leak; the proof must fail", zh="自设此漏洞，验证应当失败"),
    )  # fmt: skip


def run(options: Namespace) -> int:
    """Plant, look, forge, take times, print, keep."""
    packages.ensure("test")
    report, began, ledger = Report("prove-access", seed=options.seed), time.monotonic(), Ledger()
    with District(options.seed) as district:
        leak = sabotage.planted(district, options.sabotage) if options.sabotage else nullcontext()
        with leak:
            _looked(district, ledger)
            times = _times(district, options)
        write_whole(PLANS, plans.told(district))
        found = {} if options.sabotage else _planted(district, options.seed)
        with step(en="the filters of the application alone", zh="仅靠应用过滤"):
            without_policies(district, ledger)
        with step(en="an empty form to every address", zh="向每个页面提交空表单"):
            Pages(district, ledger, check=FORMS).send()
    ledger.tell()
    ledger.write(FOUND)
    _tell(report, ledger, times, found)
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _looked(district: District, ledger: Ledger) -> None:
    with step(en="policies alone: every table", zh="仅靠行级权限：逐表"):
        Tables(district, ledger).ask()
    with step(en="every function", zh="逐个函数"):
        Functions(district, ledger).ask()
    with step(en="forged scopes", zh="伪造数据范围"):
        Forging(district, ledger).ask()
    with step(en="every address as everybody", zh="逐个页面、逐个岗位"):
        Pages(district, ledger).ask()
    with step(en="another's keys, limits, caches", zh="他人编号、限额、缓存"):
        Swapping(district, ledger).ask()


def _times(district: District, options: Namespace) -> tuple[list[timing.Compared], list[timing.Compared]]:
    """Through the front door, which is judged; and in the database alone, which is told."""
    district.keep_alive()
    with step(en=f"times, {options.rounds} of each", zh=f"计时，各 {options.rounds} 次"):
        within = timing.functions(district, options.rounds, options.seed)
        return timing.pages(district, options.rounds, options.seed), within


def _planted(district: District, seed: int) -> dict[str, bool]:
    with step(en="planted leaks", zh="自设漏洞"):
        return {name: sabotage.caught(district, name, seed) for name in sabotage.PLANTS}


def _tell(
    report: Report,
    ledger: Ledger,
    times: tuple[list[timing.Compared], list[timing.Compared]],
    found: dict[str, bool],
) -> None:
    for check in (ROWS, VALUES, FUNCTIONS, FORGED, LEFT, PAGES, FORMS, KEYS, QUOTA, CACHE):
        report.at_least(f"{check}: questions", ledger.asked[check], 1)
        report.equal(f"{check}: leaks", len(ledger.of(check)), 0)
    unmet = [one for one in MUST_BE_MET if not ledger.has_seen(*one)]
    for post, where, what in unmet:
        report.info(f"was to be met and was not: {post}, {where}, {what}", 1)
    report.equal("what must be met and was not", len(unmet), 0)
    report.info("allowed values met", sum(ledger.met.values()))
    report.equal("addresses, tables, functions of which nobody said what they show", len(ledger.unknown), 0)
    report.info("addresses that show something of a register", len(exhibits.SHOWS))
    _tell_times(report, *times)
    for name, was in found.items():
        report.equal(f"planted leak: {name}", "found" if was else "not found", "found")
    alone = Counter(one.where for one in ledger.reliance if one.check == FILTERS)
    report.info("filters alone: questions", ledger.asked[FILTERS])
    for where, many in sorted(alone.items()):
        report.info(f"filters alone, only the policy holds back: {where}", many)
    known = Counter(one.where for one in ledger.reliance if one.check != FILTERS)
    for where, many in sorted(known.items()):
        report.info(f"known and told: {where}", many)


def _tell_times(report: Report, pages: list[timing.Compared], within: list[timing.Compared]) -> None:
    for one in (*pages, *within):
        report.info(f"{one.what}: some, median", one.some, "ms")
        report.info(f"{one.what}: nobody, median", one.none, "ms")
        report.info(f"{one.what}: sorted right", one.slower)
        report.info(f"{one.what}: ratio, 95 of 100", f"{one.low:.3f} to {one.high:.3f}")
    told = f"times that tell (p < {timing.SURE}, ratio beyond {timing.WITHIN:.0%})"
    report.equal(told, sum(one.tells for one in pages), 0)
    report.info("within the database, past every page: " + told, sum(one.tells for one in within))
