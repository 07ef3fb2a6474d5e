"""``./yizhan database prepare | migrate | check``: roles, database and tables on any server."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from yizhan.cli import environment, migrations, roles
from yizhan.cli.cluster_use import in_use
from yizhan.cli.speech import Fault, say, tell

help = tell(en="Prepare, migrate or check the database", zh="准备、迁移或检查数据库")


def arguments(parser: ArgumentParser) -> None:
    """One verb and, for ``prepare``, the administrator's address."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    prepare = verbs.add_parser(
        "prepare", help=tell(en="make both roles and the database", zh="建立两个账户和数据库")
    )
    prepare.add_argument("--print", action="store_true", help=tell(en="only show the SQL", zh="只显示 SQL"))
    prepare.add_argument(
        "--admin-url",
        default=os.environ.get("DATABASE_ADMIN_URL", ""),
        help=tell(
            en="an administrator of the server (or DATABASE_ADMIN_URL)",
            zh="服务器管理员的地址（或 DATABASE_ADMIN_URL）",
        ),
    )
    verbs.add_parser("migrate", help=tell(en="bring the tables up to date", zh="更新数据表"))
    verbs.add_parser("check", help=tell(en="log in with both roles", zh="用两个账户试登录"))


def run(options: Namespace) -> int:
    """Do one of the three."""
    where = environment.database()
    verbs = {"prepare": _prepare, "migrate": _migrate, "check": _check}
    return verbs[options.verb](where, options)


def _prepare(where: environment.Database, options: Namespace) -> int:
    if options.print:
        print(roles.script(where.owner, where.application))
        return 0
    if where.cluster is None and not options.admin_url:
        raise Fault(
            en="This needs an administrator of your server: give --admin-url, or run the SQL that --print shows.",
            zh="此操作需要数据库服务器的管理员：请用 --admin-url 指明地址，或由其执行 --print 给出的 SQL。",
        )
    with in_use(where.cluster):
        roles.prepare(options.admin_url or where.superuser, where.owner, where.application)
    say(en="The roles and the database are there.", zh="账户和数据库已就绪。")
    return 0


def _migrate(where: environment.Database, _: Namespace) -> int:
    with in_use(where.cluster):
        print(migrations.migrate(where), end="")
    return 0


def _check(where: environment.Database, _: Namespace) -> int:
    with in_use(where.cluster):
        for address in (where.owner, where.application):
            roles.require_unicode(address)
        if roles.name_of(where.owner) == roles.name_of(where.application):
            raise Fault(
                en="DATABASE_URL and DATABASE_OWNER_URL must name two different roles.",
                zh="DATABASE_URL 与 DATABASE_OWNER_URL 必须使用两个不同的账户。",
            )
    say(en="Both roles can log in.", zh="两个账户均可登录。")
    return 0
