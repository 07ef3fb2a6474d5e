"""``./yizhan web``: the web server alone, for example on a machine of its own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yizhan.cli import environment, frontend, parts, service, translations, typefaces
from yizhan.cli.speech import step, tell

help = tell(en="Run a web server against DATABASE_URL", zh="单独运行网站（连接 DATABASE_URL）")


def arguments(parser: ArgumentParser) -> None:
    """Where it listens."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--workers",
        type=int,
        default=2,
        help=tell(en="processes that answer requests", zh="处理请求的进程数"),
    )


def run(options: Namespace) -> int:
    """Become the web server."""
    variables = environment.of_a_part_alone()
    with step(en="front end", zh="前端资源"):
        frontend.build()
        typefaces.install()
    translations.compile_stale()
    serving = environment.served_at(options.host, options.port)
    command = parts.web(options.host, options.port, options.workers)
    account = service.prepare().listening_at(options.port)
    account.say_reason()
    account.begin(command, {**variables, **serving})
    return 0
