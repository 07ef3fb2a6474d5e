"""The embedded PostgreSQL 内置数据库: made, configured, started and stopped with the wheel's own programs.

Nobody gets in without a password (scram-sha-256), there is no port, and the socket lies in a private
folder. Under root the server runs as a system account, and no folder above ``YIZHAN_HOME`` is changed.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from yizhan.cli import cluster_making, processes
from yizhan.cli.account import Account, database_account, require_passage, service_account
from yizhan.cli.cluster_making import SUPERUSER, programs
from yizhan.cli.cluster_settings import ACCESS, OWN_SETTINGS, settings
from yizhan.cli.places import HOME, LOGS, private_folder
from yizhan.cli.secret import secret
from yizhan.cli.speech import Fault

OWNER, APPLICATION, DATABASE = "yizhan_owner", "yizhan_app", "yizhan"

# sockaddr_un holds 108 bytes, one of them the closing zero.
_LONGEST_SOCKET_PATH = 107
_SOCKET = ".s.PGSQL.5432"
_PATIENCE = 60.0  # seconds; a large write-ahead log takes its time to be read back


class Cluster:
    """One PostgreSQL server in one folder; ``lasting=False`` gives up safety for speed, for tests."""

    def __init__(self, folder: Path = HOME / "database", *, lasting: bool = True) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._lasting = lasting

    @property
    def socket_folder(self) -> Path:
        """Beside the data, or in the temporary folder when that path would be too long for a socket."""
        if len(os.fsencode(self.folder / _SOCKET)) <= _LONGEST_SOCKET_PATH:
            return self.folder
        mark = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"yizhan-{mark}"

    def address(self, role: str, database: str = DATABASE) -> str:
        """The address by which a role logs in to a database of this cluster."""
        password, host = secret(f"database.{role}"), quote(str(self.socket_folder), safe="")
        return f"postgresql://{role}:{quote(password)}@/{database}?host={host}"

    def prepare(self) -> None:
        """Make the cluster unless it is there, and write its settings.

        Raises:
            Fault: it cannot be made, or another major version of PostgreSQL made it.
        """
        account = database_account()
        if account:
            require_passage(self.folder, programs() / "postgres")
        cluster_making.own(private_folder(self.folder), account)
        self._prepare_socket_folder(account)
        _open_to_service(self.socket_folder)
        if not self.data.exists():
            cluster_making.make(self.data, account, secret(f"database.{SUPERUSER}"), lasting=self._lasting)
        cluster_making.check_version(self.data)
        cluster_making.write(
            self.data / "postgresql.conf",
            settings(self.socket_folder, lasting=self._lasting, shared=account is not None),
            account,
        )
        cluster_making.write(self.data / "pg_hba.conf", ACCESS, account)
        if not (self.data / "own.conf").exists():
            cluster_making.write(self.data / "own.conf", OWN_SETTINGS, account)

    def start(self, *, bound_to_us: bool) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers.

        Args:
            bound_to_us: the server ends when this process does, however that happens.

        Raises:
            Fault: it did not start; its last words are in the sentence.
        """
        written = self._log.stat().st_size if self._log.exists() else 0
        server = self.launch(bound_to_us=bound_to_us)
        deadline = time.monotonic() + _PATIENCE
        while not self.is_ready():
            if server.poll() is not None or time.monotonic() > deadline:
                last = cluster_making.last_words(self._log.read_bytes()[written:].decode(errors="replace"))
                raise Fault(
                    en=f"The database did not start: {last} (details: {self._log}).",
                    zh=f"数据库未能启动：{last}（详见 {self._log}）。",
                )
            time.sleep(0.02)
        return server

    def launch(self, *, bound_to_us: bool) -> subprocess.Popen[bytes]:
        """Start the server without waiting for it."""
        self.end_leftovers()
        account = database_account()
        bond = processes.dying_with_parent(signal.SIGINT) if bound_to_us else None
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [programs() / "postgres", "-D", self.data],
                cwd=self.folder,
                env=cluster_making.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=bond,  # noqa: PLW1509 (there are no threads here)
                user=account.user if account else None,
                group=account.group if account else None,
                extra_groups=[] if account else None,
            )

    def stop(self) -> None:
        """Stop the server, whoever started it; connections are cut, nothing committed is lost."""
        pid = self.server_pid()
        if pid:
            processes.end([pid], signal.SIGINT, _PATIENCE)

    def is_ready(self) -> bool:
        """Whether the server takes connections (it says so in the eighth line of its pid file)."""
        lines = self._pid_lines()
        return len(lines) > 7 and lines[7].strip() == "ready" and processes.is_alive(int(lines[0]))

    def server_pid(self) -> int | None:
        """The number of the running server, or None."""
        lines = self._pid_lines()
        pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
        return pid if pid and processes.is_alive(pid) and self._is_ours(pid) else None

    def end_leftovers(self) -> None:
        """End what a killed run left behind, so that the next server can have the data and the socket.

        The two lock files name a process; after a power cut that number may belong to anybody.
        """
        self.stop()
        processes.end(processes.working_in(self.data), signal.SIGQUIT, 5)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_folder / f"{_SOCKET}.lock").unlink(missing_ok=True)

    @property
    def _log(self) -> Path:
        return private_folder(LOGS) / f"{self.folder.name}.log"

    def _prepare_socket_folder(self, account: Account | None) -> None:
        folder = self.socket_folder
        if folder == self.folder:
            return
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            cluster_making.own(folder, account)
        found, wanted = folder.lstat(), account.user if account else os.geteuid()
        # Another account could have made it first, to listen in.
        if found.st_mode not in {stat.S_IFDIR | 0o700, stat.S_IFDIR | 0o710} or found.st_uid != wanted:
            raise Fault(
                en=f"{folder} is not ours: remove it, or choose a shorter YIZHAN_HOME.",
                zh=f"{folder} 属于其他账户：请删除它，或换用路径较短的 YIZHAN_HOME。",
            )

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _is_ours(self, pid: int) -> bool:
        """The number may belong to another program by now; the server works in its data folder."""
        return not Path("/proc/self").exists() or pid in processes.working_in(self.data)


def _open_to_service(folder: Path) -> None:
    """Web and worker pass through to the socket; the data beside it stay the database's alone."""
    if service := service_account():
        os.chown(folder, -1, service.group)
        folder.chmod(0o710)
