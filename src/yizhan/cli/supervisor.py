"""Watches over the parts of a running system 守护: starts them, starts again what ends, stops all in reverse.

Small on purpose: it imports no Django, so that what must never fall over has little to fall over.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Protocol

from yizhan.cli import processes
from yizhan.cli.cluster import Cluster
from yizhan.cli.places import HOME, LOGS, private_folder
from yizhan.cli.speech import Fault, say, tell
from yizhan.cli.troubles import last_line

MARK = "YIZHAN_PART"
"""Every process of a part has this variable: so a later start finds what a killed supervisor left."""

_TICK = 0.2  # seconds between two looks at the parts
_LARGEST_LOG = 20 * 1024 * 1024
_PATIENCE = 15.0  # seconds a part may take to end its work
_CALM = 60.0  # seconds a part must live for its earlier falls to be forgotten
_SHORTEST, _LONGEST = 0.5, 30.0  # seconds to wait before starting a part again


class Part(Protocol):
    """Something that is started, watched and stopped."""

    name: str

    def start(self) -> subprocess.Popen[bytes]:
        """Start it once more."""

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End it cleanly, by force when it does not listen."""


class Program:
    """A part that is a program: web or worker."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = command
        self._environment = {**environment, MARK: name}
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


class _Watched:
    """A part with its process and the story of its falls."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process = part.start()
        self.started = time.monotonic()
        self.falls = 0
        self.again_at: float | None = None

    def look(self) -> None:
        """Notice a fall, and start again when the time has come."""
        if self.again_at is not None:
            if time.monotonic() >= self.again_at:
                self._start_again()
        elif self.process.poll() is not None:
            end_group(self.process)
            self._wait_a_little(_how_it_ended(self.process.returncode))

    def _start_again(self) -> None:
        self.again_at = None
        self.started = time.monotonic()
        try:
            self.process = self.part.start()
        except Fault as fault:
            self._wait_a_little(str(fault))

    def _wait_a_little(self, why: str) -> None:
        self.falls = 0 if time.monotonic() - self.started > _CALM else self.falls
        delay = min(_LONGEST, _SHORTEST * 2**self.falls)
        self.falls += 1
        self.again_at = time.monotonic() + delay
        say(
            en=f"{self.part.name} ended ({why}); starting again in {delay:g} s.",
            zh=f"{self.part.name} 已退出（{why}），{delay:g} 秒后重新启动。",
        )


class Supervisor:
    """All parts of one running system."""

    def __init__(self) -> None:
        self._watched: list[_Watched] = []
        self._told_to_stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._hear)

    def add(self, part: Part) -> None:
        """Start a part and watch over it from now on."""
        self._watched.append(_Watched(part))

    def wait_until(self, is_ready: Callable[[], bool], program: Program, patience: float) -> bool:
        """Watch the parts until the newest of them is ready; False when told to stop meanwhile.

        Raises:
            Fault: it is not ready in time, or fell three times on the way.
        """
        newest, deadline = self._watched[-1], time.monotonic() + patience
        while not is_ready():
            self._look()
            if self._told_to_stop.is_set():
                return False
            if time.monotonic() > deadline or newest.falls >= 3:
                last = last_line(program.log.read_text(errors="replace"))
                raise Fault(
                    en=f"{program.name} did not start: {last} (details: {program.log})",
                    zh=f"{program.name} 未能启动：{last}（详见 {program.log}）",
                )
        return True

    def watch(self) -> None:
        """Watch over all parts until someone says stop."""
        while not self._told_to_stop.is_set():
            self._look()

    def stop(self) -> None:
        """Stop all parts, the last started first."""
        while self._watched:
            last = self._watched.pop()
            if last.again_at is None:
                last.part.stop(last.process)

    def _look(self) -> None:
        for watched in self._watched:
            watched.look()
            if isinstance(watched.part, Program):
                watched.part.shorten_log()
        self._told_to_stop.wait(_TICK)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._told_to_stop.set()


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a part's main process left behind, such as the workers of a killed web server."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def end_leftovers() -> None:
    """End the parts that a killed supervisor of this folder left; only who holds its lock may call it."""
    left = [
        pid
        for name in ("web", "worker")
        for pid in processes.with_variables(YIZHAN_HOME=str(HOME), **{MARK: name})
    ]
    processes.end(left, signal.SIGTERM, 5)


def _how_it_ended(code: int) -> str:
    return (
        tell(en=f"signal {-code}", zh=f"信号 {-code}")
        if code < 0
        else tell(en=f"code {code}", zh=f"代码 {code}")
    )
