"""What a start takes: the whole product with its demo district in a folder where nothing was, and again.

The package caches of pip and npm should be warm: what the network takes says nothing about the product.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tests.product import HOME, clean_environment, free_port, processes_of, proportional_memory
from yizhan.cli.places import CHECKOUT
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(en="Seconds of the first and the second start, memory, disk", zh="首次与再次启动用时、内存、磁盘")

FIRST, SECOND = 180, 10
MEMORY = 1024
PATIENCE = 900.0
_REST = 20.0
_MEGABYTE = 2**20


def arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace) -> int:
    """Start twice, look, stop, print, keep."""
    report = Report("start", seed=440104)
    (HOME / "products").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=HOME / "products", prefix="start-"))
    folder.chmod(0o755)  # the database's account must come through
    try:
        with step(en="the first start", zh="首次启动"):
            first, running = _start(folder)
        time.sleep(_REST)
        memory = sum(proportional_memory(pid) for pid in processes_of(folder))
        stop = _stop(running)
        disk = sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file()) / _MEGABYTE
        with step(en="the second start", zh="再次启动"):
            second, running = _start(folder)
        _stop(running)
    finally:
        for pid in processes_of(folder):
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
    report.at_most("first start, demo district included", first, FIRST, "s")
    report.at_most("second start", second, SECOND, "s")
    report.at_most("memory at rest, all processes", memory / 1024, MEMORY, "MB")
    report.info("a stop", stop, "s")
    report.info("disk, packages included", disk, "MB")
    report.info("load of the machine, last 5 minutes", os.getloadavg()[1])
    return report.close()


def _start(folder: Path) -> tuple[float, subprocess.Popen[bytes]]:
    """Start with the command of the README; the seconds until people are told the address."""
    began, log = time.monotonic(), folder / "up.log"
    with log.open("wb") as file:
        running = subprocess.Popen(
            [CHECKOUT / "yizhan", "up", "--port", str(free_port())],
            env=clean_environment() | {"YIZHAN_HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while "Ctrl-C" not in log.read_text(errors="replace"):
        assert running.poll() is None, f"the product ended:\n{log.read_text(errors='replace')}"
        assert time.monotonic() - began < PATIENCE, f"not within {PATIENCE:.0f} s"
        time.sleep(0.05)
    return time.monotonic() - began, running


def _stop(running: subprocess.Popen[bytes]) -> float:
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 0, "it did not stop in order"
    return time.monotonic() - began
