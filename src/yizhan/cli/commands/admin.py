"""``./yizhan admin create``: the first administrator of an empty district."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace

from yizhan.cli.application import application
from yizhan.cli.speech import Fault, say, tell

help = tell(en="Open the first administrator's account", zh="开设首位管理员账户")


def arguments(parser: ArgumentParser) -> None:
    """Who; the password is asked for, or read from standard input."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    create = verbs.add_parser(
        "create", help=tell(en="only while there is no staff", zh="仅在尚无工作人员时可用")
    )
    create.add_argument("username")
    create.add_argument("--name", required=True, help=tell(en="the person's name", zh="姓名"))


def run(options: Namespace) -> int:
    """Open the account; the second factor is set up at the first log-in."""
    password = _password()
    with application():
        from django.core.exceptions import ValidationError  # noqa: PLC0415

        from yizhan.identity import accounts, scope  # noqa: PLC0415
        from yizhan.identity.faults import Refused  # noqa: PLC0415

        try:
            with scope.service():
                accounts.create_first_administrator(options.username, options.name, password)
        except Refused as refused:
            raise Fault(en=str(refused), zh=str(refused)) from refused
        except ValidationError as refused:  # the password
            words = " ".join(refused.messages)
            raise Fault(en=words, zh=words) from refused
    say(
        en="The account is open. Log in at /staff/login; a second factor is set up first.",
        zh="账户已开设。请在 /staff/login 登录，首次登录先设置第二验证因素。",
    )
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass(tell(en="Password: ", zh="密码："))
    if password != getpass.getpass(tell(en="Again: ", zh="再输一次：")):
        raise Fault(en="The two passwords differ.", zh="两次输入的密码不一致。")
    return password
