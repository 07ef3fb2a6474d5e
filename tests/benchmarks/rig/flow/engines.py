"""The engines as processes: each walks cases when it is asked, one engine at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.benchmarks.rig.district import CLOCK, District
from tests.product import ROOT
from yizhan.cli import environment


@dataclass(frozen=True)
class Took:
    """What some cases took: seconds by the wall and of the engine's own processor, and how many steps."""

    wall: float
    cpu: float
    steps: int


class Engine:
    """One engine's process. ``with Engine.hand(district) as hand: …``"""

    def __init__(self, name: str, command: list[str], variables: dict[str, str]) -> None:
        self.name = name
        self._process = subprocess.Popen(
            command, env=variables, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.questions: list[str] = self._line()

    @classmethod
    def own(cls, district: District) -> Engine:
        """The product, in the district's database."""
        command = [sys.executable, "-m", "tests.benchmarks.rig.flow.ask_own"]
        return cls("own", command, _variables(district))

    @classmethod
    def hand(cls, district: District) -> Engine:
        """The hand-written table, in a schema of its own in the same database."""
        command = [sys.executable, "-m", "tests.benchmarks.rig.flow.ask_hand", district.superuser]
        return cls("hand", command, _variables(district))

    @classmethod
    def spiff(cls, district: District, python: Path) -> Engine:
        """SpiffWorkflow in its own environment, in a schema of its own in the same database."""
        command = [str(python), "-m", "tests.benchmarks.rig.flow.spiff", district.superuser]
        return cls("spiff", command, {**_variables(district), "PYTHONPATH": str(ROOT)})

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def cases(self, departments: int, many: int) -> Took:
        """Walk so many cases from start to end."""
        return Took(*self.ask(f"{departments} {many}"))

    def steps(self, departments: int) -> Iterator[str]:
        """Walk one case, step by step; the name of each."""
        name = self.ask(f"step {departments}")
        while name is not None:
            yield name
            name = self.ask("on")

    def ask(self, line: str) -> Any:
        """Ask in the protocol's words."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.communicate()
        assert line, f"the engine {self.name} ended"
        return json.loads(line)


def _variables(district: District) -> dict[str, str]:
    variables = {**district.product.env, **environment.clock(CLOCK), "YIZHAN_DEMO": "1"}
    variables["PYTHONPATH"] = f"{variables['PYTHONPATH']}{os.pathsep}{ROOT}"
    return variables
