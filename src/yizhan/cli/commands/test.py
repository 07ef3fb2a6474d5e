"""``./yizhan test``: the gate, then every test. With arguments, only pytest with these."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from yizhan.cli import gate, testing
from yizhan.cli.places import CHECKOUT
from yizhan.cli.speech import tell

help = tell(
    en="The gate, then all tests; with arguments only pytest",
    zh="先过门禁，再跑全部测试；带参数时只运行 pytest",
)
requirements = "test"
takes_rest = True

_ROOMS = ("-m", "not (browser or product or long)")
_FIRST = (*_ROOMS, "--share", "1/2")


def _beside_it() -> dict[str, tuple[str, ...]]:
    """What runs beside the first half of the rooms' tests, by the folder of the server that each has to itself."""
    return {
        "test-second": (*_ROOMS, "--share", "2/2"),
        "test-browsers": ("-m", "browser", *_files_with("browser")),
        "test-products": ("-m", "(product or long) and not browser", *_files_with("product", "long")),
    }


def _files_with(*marks: str) -> list[str]:
    """The files in which one of the marks is named: to read all others takes each run ten seconds."""
    named = re.compile(rf"\bmark\.({'|'.join(marks)})\b")
    return [str(path) for path in testing.files() if named.search(path.read_text(encoding="utf-8"))]


def arguments(parser: ArgumentParser) -> None:
    """Everything is for pytest."""


def run(options: Namespace) -> int:
    """Prepare, check, test; no test found is a failure too (pytest's exit code 5)."""
    with testing.variables() as environment:
        testing.prepare(environment)
        if options.rest:
            return 1 if _pytest(environment, *options.rest).wait() else 0
        return 0 if _everything(environment) else 1


def _everything(environment: dict[str, str]) -> bool:
    """The gate and all tests, in four runs that have nothing in common but the machine.

    Whole products and browsers wait for other processes half of the time, and the rooms are two shares, so no
    processor is left with nothing to do. What the others say is shown when they have ended.
    """
    with ExitStack() as stack:
        beside = [
            stack.enter_context(_beside(stack.enter_context(testing.variables(server)), *which))
            for server, which in _beside_it().items()
        ]
        checks = gate.checks()
        failed = gate.run(checks, environment)
        gate.summarize(failed, len(checks))
        rooms = _pytest(environment, *_FIRST).wait()
        wholes = [run.wait() for run in beside]
    return not (failed or rooms or any(wholes))


@contextmanager
def _beside(environment: dict[str, str], *which: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run whose words are kept until the end of the block, which also ends it."""
    with tempfile.TemporaryFile("w+") as said:
        running = _pytest(environment, *which, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield running
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGINT)
                running.wait()
            said.seek(0)
            shutil.copyfileobj(said, sys.stdout)
            sys.stdout.flush()


def _pytest(environment: dict[str, str], *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
    """Browsers and products go first, since they wait half of the time; the rooms take what is left of the processors."""
    command = [sys.executable, "-m", "pytest", *arguments]
    running = subprocess.Popen(command, cwd=CHECKOUT, env=environment, **streams)
    if arguments[: len(_ROOMS)] == _ROOMS:
        os.setpriority(os.PRIO_PROCESS, running.pid, 5)
    return running
