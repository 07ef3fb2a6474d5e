"""``./yizhan test``: the gate, then every test. With arguments, only pytest with these."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
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

_WHOLE = "browser or product"


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
    """The gate and all tests; what drives whole products and browsers runs beside the rest.

    Those wait for other processes most of the time and touch nothing of the tests' own database, so both
    runs together take little longer than one. What the second says is shown when the first has ended.
    """
    with tempfile.TemporaryFile("w+") as said:
        whole = _pytest(environment, "-m", _WHOLE, stdout=said, stderr=subprocess.STDOUT)
        try:
            checks = gate.checks()
            failed = gate.run(checks, environment)
            gate.summarize(failed, len(checks))
            rooms = _pytest(environment, "-m", f"not ({_WHOLE})").wait()
            wholes = whole.wait()
        finally:
            if whole.poll() is None:
                whole.send_signal(signal.SIGINT)
                whole.wait()
            said.seek(0)
            shutil.copyfileobj(said, sys.stdout)
            sys.stdout.flush()
    return not (failed or rooms or wholes)


def _pytest(environment: dict[str, str], *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment, **streams)
