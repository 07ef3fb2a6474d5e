"""``./yizhan demo load | people``: the synthetic district."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from yizhan.cli import home
from yizhan.cli.application import application
from yizhan.cli.speech import Fault, tell

help = tell(en="Load the demo district, or list its people", zh="载入演示区，或列出可试用的身份")


def arguments(parser: ArgumentParser) -> None:
    """One verb."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    load = verbs.add_parser("load", help=tell(en="load what is missing", zh="补齐演示数据"))
    load.add_argument("--scale", choices=("small", "tenth", "full"), default="small")
    verbs.add_parser("people", help=tell(en="the people one can be", zh="可试用的身份"))


def run(options: Namespace) -> int:
    """Do one of the two."""
    home.require_demo()
    if options.verb == "load" and not home.DISTRICT.exists() and not os.environ.get("DATABASE_URL"):
        raise Fault(
            en="Nothing has been started here yet; ./yizhan up loads the demo by itself.",
            zh="此处尚未启动过；运行 ./yizhan up 会自动载入演示区。",
        )
    os.environ["YIZHAN_DEMO"] = "1"
    with application():
        from django.conf import settings  # noqa: PLC0415
        from django.utils import translation  # noqa: PLC0415

        from yizhan.demo import load  # noqa: PLC0415

        if options.verb == "people":
            print(load.people())
            return 0
        try:
            with translation.override(settings.LANGUAGE_CODE):  # what is stored is Chinese
                load.ensure(options.scale)
            print(load.people())
        except load.RealDistrict as refused:
            raise Fault(en=str(refused), zh=str(refused)) from refused
        home.keep_district("demo")
    return 0
