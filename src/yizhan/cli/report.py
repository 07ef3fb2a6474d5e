"""Figures against their limits 指标报告: the one contract of all benchmarks.

One line per figure (name, value, limit, ``holds`` | ``falls short`` | ``info``), a last line ``N of M hold``,
exit code 0 only when all hold, and the same as JSON in ``YIZHAN_HOME/reports/NAME.json``::

    report = Report("intake", seed=7)
    report.at_most("submit p95", 212.4, 300, "ms")
    report.info("load generator's own CPU", 11, "%")
    return report.close()
"""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from yizhan import __version__
from yizhan.cli.places import CHECKOUT, REPORTS, write_whole

Number = int | float


@dataclass(frozen=True)
class Figure:
    """One measured value; ``holds`` is None for information without a limit."""

    name: str
    value: Number | str
    limit: str
    holds: bool | None

    def line(self) -> str:
        """As it is printed."""
        word = {True: "holds", False: "falls short", None: "info"}[self.holds]
        return f"{self.name:<44}  {_written(self.value):>14}  {self.limit or '-':>14}  {word}"


class Report:
    """The figures of one run, printed as they come."""

    def __init__(self, name: str, *, seed: int | None = None, folder: Path = REPORTS) -> None:
        self.name = name
        self.figures: list[Figure] = []
        self._seed = seed
        self._path = folder / f"{name}.json"

    def at_most(self, name: str, value: Number, limit: Number, unit: str = "") -> None:
        """A value that must not be larger than its limit. No number (NaN) falls short."""
        self._add(name, value, f"<= {_written(limit)}", unit, holds=value <= limit)

    def at_least(self, name: str, value: Number, limit: Number, unit: str = "") -> None:
        """A value that must not be smaller than its limit. No number (NaN) falls short."""
        self._add(name, value, f">= {_written(limit)}", unit, holds=value >= limit)

    def equal(self, name: str, value: Number | str, wanted: Number | str, unit: str = "") -> None:
        """A value that must be exactly the wanted one."""
        self._add(name, value, f"= {_written(wanted)}", unit, holds=value == wanted)

    def info(self, name: str, value: Number | str, unit: str = "") -> None:
        """A value without a limit."""
        self._add(name, value, "", unit, holds=None)

    def close(self) -> int:
        """Print the sum, write the JSON file, and return the exit code.

        A report without a single limit proves nothing and does not hold.
        """
        judged = [figure.holds for figure in self.figures if figure.holds is not None]
        print(f"{sum(judged)} of {len(judged)} hold", flush=True)
        write_whole(
            self._path, json.dumps(self._as_data(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        )
        return 0 if judged and all(judged) else 1

    def _add(self, name: str, value: Number | str, limit: str, unit: str, *, holds: bool | None) -> None:
        figure = Figure(f"{name} [{unit}]" if unit else name, value, limit, holds)
        self.figures.append(figure)
        print(figure.line(), flush=True)

    def _as_data(self) -> dict[str, object]:
        return {
            "name": self.name,
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": __version__,
            "commit": _commit(),
            "seed": self._seed,
            "machine": _machine(),
            "figures": [{**asdict(figure), "value": _in_json(figure.value)} for figure in self.figures],
        }


def _written(value: Number | str) -> str:
    """A number with thousands separated, and no more digits than one reads."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _in_json(value: Number | str) -> Number | str:
    """JSON knows no NaN and no infinity."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _commit() -> str:
    """The commit of the checkout, with ``+`` when files differ from it; empty without git."""
    git = ["git", "-C", str(CHECKOUT)]
    try:
        head = subprocess.run(
            [*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True
        ).stdout.strip()
        changed = subprocess.run(
            [*git, "status", "--porcelain"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head + ("+" if changed else "")


def _machine() -> dict[str, object]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_mb": memory // 2**20,
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )
