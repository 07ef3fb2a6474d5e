"""``./yizhan worker``: the background worker alone, for example on a machine of its own."""

from __future__ import annotations

import signal
import threading
from argparse import SUPPRESS, ArgumentParser, Namespace

import django

from yizhan.cli import environment, frontend, parts, service, translations, typefaces
from yizhan.cli.speech import tell

help = tell(en="Run a background worker against DATABASE_URL", zh="单独运行后台处理（连接 DATABASE_URL）")


def arguments(parser: ArgumentParser) -> None:
    """None for people."""
    parser.add_argument("--prepared", action="store_true", help=SUPPRESS)


def run(options: Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; the piece of work in hand is finished first."""
    if not options.prepared:
        _prepare()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    django.setup()
    from yizhan.journal import worker  # noqa: PLC0415 (it needs the rooms that setup makes ready)

    worker.run(stop)
    return 0


def _prepare() -> None:
    """What ``up`` does for its own worker; under root this process becomes the service account's."""
    variables = environment.of_a_part_alone()
    frontend.install_packages()  # papers are set with their fonts
    typefaces.install()
    translations.compile_stale()
    account = service.prepare()
    account.say_reason()
    if account.account:
        account.begin(parts.worker(), variables)
    environment.become(variables)
