"""The book outside of the product 册外记录: which steps were answered, and how; one line each, written at once."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One command that was answered.

    Attributes:
        who: the driver's name; where it was sent, with what.
        location: where the answer led; empty for a refusal.
        tries: how often it was sent until it was answered.
        began, ended: moments of a clock that only grows, in seconds.
    """

    command: str
    who: str
    path: str
    fields: dict[str, str]
    status: int
    location: str
    tries: int
    began: float
    ended: float

    @property
    def done(self) -> bool:
        """Whether it was carried out, by what the product said."""
        return bool(self.location)


class Book:
    """All of them; drivers write at the same time."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file.open("w", encoding="utf-8")
        self._lock = threading.Lock()
        self.steps: list[Step] = []

    def write(self, step: Step) -> None:
        """Keep an answered step, in memory and on the disk."""
        with self._lock:
            self.steps.append(step)
            self._file.write(json.dumps(asdict(step), ensure_ascii=False) + "\n")
            self._file.flush()

    @property
    def done(self) -> list[Step]:
        """Those that were carried out."""
        return [step for step in self.steps if step.done]

    def first_since(self, moment: float) -> float | None:
        """When the first step was answered that began after a moment, as seconds from it."""
        found = [step.ended for step in self.steps[-200:] if step.began >= moment and step.done]
        return min(found) - moment if found else None

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def now() -> float:
    """The clock of the book, in seconds."""
    return time.monotonic()
