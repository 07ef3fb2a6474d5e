"""``./yizhan lock``: resolve requirements/*.in anew into hash-locked files that name no package index."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from yizhan.cli import packages
from yizhan.cli.children import complete
from yizhan.cli.places import write_whole
from yizhan.cli.speech import Fault, say, step, tell
from yizhan.cli.troubles import explain

help = tell(en="Resolve and hash-lock the Python requirements", zh="重新解析并锁定 Python 依赖")

_OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def arguments(parser: ArgumentParser) -> None:
    """Keep the locked versions unless told otherwise."""
    parser.add_argument(
        "--upgrade", action="store_true", help=tell(en="take the newest versions", zh="升级到最新版本")
    )


def run(options: Namespace) -> int:
    """Lock all four sets; the test set and the benchmarks' peers have the run set's versions."""
    of_run = ("-c", "run.txt")
    for name, constraints in (("bootstrap", ()), ("run", ()), ("test", of_run), ("peers", of_run)):
        with step(en=f"{name}.txt", zh=f"{name}.txt"):
            _lock(name, [*constraints, *(["--upgrade"] if options.upgrade else [])])
    say(en="Locked; the next command installs what has changed.", zh="已锁定，下一个命令会安装有变化的部分。")
    return 0


def _lock(name: str, more: list[str]) -> None:
    uv, target = Path(sys.prefix) / "bin" / "uv", packages.REQUIREMENTS / f"{name}.txt"
    with tempfile.TemporaryDirectory() as scratch:
        result = Path(scratch) / target.name
        if target.exists():
            result.write_text(target.read_text())  # uv keeps the versions it finds in its output file
        command = [str(uv), "pip", "compile", f"{name}.in", "-o", str(result), *_OPTIONS, *more]
        variables = {**os.environ, **packages.settings_for_uv(packages.pip_configuration(), os.environ)}
        complete(command, variables, folder=packages.REQUIREMENTS, explained=explain)
        text = result.read_text()
    if "://" in text:
        raise Fault(
            en=f"{target.name} would name an address; it was not written.",
            zh=f"{target.name} 中出现网址，未写入。",
        )
    write_whole(target, text)
