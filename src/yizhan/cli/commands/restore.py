"""``./yizhan restore FILE``: the state of a backup in the place of what is here."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from yizhan.cli import backup, environment, home
from yizhan.cli.cluster_use import in_use
from yizhan.cli.speech import say, step, tell

help = tell(en="Restore a backup, here or on another machine", zh="恢复备份，可在本机或另一台机器")


def arguments(parser: ArgumentParser) -> None:
    """The file, and whether it may replace what is here."""
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--force", action="store_true", help=tell(en="replace what is here", zh="替换现有内容")
    )
    parser.add_argument(
        "--admin-url",
        default=os.environ.get("DATABASE_ADMIN_URL", ""),
        help=tell(
            en="for a server of your own: its administrator (or DATABASE_ADMIN_URL)",
            zh="自有服务器：管理员地址（或 DATABASE_ADMIN_URL）",
        ),
    )


def run(options: Namespace) -> int:
    """Restore it; the system must not run meanwhile."""
    where = environment.database()
    with home.claimed("restore"), in_use(where.cluster), step(en="restore", zh="恢复"):
        manifest = backup.restore(
            options.file, where, options.admin_url or where.superuser, force=options.force
        )
    say(
        en=f"Restored the state of {manifest.made}; ./yizhan up starts it.",
        zh=f"已恢复到 {manifest.made} 的状态，运行 ./yizhan up 启动。",
    )
    return 0
