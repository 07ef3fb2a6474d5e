"""``./yizhan demo load | people``: the synthetic district."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from yizhan.cli import environment
from yizhan.cli.speech import tell

help = tell(en="Load the demo district, or list its people", zh="载入演示区，或列出可试用的身份")


def arguments(parser: ArgumentParser) -> None:
    """One verb."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    load = verbs.add_parser("load", help=tell(en="load what is missing", zh="补齐演示数据"))
    load.add_argument("--scale", choices=("small", "tenth", "full"), default="small")
    verbs.add_parser("people", help=tell(en="the people one can be", zh="可试用的身份"))


def run(options: Namespace) -> int:
    """Do one of the two."""
    os.environ["YIZHAN_DEMO"] = "1"
    with environment.application():
        from yizhan.demo import load  # noqa: PLC0415

        print(load.ensure(options.scale) if options.verb == "load" else load.people())
    return 0
