"""A whole product for tests 整机: its own state folder, its own port, started and stopped like anybody's."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("YIZHAN_HOME") or ROOT / "var").resolve()
PATIENCE = 400.0  # seconds for a start that also loads a demo district, on a machine that is busy

# What the tests' own environment says about databases and clocks is not for the product.
_NOT_FOR_THE_PRODUCT = ("DATABASE_", "YIZHAN_", "DJANGO_", "PYTEST_", "COVERAGE_")


class Product:
    """One running system. ``with Product("--empty") as product: …`` starts it and cleans up behind it.

    With a ``home`` named its state is kept there for another time, and the end of the block only stops it. A ``copied``
    one begins with the state of an empty district that was started once in this run: for proofs to which a first
    start is nothing but waiting.
    """

    def __init__(
        self, *arguments: str, home: Path | None = None, copied: bool = False, **variables: str
    ) -> None:
        self.home = _prepared(home) if home else _copied() if copied else _folder()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = {
            **clean_environment(),
            "YIZHAN_HOME": str(self.home),
            "PYTHONPATH": str(ROOT / "src"),
            **variables,
        }
        self.patience = PATIENCE
        self._arguments = arguments
        self._kept = home is not None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Product:
        try:
            self.start()
        except BaseException:
            self.destroy()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if not self._kept:
            self.destroy()
        elif self.pids("supervisor"):
            self.stop()

    def start(self, *more: str) -> None:
        """Start it and wait for its first answer; what it printed is in ``said()``."""
        with (self.home / "up.log").open("wb") as log:
            self._process = subprocess.Popen(
                self.command("up", "--port", str(self.port), *self._arguments, *more),
                env=self.env,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until(lambda: "Ctrl-C" in self.said(), self.patience)

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Stop it as Ctrl-C or a service manager would; the exit code."""
        assert self._process is not None
        self._process.send_signal(with_signal)
        return self._process.wait(60)

    def kill(self, part: str, *, children: bool = False) -> int:
        """End a part at once (kill -9): supervisor, web, worker or database; its children too if told. Its number.

        In the moment in which a process becomes another program it has no environment to be known by.
        """
        found: list[int] = []
        self.wait_until(lambda: found.extend(self.pids(part)) or found)
        pid, *others = found
        for one in (pid, *others) if children else (pid,):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        if part == "supervisor" and self._process:
            self._process.wait()
        return pid

    def run(
        self, *command: str, timeout: float = 120, typed: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one command in this product's folder, with what is typed into it, and return what it printed."""
        environment = {**self.env, **variables}
        return subprocess.run(
            self.command(*command),
            env=environment,
            cwd=ROOT,
            input=typed,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def command(self, *arguments: str) -> list[str]:
        """A command line of this product."""
        return [sys.executable, "-m", "yizhan.cli", *arguments]

    def pids(self, part: str) -> list[int]:
        """The processes of a part, its main process first."""
        if part == "supervisor":
            return [self._process.pid] if self._process and self._process.poll() is None else []
        if part == "database":
            file = self.home / "database/data/postmaster.pid"
            return [int(file.read_text().split()[0])] if file.exists() else []
        mark = f"YIZHAN_PART={part}".encode()
        found = [pid for pid in self.all_pids() if mark in _variables(pid)]
        supervisor = self.pids("supervisor")
        return sorted(found, key=lambda pid: _parent(pid) not in supervisor)

    def stands(self, part: str) -> bool:
        """Whether the part's main process is there; a child of one that has fallen may outlive it a moment."""
        supervisor = self.pids("supervisor")
        return any(_parent(pid) in supervisor for pid in self.pids(part))

    def all_pids(self) -> list[int]:
        """Every process of this product, the database's included."""
        return processes_of(self.home)

    def answers(self) -> bool:
        """Whether it answers and its database too."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    @contextmanager
    def nobody_watches(self) -> Iterator[None]:
        """Inside the block nothing that was killed is started again, so that one can look at the outage."""
        supervisor = self.pids("supervisor")[0]
        os.kill(supervisor, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(supervisor, signal.SIGCONT)

    def said(self) -> str:
        """What the running system has printed."""
        return (self.home / "up.log").read_text(errors="replace")

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, past row-level security: for what no page shows, such as that it is there once.

        A statement that only changes something gives no rows.
        """
        with psycopg.connect(self.superuser()) as database:
            done = database.execute(statement, values)
            return done.fetchall() if done.description else []

    def superuser(self) -> str:
        """The address of the embedded database for its superuser."""
        password = (self.home / "secrets/database.postgres").read_text()
        return f"postgresql://postgres:{password}@/yizhan?host={self.home / 'database'}"

    def wait_until(self, condition: object, patience: float = 30.0) -> None:
        """Wait until a function answers true; fails when the product ends, or at the end of patience."""
        assert callable(condition)
        deadline = time.monotonic() + patience
        while not condition():
            assert self._process is not None
            assert self._process.poll() is None, f"the product ended:\n{self.said()}"
            assert time.monotonic() < deadline, f"not within {patience} s:\n{self.said()}"
            time.sleep(0.05)

    def destroy(self) -> None:
        """End what still runs and remove the folder."""
        if self._process and self._process.poll() is None:
            self.stop()
        for pid in self.all_pids():
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.home, ignore_errors=True)


def clean_environment() -> dict[str, str]:
    """This process' environment without what it was told about databases, folders and clocks."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_THE_PRODUCT)},
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }


def processes_of(home: Path) -> list[int]:
    """Every process that works for a state folder, the database's included."""
    mark, data = f"YIZHAN_HOME={home}".encode(), str(home / "database/data")
    pids = sorted(int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
    return [pid for pid in pids if mark in _variables(pid) or _works_in(pid) == data]


def proportional_memory(pid: int) -> int:
    """What a process takes in kilobytes, shared pages by its share (PSS); 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, patience: float = 30.0) -> bool:
    """Whether somebody listens at a port before the patience (in seconds) ends."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _folder() -> Path:
    """A folder that the database's account can reach, with the built front end of this checkout in it."""
    (HOME / "products").mkdir(parents=True, exist_ok=True)
    return _prepared(Path(tempfile.mkdtemp(dir=HOME / "products")))


def _copied() -> Path:
    """A folder with the state of an empty district, owners and rights as they were."""
    folder = _folder()
    shutil.rmtree(folder)
    subprocess.run(["cp", "-a", str(_started_once()), str(folder)], check=True)
    (folder / "up.log").unlink()
    return folder


@lru_cache(maxsize=1)
def _started_once() -> Path:
    once = Product("--empty")
    atexit.register(once.destroy)
    once.start()
    once.stop()
    return once.home


def _prepared(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    if (HOME / "assets").exists() and not (folder / "assets").exists():
        shutil.copytree(HOME / "assets", folder / "assets")
        for fonts in ("frontend", "typefaces"):  # the packages, with theirs, among them
            if (HOME / fonts).exists():
                (folder / fonts).symlink_to(HOME / fonts)
    return folder


def _variables(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _works_in(pid: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""
