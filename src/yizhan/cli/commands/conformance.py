"""``./yizhan conformance dmn | bpmn | seal PATH``: how much of a public suite the product does as it is expected to.

The suite is a folder of one's own. For ``dmn``: folders ``compliance-level-N``, in them models with
``*-test-*.xml`` beside. For ``bpmn``: ``*.bpmn`` files; each must be read, and each of its processes executed, or drawn
with everything named that is not executed. For ``seal``: sealed PDF files of other makers, the roots that are trusted,
and beside each file the verdict and the reason that are expected.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from yizhan.cli.report import Report
from yizhan.cli.speech import Fault, tell

if TYPE_CHECKING:
    from yizhan.cli.bpmn_kit import LookedFile
    from yizhan.cli.dmn_kit import Check

help = tell(en="Run a public conformance suite", zh="运行公开的符合性对照集")
_LEVEL = re.compile(r"compliance-level-(\d)")
_MOST_REASONS = 40


def arguments(parser: ArgumentParser) -> None:
    """Which suite, where it lies, and how many per cent must pass."""
    suites = parser.add_subparsers(dest="suite", required=True)
    dmn = suites.add_parser("dmn", help=tell(en="decision models of the DMN TCK", zh="DMN TCK 决策模型"))
    dmn.add_argument("path", type=Path, help=tell(en="folder of the suite", zh="对照集所在文件夹"))
    for level in (2, 3):
        dmn.add_argument(
            f"--min-level{level}",
            type=float,
            metavar="PERCENT",
            help=tell(en=f"level {level}: at least so many per cent", zh=f"第 {level} 级：至少通过百分之几"),
        )
    dmn.add_argument(
        "--each", action="store_true", help=tell(en="name every failed check", zh="列出每个未通过的检查")
    )
    bpmn = suites.add_parser("bpmn", help=tell(en="processes in BPMN 2.0", zh="BPMN 2.0 流程文件"))
    bpmn.add_argument(
        "path", type=Path, help=tell(en="folder of the files, or one file", zh="所在文件夹，或一个文件")
    )
    seal = suites.add_parser("seal", help=tell(en="sealed PDF files", zh="盖章的 PDF 文件"))
    seal.add_argument("path", type=Path, help=tell(en="folder of the files", zh="文件所在文件夹"))


def run(options: Namespace) -> int:
    """Count; 0 when something was checked and every given minimum holds."""
    return {"bpmn": _bpmn, "seal": _seal, "dmn": _dmn}[options.suite](options)


def _seal(options: Namespace) -> int:
    from yizhan.cli.apart import without_a_database  # noqa: PLC0415

    with without_a_database():
        from yizhan.cli.seal_kit import judged  # noqa: PLC0415 (it brings the rooms)

        report = Report("conformance-seal")
        found = []
        for one in judged(options.path):
            found.append(one)
            if one.failure:
                print(f"✗ {one.name}: {one.failure}; {one.got}, {one.wanted}")
            report.equal(one.name, one.got if one.failure else one.wanted, one.wanted)
    failed = sum(bool(one.failure) for one in found)
    print(f"{len(found) - failed} passed, {failed} failed")
    return report.close()


def _bpmn(options: Namespace) -> int:
    from yizhan.cli.apart import without_a_database  # noqa: PLC0415

    with without_a_database():
        from yizhan.cli.bpmn_kit import files, looked  # noqa: PLC0415 (it brings the rooms)

        found = list(files(options.path))
        if not found:
            raise Fault(
                en=f"There is no file *.bpmn below {options.path}.", zh=f"{options.path} 下没有 *.bpmn 文件。"
            )
        report = Report("conformance-bpmn")
        seen = [_tell_file(report, looked(file)) for file in found]
    processes = [process for one in seen for process in one.processes]
    report.info("processes", len(processes))
    report.info("processes, executable", sum(process.executable for process in processes))
    report.info(
        "processes, drawn", sum(not process.executable and process.shapes > 0 for process in processes)
    )
    report.info("elements not executed, named", sum(len(process.findings) for process in processes))
    return report.close()


def _tell_file(report: Report, one: LookedFile) -> LookedFile:
    """Everything about a file, then its line."""
    for fault in one.faults:
        print(f"✗ {one.file.name}: {tell(en=fault.en, zh=fault.zh)}")
    if one.defect:
        print(f"✗ {one.file.name}: {one.defect}")
    for process in one.processes:
        state = tell(en="executable", zh="可执行") if process.executable else tell(en="drawn", zh="仅绘图")
        shapes = tell(en=f"{process.shapes} elements", zh=f"{process.shapes} 个元素")
        print(f"  {one.file.name} {process.id} “{process.title}”: {state} ({shapes})")
        for finding in process.findings:
            print(f"    ! {finding.told('en' if tell(en='en', zh='zh') == 'en' else 'zh')}")
        for idle in process.idle:
            print(f"    · {idle}")
    count = f"{sum(process.executable for process in one.processes)}/{len(one.processes)}"
    if one.holds:
        report.equal(f"{one.file.name}: read; executable {count}", "read", "read")
    else:
        report.equal(f"{one.file.name}", "unreadable", "read")
    return one


def _dmn(options: Namespace) -> int:
    from yizhan.cli.dmn_kit import checks  # noqa: PLC0415 (it brings the rooms)

    files = sorted(options.path.rglob("*-test-*.xml"))
    if not files:
        raise Fault(
            en=f"There is no test file (*-test-*.xml) below {options.path}.",
            zh=f"{options.path} 下没有测试文件（*-test-*.xml）。",
        )
    found = [check for file in files for check in checks(file)]
    report = Report("conformance-dmn")
    _tell_folders(report, found)
    _tell_reasons(report, found)
    if options.each:
        for check in found:
            if check.failure:
                print(f"✗ {check.folder.name}/{check.place}: {check.failure}")
    _tell_levels(report, found, {"2": options.min_level2, "3": options.min_level3})
    report.at_least("checks", len(found), 1)
    return report.close()


def _level(check: Check) -> str:
    found = _LEVEL.search(str(check.folder))
    return found[1] if found else "?"


def _tell_folders(report: Report, found: list[Check]) -> None:
    folders: dict[Path, list[Check]] = defaultdict(list)
    for check in found:
        folders[check.folder].append(check)
    for folder, inside in folders.items():
        report.info(f"{_level(inside[0])} {folder.name}", f"{_passed(inside)}/{len(inside)}")


def _tell_reasons(report: Report, found: list[Check]) -> None:
    reasons = Counter(check.failure for check in found if check.failure)
    for reason, count in reasons.most_common(_MOST_REASONS):
        report.info(f"failed: {reason}", count)


def _tell_levels(report: Report, found: list[Check], least: dict[str, float | None]) -> None:
    for level in sorted({*map(_level, found), *(level for level, wanted in least.items() if wanted)}):
        inside = [check for check in found if _level(check) == level]
        report.info(f"level {level}, checks", len(inside))
        nulls = [check for check in inside if check.wants_null]
        report.info(f"level {level}, passed where null is expected", f"{_passed(nulls)}/{len(nulls)}")
        report.info(f"level {level}, passed", f"{_passed(inside)}/{len(inside)}")
        share = 100 * _passed(inside) / len(inside) if inside else 0.0
        wanted = least.get(level)
        if wanted is None:
            report.info(f"level {level}, share", share, "%")
        else:
            report.at_least(f"level {level}, share", share, wanted, "%")


def _passed(checks: list[Check]) -> int:
    return sum(not check.failure for check in checks)
