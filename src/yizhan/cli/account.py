"""The accounts that parts run as 运行账户: one's own, or under root two system accounts.

The database has one and web and worker another, so that whoever breaks into a page reaches no database file.
"""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from yizhan.cli.speech import Fault

DATABASE_ACCOUNT = "yizhan-db"
SERVICE_ACCOUNT = "yizhan-app"


@dataclass(frozen=True)
class Account:
    """A user and its group; ``None`` stands for the account of this process."""

    user: int
    group: int


def database_account() -> Account | None:
    """The database's account when this process is root (PostgreSQL refuses to run as root), made if need be.

    Raises:
        Fault: the account is missing and cannot be made.
    """
    return _account(DATABASE_ACCOUNT) if os.geteuid() == 0 else None


def service_account() -> Account | None:
    """The account of web and worker when this process is root, made if need be.

    Raises:
        Fault: the account is missing and cannot be made.
    """
    return _account(SERVICE_ACCOUNT) if os.geteuid() == 0 else None


def known(name: str) -> Account | None:
    """The account of that name, where the machine has one."""
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _account(name: str) -> Account:
    account = known(name)
    if account is None:
        _make(name)
        account = known(name)
    assert account, "useradd has just made it"
    return account


def _make(name: str) -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", name]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        if known(name):  # another command that began at the same moment was faster
            return
        why = str(getattr(fault, "stderr", "") or fault).strip()
        raise Fault(
            en=f"The account {name} cannot be made ({why}); start as another user than root.",
            zh=f"无法建立系统账户 {name}（{why}）；请改用非 root 用户启动。",
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
