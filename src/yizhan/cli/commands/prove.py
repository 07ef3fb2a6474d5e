"""``./yizhan prove NAME [--seed N]``: let the product show what it claims, on data made for it.

A proof is a file in ``tests/proofs`` with the names of a command (``help``, ``arguments``, ``run``), found because it
exists. Its figures go through ``yizhan.cli.report``; the same seed makes the same data.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import cast

from yizhan.cli import helps
from yizhan.cli.__main__ import Command
from yizhan.cli.places import CHECKOUT
from yizhan.cli.speech import Fault, tell

help = tell(en="Let the product show what it claims", zh="验证：让产品证明自己的说法")
takes_rest = True

FOLDER = CHECKOUT / "tests/proofs"
SEED = 20261120


def arguments(parser: ArgumentParser) -> None:
    """Which; the rest is for the proof."""
    parser.add_argument("name", nargs="?", default="", metavar="NAME")
    parser.add_argument(
        "--list", action="store_true", help=tell(en="what can be proved", zh="列出可以验证的项目")
    )


def run(options: Namespace) -> int:
    """List, or prove one; 0 only when everything holds."""
    if options.list or not options.name:
        for name in names():
            print(f"  {name:12}  {helps.summary(helps.file_of(FOLDER, name))}")
        return 0 if options.list else 2
    proof = load(options.name)
    parser = ArgumentParser(prog=f"./yizhan prove {options.name}", description=proof.help)
    again = tell(en="makes the same data again", zh="同一数字得到同样的数据")
    parser.add_argument("--seed", type=int, default=SEED, help=again)
    proof.arguments(parser)
    try:
        return proof.run(parser.parse_args(options.rest))
    except AssertionError as broken:
        raise Fault(en=f"The proof broke off: {broken}", zh=f"验证中断：{broken}") from broken


def names() -> list[str]:
    """What can be proved."""
    return helps.saying(FOLDER)


def load(name: str) -> Command:
    """Import a proof.

    Raises:
        Fault: there is none of this name.
    """
    if name not in names():
        raise Fault(
            en=f"There is no proof {name}; ./yizhan prove --list names them.",
            zh=f"没有名为 {name} 的验证项目，运行 ./yizhan prove --list 查看全部。",
        )
    if str(CHECKOUT) not in sys.path:
        sys.path.insert(0, str(CHECKOUT))
    return cast(Command, import_module(f"tests.proofs.{name.replace('-', '_')}"))
