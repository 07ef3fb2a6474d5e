"""The gate 门禁: the checks every change passes, each with its seconds; all run even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from yizhan.cli.places import CACHE, CHECKOUT
from yizhan.cli.speech import Fault, say, step

HOUSE_RULES = "tests/house"


@dataclass(frozen=True)
class Check:
    """One check: the command that fails when it does not hold, and its name in both languages."""

    command: tuple[str, ...]
    en: str
    zh: str


def checks() -> list[Check]:
    """All checks but the house rules, in the order from fast to slow."""
    tools = Path(sys.prefix) / "bin"
    ruff = (str(tools / "ruff"), "--cache-dir", str(CACHE / "ruff"))
    return [
        Check((ruff[0], "format", *ruff[1:], "--check", "."), en="format", zh="格式"),
        Check((ruff[0], "check", *ruff[1:], "."), en="lint", zh="代码规范"),
        Check((str(tools / "lint-imports"), "--cache-dir", str(CACHE / "floors")), en="floors", zh="分层"),
        Check((str(tools / "mypy"), "--cache-dir", str(CACHE / "types")), en="types", zh="类型"),
    ]


def house_rules() -> Check:
    """The tests that hold the whole tree to the rules of the house."""
    return Check((sys.executable, "-m", "pytest", HOUSE_RULES), en="house rules", zh="内务规则")


def run(wanted: list[Check], environment: dict[str, str]) -> list[str]:
    """Run all checks and return the names of those that failed, each shown with what it said."""
    return [check.en for check in wanted if not _holds(check, environment)]


def summarize(failed: list[str], of: int) -> None:
    """The gate's last line."""
    if failed:
        names = ", ".join(failed)
        say(
            en=f"The gate is shut: {len(failed)} of {of} checks fail ({names}).",
            zh=f"门禁未通过：{of} 项中有 {len(failed)} 项不合格（{names}）。",
        )
    else:
        say(en=f"The gate is open: all {of} checks hold.", zh=f"门禁通过：{of} 项全部合格。")


def _holds(check: Check, environment: dict[str, str]) -> bool:
    said = ""
    try:
        with step(en=check.en, zh=check.zh):
            done = subprocess.run(
                check.command,
                cwd=CHECKOUT,
                env={**environment, "COLUMNS": os.environ.get("COLUMNS", "120")},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            said = done.stdout
            if done.returncode:
                raise Fault(en=f"{check.en} fails", zh=f"{check.zh}不合格")
    except Fault:
        print(said, flush=True)
        return False
    return True
