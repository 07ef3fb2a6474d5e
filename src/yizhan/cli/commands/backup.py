"""``./yizhan backup FILE``: the whole district in one file."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from yizhan.cli import backup, environment
from yizhan.cli.cluster_use import in_use
from yizhan.cli.speech import say, step, tell

help = tell(en="Back up database, files and keys into one file", zh="把数据库、文件和密钥备份到一个文件")


def arguments(parser: ArgumentParser) -> None:
    """The file, and an administrator where the server is the user's own."""
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--admin-url",
        default=os.environ.get("DATABASE_ADMIN_URL", ""),
        help=tell(
            en="for a server of your own: a role that may read all rows (or DATABASE_ADMIN_URL)",
            zh="自有服务器：可读取全部数据的账户地址（或 DATABASE_ADMIN_URL）",
        ),
    )


def run(options: Namespace) -> int:
    """Make it; the system may run meanwhile."""
    where, target = environment.database(), options.file.absolute()
    with in_use(where.cluster), step(en="backup", zh="备份"):
        backup.make(target, where, options.admin_url or where.superuser)
    size = target.stat().st_size / 2**20
    say(
        en=f"{target} ({size:.1f} MB) holds the district's data and keys: keep it private.",
        zh=f"{target}（{size:.1f} MB）含有全区数据和密钥，请妥善保管，勿让他人读取。",
    )
    return 0
