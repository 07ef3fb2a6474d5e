"""The benchmarks' district: a product of its own in ``YIZHAN_HOME/bench``, filled once and kept for later runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

import psycopg

from tests.product import HOME, ROOT, Product
from yizhan.cli import environment
from yizhan.cli.speech import Fault, step

CLOCK = "2026-11-20T09:30"
WORKERS = 1
"""One process answers, so that a page is measured with what that process remembers of the page before."""

FOLDER = HOME / "bench"
_WORKING = (
    "select 1 from pg_stat_activity where application_name = 'yizhan worker' and xact_start is not null"
)
_PATIENCE = 900.0  # seconds for a start; the first one also loads the demo district


class District:
    """``with District() as district: …`` starts it, made and filled as far as that is missing.

    Without ``tasks`` it makes no hundred thousand of them, without ``services`` no 580 services and their staff either;
    if there are some from another run, they stay.
    """

    def __init__(self, *, tasks: bool = True, services: bool = True) -> None:
        self._tasks, self._services = tasks and services, services
        self.product = Product("--clock", CLOCK, "--workers", str(WORKERS), home=FOLDER)
        self.product.patience = _PATIENCE
        self.address = self.product.address
        self.superuser = ""

    def __enter__(self) -> District:
        with step(en="the benchmarks' district", zh="测量用的演示区"):
            self.product.start()
            self.superuser = self._run("addresses").strip()
        try:
            self._filled()
        except BaseException:
            self.product.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.product.__exit__(kind, error, trace)

    def database(self) -> psycopg.Connection:
        """A connection of the superuser, each statement its own transaction."""
        return psycopg.connect(self.superuser, autocommit=True)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """The background worker stands still meanwhile: it takes timers and works under the application's role.

        It is stopped between two transactions: one that stood open would keep its locks, and the rows that others
        leave behind.
        """
        workers = self.product.pids("worker")
        with self.database() as database:
            _signal(workers, signal.SIGSTOP)
            while database.execute(_WORKING).fetchone():
                _signal(workers, signal.SIGCONT)
                time.sleep(0.05)
                _signal(workers, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(workers, signal.SIGCONT)

    def _filled(self) -> None:
        if self._services:
            self._once("services", lambda: self._run("services"), en="580 services", zh="五百八十个事项")
            self._once("staff", lambda: self._run("staff"), en="staff who log in", zh="登录人员")
        if self._tasks:
            self._once("tasks", lambda: self._run("tasks"), en="100,000 open tasks", zh="十万条待办任务")
        with self.database() as database:
            counting = database.execute("show shared_preload_libraries").fetchone()
            if counting and "pg_stat_statements" not in counting[0]:
                database.execute("alter system set shared_preload_libraries = 'pg_stat_statements'")
                database.execute("create extension if not exists pg_stat_statements")
                self.product.stop()
                self.product.start()

    def _once(self, name: str, do: Callable[[], object], *, en: str, zh: str) -> None:
        done = FOLDER / f"{name}.done"
        if not done.exists():
            with step(en=en, zh=zh):
                do()
            done.touch()

    def _run(self, verb: str) -> str:
        """A verb of ``filling``, with this district's variables and at its own time."""
        variables = {**self.product.env, **environment.clock(CLOCK), "YIZHAN_DEMO": "1"}
        variables["PYTHONPATH"] = f"{variables['PYTHONPATH']}{os.pathsep}{ROOT}"
        command = [sys.executable, "-m", "tests.benchmarks.rig.filling", verb]
        done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            last = done.stderr.strip().rpartition("\n")[2]
            (FOLDER / "filling.log").write_text(done.stderr)
            raise Fault(
                en=f"The district could not be filled: {last} (details: {FOLDER}/filling.log).",
                zh=f"演示数据载入失败：{last}（详见 {FOLDER}/filling.log）。",
            )
        return done.stdout


def _signal(pids: list[int], which: signal.Signals) -> None:
    for pid in pids:
        os.kill(pid, which)
