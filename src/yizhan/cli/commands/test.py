"""``./yizhan test``: the gate, then every test. With arguments, only pytest with these."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, Namespace

from yizhan.cli import frontend, gate, testing, translations
from yizhan.cli.children import complete
from yizhan.cli.places import CHECKOUT
from yizhan.cli.speech import step, tell

help = tell(
    en="The gate, then all tests; with arguments only pytest",
    zh="先过门禁，再跑全部测试；带参数时只运行 pytest",
)
requirements = "test"
takes_rest = True

_BROWSER = CHECKOUT / "tests/browser/chromium.py"


def arguments(parser: ArgumentParser) -> None:
    """Everything is for pytest."""


def run(options: Namespace) -> int:
    """Prepare, check, test; no test found is a failure too (pytest's exit code 5)."""
    failed: list[str] = []
    with testing.variables() as environment:
        _prepare(environment)
        if not options.rest:
            checks = gate.checks()
            failed = gate.run(checks, environment)
            gate.summarize(failed, len(checks))
        command = [sys.executable, "-m", "pytest", *options.rest]
        tested = subprocess.run(command, cwd=CHECKOUT, env=environment, check=False)
    return 1 if failed or tested.returncode else 0


def _prepare(environment: dict[str, str]) -> None:
    with step(en="translations", zh="译文"):
        translations.compile_stale()
    with step(en="front end", zh="前端资源"):
        frontend.build()
    if _BROWSER.exists():
        with step(en="browser", zh="浏览器"):
            prepare = "from tests.browser.chromium import prepare; prepare()"
            complete([sys.executable, "-c", prepare], environment, folder=CHECKOUT)
