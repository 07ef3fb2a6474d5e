"""The parts of a running system 运行部件: how each is started, ended, and found when it was left over."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Protocol

from yizhan.cli import processes, service
from yizhan.cli.cluster import Cluster
from yizhan.cli.places import HOME, LOGS, SCRATCH, private_folder
from yizhan.cli.service import OURS, Service
from yizhan.cli.speech import say

MARK = "YIZHAN_PART"
"""Every process of a part has this variable: so a later start finds what a killed supervisor left."""
BESIDE = "beside"
"""Marks what a start makes beside the tables."""

_LARGEST_LOG = 20 * 1024 * 1024
_PATIENCE = 15.0  # seconds a part may take to end its work


class Part(Protocol):
    """Something that is started, watched and stopped."""

    name: str

    def start(self) -> subprocess.Popen[bytes]:
        """Start it once more."""

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End it cleanly, by force when it does not listen."""


class Program:
    """A part that is a program: web or worker."""

    def __init__(
        self, name: str, command: list[str], environment: Mapping[str, str], run_by: Service = OURS
    ) -> None:
        self.name = name
        self._command = [*run_by.opening_ports, *command]
        self._identity = run_by.identity()
        # The database's server names its connections so (pg_stat_activity).
        self._environment = {**environment, **run_by.variables(), MARK: name, "PGAPPNAME": f"yizhan {name}"}
        self.log = private_folder(LOGS) / f"{name}.log"

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, bound to this process, in a process group of its own."""
        self.shorten_log()
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 (no threads here)
                **self._identity,
            )

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Ask it to end its work, wait a while, then end its whole group."""
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                say(en=f"{self.name} does not stop; ending it.", zh=f"{self.name} 没有停止，强制结束。")
        end_group(process)

    def shorten_log(self) -> None:
        """Keep one earlier file. Children append, so the file may be emptied under them."""
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)


class DatabaseServer:
    """The part that is the embedded database; its first start has happened before the supervisor's."""

    name = "database"

    def __init__(self, cluster: Cluster, first: subprocess.Popen[bytes]) -> None:
        self._cluster = cluster
        self._first: subprocess.Popen[bytes] | None = first

    def start(self) -> subprocess.Popen[bytes]:
        """Hand over the running server, or start another one; web and worker wait for it by themselves."""
        first, self._first = self._first, None
        return first or self._cluster.launch(bound_to_us=True)

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Shut the server down; nothing committed is lost."""
        if process.poll() is None:
            self._cluster.stop()
        process.wait()


def web(host: str, port: int, workers: int, application: str = "yizhan.wsgi:application") -> list[str]:
    """The command line of the web server: granian in front of Django, which also serves the built files."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", os.environ.get("YIZHAN_WEB_THREADS") or "2"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"),
        *("--log-level", "warning"),
        application,
    ]


def worker() -> list[str]:
    """The command line of the background worker."""
    return [sys.executable, "-m", "yizhan.cli", "worker", "--prepared"]


def answers(host: str, port: int) -> bool:
    """Whether the web server answers a request, and not with a failure of its own."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    try:
        with socket.create_connection((target, port), timeout=10) as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            status = connection.recv(64).split()[1:2]
    except OSError:
        return False
    return bool(status) and status[0] < b"500"


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a part's main process left behind, such as the workers of a killed web server."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def end_leftovers() -> None:
    """End the parts that a killed supervisor of this folder left, and remove what they had in hand.

    Only who holds the folder's lock may call it.
    """
    left = [
        pid
        for name in ("web", "worker", BESIDE)
        for pid in processes.with_variables(YIZHAN_HOME=str(HOME), **{MARK: name})
    ]
    processes.end(left, signal.SIGTERM, 5)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    service.clear()
