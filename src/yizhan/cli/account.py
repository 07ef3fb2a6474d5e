"""The account that the embedded database runs as 数据库账户: one's own, or under root a system account."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from yizhan.cli.speech import Fault

SERVICE_ACCOUNT = "yizhan-db"


@dataclass(frozen=True)
class Account:
    """A user and its group; ``None`` stands for the account of this process."""

    user: int
    group: int


def database_account() -> Account | None:
    """The service account when this process is root (PostgreSQL refuses to run as root), made if need be.

    Raises:
        Fault: the account is missing and cannot be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        _make()
        entry = pwd.getpwnam(SERVICE_ACCOUNT)
    return Account(entry.pw_uid, entry.pw_gid)


def _make() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        why = getattr(fault, "stderr", "") or fault
        raise Fault(
            en=f"The account {SERVICE_ACCOUNT} cannot be made ({why}); start as another user than root.",
            zh=f"无法建立数据库账户 {SERVICE_ACCOUNT}（{why}）；请改用非 root 用户启动。",
        ) from fault


def require_passage(*paths: Path) -> None:
    """Check that other accounts can pass through all folders above these paths; nothing is changed.

    Raises:
        Fault: a folder is closed.
    """
    for path in paths:
        for folder in reversed(path.resolve().parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                raise Fault(
                    en=f"The database's account cannot enter {folder}; set YIZHAN_HOME to a folder that "
                    "others can reach, for example /var/lib/yizhan, or start as another user than root.",
                    zh=f"数据库账户无法进入 {folder}；请把 YIZHAN_HOME 设为其他账户可进入的目录"
                    "（如 /var/lib/yizhan），或改用非 root 用户启动。",
                )
