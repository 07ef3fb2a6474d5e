"""``./yizhan bench NAME``: measure the product against its limits.

A benchmark is a file in ``tests/benchmarks``, found because it exists, with the names of a command
(``help``, ``arguments``, ``run``). Its figures go through ``yizhan.cli.report``.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import cast

from yizhan.cli import frontend, helps, translations
from yizhan.cli.__main__ import Command
from yizhan.cli.places import CHECKOUT
from yizhan.cli.speech import Fault, tell

help = tell(en="Measure the product against its limits", zh="性能测量：与限值对照")
takes_rest = True

FOLDER = CHECKOUT / "tests/benchmarks"


def arguments(parser: ArgumentParser) -> None:
    """Which; the rest is for the benchmark."""
    parser.add_argument("name", nargs="?", default="", metavar="NAME")
    parser.add_argument(
        "--list", action="store_true", help=tell(en="what can be measured", zh="列出可以测量的项目")
    )


def run(options: Namespace) -> int:
    """List, or measure one; 0 only when every limit holds."""
    if options.list or not options.name:
        for name in names():
            print(f"  {name:12}  {helps.summary(helps.file_of(FOLDER, name))}")
        return 0 if options.list else 2
    benchmark = load(options.name)
    parser = ArgumentParser(prog=f"./yizhan bench {options.name}", description=benchmark.help)
    benchmark.arguments(parser)
    wanted = parser.parse_args(options.rest)
    frontend.build()
    translations.compile_stale()
    try:
        return benchmark.run(wanted)
    except AssertionError as broken:  # the product or a page did not do what a measurement rests on
        raise Fault(en=f"The measurement broke off: {broken}", zh=f"测量中断：{broken}") from broken


def names() -> list[str]:
    """What can be measured."""
    return helps.saying(FOLDER)


def load(name: str) -> Command:
    """Import a benchmark.

    Raises:
        Fault: there is none of this name.
    """
    if name not in names():
        raise Fault(
            en=f"There is no benchmark {name}; ./yizhan bench --list names them.",
            zh=f"没有名为 {name} 的测量项目，运行 ./yizhan bench --list 查看全部。",
        )
    if str(CHECKOUT) not in sys.path:
        sys.path.insert(0, str(CHECKOUT))
    return cast(Command, import_module(f"tests.benchmarks.{name.replace('-', '_')}"))
