"""``./yizhan demo load | people``: the synthetic district."""

from __future__ import annotations

import os
import resource
import time
from argparse import ArgumentParser, Namespace

from yizhan.cli import home
from yizhan.cli.application import application
from yizhan.cli.speech import Fault, say, tell

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
                began = time.monotonic()
                load.ensure(options.scale, _told)
            _measured(began)
            print(load.people())
        except load.RealDistrict as refused:
            raise Fault(en=str(refused), zh=str(refused)) from refused
        home.keep_district("demo")
    return 0


def _told(done: int, many: int) -> None:
    """A line for each twentieth of the way; a small district needs none."""
    if many > _SMALL and done * 20 // many > (done - _STEP) * 20 // many:
        say(en=f"  {done:,} of {many:,} people", zh=f"  已登记 {done:,} / {many:,} 人")


_SMALL, _STEP = 20_000, 10_000


def _measured(began: float) -> None:
    """What it took: time, disk, and the most memory of this process."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    taken, memory = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        en=f"  {taken:.0f} s, {size / 1e9:.2f} GB of database, at most {memory:.0f} MB of memory here",
        zh=f"  用时 {taken:.0f} 秒，数据库 {size / 1e9:.2f} GB，本进程内存最多 {memory:.0f} MB",
    )
