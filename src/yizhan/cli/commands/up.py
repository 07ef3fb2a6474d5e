"""``./yizhan up``: the whole system in one tree of processes, ready to click."""

from __future__ import annotations

import json
import os
import signal
import time
from argparse import ArgumentParser, Namespace

from yizhan.cli import environment, home, machine, parts, service, stages
from yizhan.cli.parts import DatabaseServer, Program
from yizhan.cli.speech import Fault, say, tell
from yizhan.cli.supervisor import Supervisor

help = tell(en="Start everything: database, web and worker", zh="启动全部：数据库、网站和后台处理")

_PATIENCE = 90.0  # seconds for the first page


def arguments(parser: ArgumentParser) -> None:
    """What a start can be told."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--empty",
        action="store_true",
        help=tell(en="no demo district, for real work", zh="不装演示区，用于正式运行"),
    )
    parser.add_argument("--demo-scale", default="small", choices=["small", "tenth", "full"])
    parser.add_argument(
        "--workers",
        type=int,
        default=2,
        help=tell(en="processes that answer requests", zh="处理请求的进程数"),
    )
    parser.add_argument(
        "--clock",
        default=os.environ.get("YIZHAN_CLOCK", ""),
        metavar="ISO",
        help=tell(en="let the district's clock begin at this time", zh="把全区时钟设到该时刻"),
    )


def run(options: Namespace) -> int:
    """Prepare, start, watch until told to stop."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the supervisor listens itself
    serving = environment.served_at(options.host, options.port)
    clock = environment.clock(options.clock)
    with home.claimed(serving["YIZHAN_PUBLIC_ADDRESS"], clock):
        home.require_whole()
        parts.end_leftovers()
        _require_free_port(options.host, options.port)
        where = environment.database()
        district = home.district(empty=options.empty)
        start = stages.Start(where, options.demo_scale if district == "demo" else "", clock)
        try:
            stages.run(start)
            home.keep_district(district)
            _serve(start, options, serving, began)
        finally:
            if where.cluster:
                where.cluster.stop()
    say(en="Stopped.", zh="已停止。")
    return 0


def _serve(start: stages.Start, options: Namespace, serving: dict[str, str], began: float) -> None:
    variables = {**start.variables(), **serving}
    account = service.prepare().listening_at(options.port)
    account.say_reason()
    web = Program("web", parts.web(options.host, options.port, options.workers), variables, account)
    supervisor = Supervisor()
    try:
        if start.where.cluster and start.server:
            supervisor.add(DatabaseServer(start.where.cluster, start.server))
        supervisor.add(Program("worker", parts.worker(), variables, account))
        supervisor.add(web)
        if supervisor.wait_until(lambda: parts.answers(options.host, options.port), web, _PATIENCE):
            seconds = time.monotonic() - began
            _greet(start, serving["YIZHAN_PUBLIC_ADDRESS"], seconds, options)
            supervisor.watch()
    finally:
        say(en="Stopping …", zh="正在停止……")
        supervisor.stop()


def _greet(start: stages.Start, address: str, seconds: float, options: Namespace) -> None:
    nobody = not start.demo and _nobody_works_here(start)  # asked first: all lines come at once
    say(
        en=f"\nYizhan 一站 runs at {address} (ready in {seconds:.1f} s; Ctrl-C stops it)",
        zh=f"\n一站已启动：{address}（用时 {seconds:.1f} 秒，按 Ctrl-C 停止）",
    )
    if start.demo and stages.PEOPLE.exists():
        people = json.loads(stages.PEOPLE.read_text())
        say(en=people["en"], zh=people["zh-hans"])
    if start.demo and options.host not in {"127.0.0.1", "::1", "localhost"}:
        say(
            en="The demo lets everyone be anyone: keep it inside a network you trust.",
            zh="演示区允许任何人扮演任何角色，请只在可信网络中开放。",
        )
    if nobody:
        say(
            en="The district is empty. Make its first administrator in another terminal:\n"
            '  ./yizhan admin create USERNAME --name "FULL NAME"\n'
            f"then log in at {address}/staff/login.",
            zh="这是一个空区。请在另一个终端建立首位管理员：\n"
            "  ./yizhan admin create 用户名 --name 姓名\n"
            f"然后在 {address}/staff/login 登录。",
        )


def _nobody_works_here(start: stages.Start) -> bool:
    """Whether no member of staff has an account yet; that is told at every start, since the first is soon scrolled away."""
    import psycopg  # noqa: PLC0415 (the supervisor watches for months and needs no driver)

    with psycopg.connect(start.where.owner) as database:
        found = database.execute("select from identity_account where kind = 'staff' limit 1")
        return found.fetchone() is None


def _require_free_port(host: str, port: int) -> None:
    number = machine.why_not((host, port))
    if number:
        raise Fault(
            en=f"Port {port} on {host} cannot be used ({machine.words(number)}); choose another with --port.",
            zh=f"无法使用 {host} 的端口 {port}（{machine.words(number)}），请用 --port 另选一个。",
        )
