"""A case of the proof 案例: a file, who looks at it, and what must be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from yizhan.keys.algorithms import Algorithm
from yizhan.seals.found import Why
from yizhan.seals.stamps import Place
from yizhan.seals.tests.mint import SEALED_AT, Mint, pages
from yizhan.seals.trust import Trust

LATER = SEALED_AT + timedelta(days=4000)
"""When every certificate but the authorities' has ended."""


@dataclass(frozen=True)
class Case:
    """Attributes:

    expected: the reasons of which one must be the first that is told; none where the file is genuine.
    """

    name: str
    content: bytes
    expected: frozenset[Why]
    trust: Trust
    at: datetime


@dataclass
class Bench:
    """Whoever makes files: two authorities, their units, plain and sealed pages."""

    random: Random

    def __post_init__(self) -> None:
        self.classic, self.national = Mint(), Mint(Algorithm.SM2)
        self.cases: list[Case] = []

    @cached_property
    def plain(self) -> bytes:
        """Three pages without a seal."""
        return pages(3)

    @cached_property
    def sealed(self) -> bytes:
        """Sealed for good, the seal to be seen."""
        return self.classic.seal(self.plain, self.classic.unit(), place=Place(1, 120, 220))

    @cached_property
    def other(self) -> bytes:
        """Other pages, sealed by the same authority."""
        return self.classic.seal(pages(2, "不予"), self.classic.unit(), place=Place(1, 120, 220))

    @cached_property
    def sealed_sm(self) -> bytes:
        """The same with national algorithms."""
        return self.national.seal(self.plain, self.national.unit(), place=Place(1, 120, 220))

    def refused(
        self, name: str, content: bytes, *expected: Why, trust: Trust | None = None, at: datetime = LATER
    ) -> None:
        """A file that must be refused, for one of these reasons."""
        self.cases.append(Case(name, content, frozenset(expected), trust or self._anchor(name), at))

    def genuine(self, name: str, content: bytes, *, trust: Trust | None = None, at: datetime = LATER) -> None:
        """A file that must be accepted."""
        self.cases.append(Case(name, content, frozenset(), trust or self._anchor(name), at))

    def _anchor(self, name: str) -> Trust:
        return (self.national if name.startswith("SM2") else self.classic).anchor


Maker = Callable[[Bench], None]
