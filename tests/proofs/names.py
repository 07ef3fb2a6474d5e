"""Every name in the registers can stand on a paper: in each face, asked of the fonts' tables and set by the press.

It reads the district that lies in the state folder, whichever that is.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import TYPE_CHECKING

from yizhan.cli import frontend, typefaces
from yizhan.cli.application import application
from yizhan.cli.places import REPORTS, write_whole
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

if TYPE_CHECKING:
    from yizhan.records.glyphs import Looked

help = tell(en="Papers can be set with every name of the registers", zh="基础库姓名用字能否全部排印")

MISSING = REPORTS / "prove-names.missing.json"
_MOST_TOLD = 60


def arguments(parser: ArgumentParser) -> None:
    """What is to be set besides."""
    parser.add_argument(
        "--also",
        default="",
        metavar="CHARACTERS",
        help=tell(en="characters to try besides", zh="一并查验的字"),
    )


def run(options: Namespace) -> int:
    """Collect, ask, set, print, keep."""
    report = Report("prove-names", seed=options.seed)
    frontend.install_packages()
    typefaces.install()
    with application():
        from yizhan.registry import names  # noqa: PLC0415 (it needs the rooms that setup makes ready)

        with step(en="characters of all names", zh="汇集姓名用字"):
            found = names.characters()
        looked = _looked("".join(found) + options.also)
    for one in looked:
        _tell(report, one, found)
    report.info("characters in names, distinct", len(found))
    report.info("characters in names", sum(found.values()))
    told = {one.role: {of: found[of] for of in one.missing} for one in looked}
    write_whole(MISSING, json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return report.close()


def _looked(characters: str) -> list[Looked]:
    from yizhan import clock  # noqa: PLC0415
    from yizhan.records import fonts, glyphs  # noqa: PLC0415
    from yizhan.records.typesetting import Typesetter  # noqa: PLC0415

    files = fonts.files()
    typesetter = Typesetter(files)
    try:
        with step(en="tables of fonts, and sheets", zh="查字体、试排"):
            return [glyphs.look(role, characters, typesetter, files, clock.now()) for role in glyphs.ROLES]
    finally:
        typesetter.close()


def _tell(report: Report, one: Looked, found: Counter[str]) -> None:
    for file, many in one.drawn_by.items():
        report.info(f"{one.role}: drawn by {file}", many)
    report.equal(f"{one.role}: characters missing", len(one.missing), 0)
    if one.missing:
        often = sorted(one.missing, key=lambda of: -found[of])
        listed = " ".join(f"{of} U+{ord(of):04X}" for of in often[:_MOST_TOLD])
        sys.stdout.write(f"  ✗ {listed}{' …' if len(often) > _MOST_TOLD else ''}\n")
