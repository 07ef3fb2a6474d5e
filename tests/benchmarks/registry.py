"""What the registers cost at the district's true size, beside a person read by her key, a commit, a COPY, an empty page.

It measures the district of this ``YIZHAN_HOME`` as it stands (``./yizhan demo load --scale full`` fills one), as an
ordinary user of one committee, of one sub-district and of the whole district. Whatever it does is undone, but for
people who have another name for a moment: that stays in their history.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.rig import rounds
from yizhan.cli.application import application
from yizhan.cli.environment import database
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

if TYPE_CHECKING:
    from tests.benchmarks.rig.register.lookers import Looker
    from tests.benchmarks.rig.register.searching import Person
    from tests.benchmarks.rig.register.timing import Timed

help = tell(
    en="What the registers cost at true size, beside a row read by its key",
    zh="全量基础库的检索用时（以按主键读一行为单位）",
)

_SEED = 440104
_MOST = {"exact": 10.0, "name": 40.0, "beginning of a name": 40.0, "surname": 40.0, "pinyin": 40.0, "initials": 40.0,
         "fuzzy": 40.0}  # fmt: skip
_MOST_TOLD = 1.25
_MOST_FORM, _MOST_PAGE, _MOST_WALL, _MOST_CHANGE = 15.0, 40.0, 1.1, 4.0
_MOST_DERIVED = 180.0
_LEAST_COPIED, _LEAST_ENTERED = 0.9, 0.3
_LEAST_FOUND = 0.9
_P95 = 0.95
UNIT = "a key read"


def arguments(parser: ArgumentParser) -> None:
    """How much of it."""
    parser.add_argument(
        "--derived",
        action="store_true",
        help=tell(
            en="also spoil all that is derived of everybody and work it out anew: minutes",
            zh="另测全部派生信息的重算（先清空再重算，需数分钟）",
        ),
    )


def run(options: Namespace) -> int:
    """Measure, print, keep."""
    report, began = Report("registry", seed=_SEED), time.monotonic()
    where = database()  # before this process becomes the application
    opened: dict[str, tuple[str, list[str]]] = {}
    with application():
        from tests.benchmarks.rig.register import lookers, searching, warming  # noqa: PLC0415 (models need Django)
        from yizhan.identity import scope  # noqa: PLC0415

        _tell_size(report)
        if where.cluster is not None:
            with step(en="the database's files are read once", zh="预读数据库文件"):
                size = warming.read_all(where.cluster.data / "base")
            report.info("read before, so that nobody pays for a cold disk", size / 1e9, "GB")
        for looker in lookers.found():
            with scope.service():
                people = searching.sample(looker, _SEED)
            with step(en=f"searches in a {looker.size}", zh=f"检索：{looker.area}"):
                _search(report, looker, people)
            with step(en=f"reading in a {looker.size}", zh=f"取数：{looker.area}"):
                _read(report, looker, people)
            opened[looker.size] = looker.name, [one.key for one in people]
        with step(en="changes, and many at once", zh="变更与批量登记"):
            _change(report, people)
            _load(report)
        if options.derived:
            with step(en="all derived anew", zh="派生信息重算"):
                _derive(report, where.owner)
    with step(en="pages", zh="页面"):
        _open(report, opened)
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    report.info("whole run", time.monotonic() - began, "s")
    return report.close()


def _tell_size(report: Report) -> None:
    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.registry.models import Person  # noqa: PLC0415

    with scope.service():
        report.info("people in the register", Person.objects.count())


def _search(report: Report, looker: Looker, people: list[Person]) -> None:
    from tests.benchmarks.rig.register import searching  # noqa: PLC0415 (models need Django)
    from yizhan.identity import scope  # noqa: PLC0415

    with scope.service():
        borne, nobody = searching.strangers(looker, _SEED)
    searched = searching.measure(looker, people)
    unit = median(searched.seconds[UNIT])
    report.info(f"a key read, {looker.size}", unit * 1000, "ms")
    for kind, seconds in searched.seconds.items():
        if kind != UNIT:
            _tell(report, looker, kind, _p95(seconds) / unit, searched)
    if borne:
        some, none = searching.by_turns(looker, borne, nobody)
        told = median(some) / median(none)
        report.at_most(
            f"time for a name borne elsewhere, {looker.size}", told, _MOST_TOLD, "x one nobody bears"
        )


def _read(report: Report, looker: Looker, people: list[Person]) -> None:
    from tests.benchmarks.rig.register import reading, walls  # noqa: PLC0415 (models need Django)

    read = reading.measure(looker, people)
    unit = median(read.seconds[UNIT])
    form = _p95(read.seconds[reading.FORM]) / unit
    report.at_most(f"{reading.FORM}, p95, {looker.size}", form, _MOST_FORM, "x a key read")
    report.info(
        f"{reading.FILE}, p95, {looker.size}", _p95(read.seconds[reading.FILE]) / unit, "x a key read"
    )
    for kind, counted in read.statements.items():
        report.equal(f"  statements of {kind}, {looker.size}", max(counted), min(counted))
    for question, ratio in walls.measure(looker, people):
        report.at_most(f"row security: {question}, {looker.size}", ratio, _MOST_WALL, "x a filter")


def _change(report: Report, people: list[Person]) -> None:
    from tests.benchmarks.rig.register import changing  # noqa: PLC0415 (models need Django)

    changes, rows = changing.measure(people)
    report.info("a row's commit", median(rows) * 1000, "ms")
    report.at_most(
        "a change of name, all it leaves", median(changes) / median(rows), _MOST_CHANGE, "x a commit"
    )


def _load(report: Report) -> None:
    from tests.benchmarks.rig.register import loading  # noqa: PLC0415 (models need Django)

    loaded = loading.measure()
    each = 1e6 / loading.MANY
    server = loaded.by_the_server
    report.info("COPY by the server, a wide row a person", server * each, "µs")
    report.at_least("many at once: the COPY", server / loaded.sent, _LEAST_COPIED, "x the server's")
    report.info("  writing the rows for it, a person", loaded.written * each, "µs")
    report.at_least(
        "many at once: all that hangs on them", server / loaded.entered, _LEAST_ENTERED, "x the server's"
    )
    report.info("  beside the server's COPY into all its tables", loaded.its_tables / loaded.entered, "x")
    report.info("  entered, a person", loaded.entered * each, "µs")


def _derive(report: Report, owner: str) -> None:
    from tests.benchmarks.rig.register import spoiling  # noqa: PLC0415 (models need Django)

    report.at_most("all derived rows, worked out anew", spoiling.measure(owner), _MOST_DERIVED, "s")


def _open(report: Report, opened: dict[str, tuple[str, list[str]]]) -> None:
    from tests.benchmarks.rig.register import page  # noqa: PLC0415 (starts a product)

    for size, turn, unit in page.measure(opened):
        report.at_most(f"a person's page, {size}", rounds.ratio(turn, unit), _MOST_PAGE, "empty pages")


def _tell(report: Report, looker: Looker, kind: str, ratio: float, searched: Timed) -> None:
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
