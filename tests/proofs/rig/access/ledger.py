"""What was asked and what came of it 查验记录: by check so many questions, and every leak by name."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from yizhan.cli.places import write_whole

_MOST_TOLD = 60


@dataclass(frozen=True)
class Leak:
    """Something that somebody may not read and did: in which check, as whom, where, what."""

    check: str
    post: str
    where: str
    what: str


class Ledger:
    """Counts and leaks; what relies on one of two walls alone is counted apart (``reliance``)."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        self._sights: set[tuple[str, str, str]] = set()
        self.leaks: dict[Leak, None] = {}
        self.reliance: dict[Leak, None] = {}
        self.unknown: dict[str, None] = {}

    def ask(self, check: str, many: int = 1) -> None:
        """Count a question."""
        self.asked[check] += many

    def saw(self, check: str, post: str, where: str, what: str) -> None:
        """Note what somebody may read and did: a proof in which nobody sees anything proves nothing."""
        self.met[check] += 1
        self._sights.add((post, where, what))

    def has_seen(self, post: str, where: str, what: str) -> bool:
        """Whether somebody read what he may."""
        return (post, where, what) in self._sights

    def leak(self, check: str, post: str, where: str, what: str) -> None:
        """Note a leak, once."""
        self.leaks.setdefault(Leak(check, post, where, what))

    def relies(self, check: str, post: str, where: str, what: str) -> None:
        """Note what only the other wall holds back."""
        self.reliance.setdefault(Leak(check, post, where, what))

    def must_say(self, what: str) -> None:
        """Note a route, table or function of which nobody has said what it may show."""
        self.unknown.setdefault(what)

    def of(self, check: str) -> list[Leak]:
        """The leaks of a check."""
        return [one for one in self.leaks if one.check == check]

    def tell(self) -> None:
        """Name what was found."""
        for one in [*self.leaks][:_MOST_TOLD]:
            sys.stdout.write(f"✗ {one.check}: {one.post} at {one.where}: {one.what}\n")
        for what in self.unknown:
            sys.stdout.write(f"✗ {what}: say what it may show (tests/proofs/rig/access)\n")

    def write(self, file: Path) -> None:
        """Keep everything as JSON."""
        told = {
            "asked": dict(self.asked),
            "allowed_and_met": dict(self.met),
            "leaks": [asdict(one) for one in self.leaks],
            "relies_on_one_wall": [asdict(one) for one in self.reliance],
            "unknown": list(self.unknown),
        }
        write_whole(file, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
