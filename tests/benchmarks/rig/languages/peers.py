"""The engines as processes 对照进程: each answers in its own environment, one at a time."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.product import ROOT


class Engine:
    """One engine's process. ``with Engine("zen", python) as zen: …``"""

    def __init__(self, name: str, python: Path | str) -> None:
        script = Path(__file__).with_name(f"ask_{name}.py")
        environment = {**os.environ, "PYTHONPATH": f"{script.parent}:{ROOT / 'src'}"}
        self._process = subprocess.Popen(
            [str(python), str(script)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.works: list[str] = self._line()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def answers(self, work: str) -> list[Any]:
        """What it says for every input."""
        return list(self._ask(work, 0))

    def seconds(self, work: str, times: int) -> float:
        """Processor time of one evaluation, the mean over all inputs so many times."""
        return float(self._ask(work, times))

    def _ask(self, work: str, times: int) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{work} {times}\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.communicate()
        assert line, f"{self._process.args} ended"
        return json.loads(line)
