"""Where a case stands 处境: tokens, scopes, marks, and what its steps left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from yizhan.workflow.processes.definition import MarkName


class TokenState(StrEnum):
    """The state of a token: it rests at a node until an event moves it."""

    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class Token:
    """One place where a case stands 令牌. Each stay at a node is a token of its own.

    Attributes:
        id: unique in the case, never used again.
        scope: the scope it belongs to.
        count: how many have arrived where several are waited for.
        needed: how many are waited for.
    """

    id: int
    scope: int
    node: str
    state: TokenState = TokenState.RESTING
    count: int = 0
    needed: int = 1


@dataclass(frozen=True, slots=True)
class Scope:
    """A body of a process with a policy of its own 范围; the process itself is the first.

    Attributes:
        expected: who or what it waits for, frozen when it opens.
        done: how many of them have finished.
    """

    id: int
    parent: int | None
    node: str
    kind: str = "process"
    policy: str = "all"
    expected: tuple[str, ...] = ()
    done: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment that the law notices 法定节点: accepted, not_accepted, decided, delivered."""

    name: MarkName
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ended 办结: ``how`` is completed, withdrawn or terminated."""

    how: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a case stands; the empty one is a case that has not begun.

    Attributes:
        tokens: the places where it stands; none before the beginning and after the end.
        marks: the moments passed, in order.
        data: what each node left behind, as JSON; its types are the graph's ``remembered``.
        last: the last number given to a token or scope.
        ending: how it ended, if it has.
    """

    tokens: tuple[Token, ...] = ()
    scopes: tuple[Scope, ...] = ()
    marks: tuple[Mark, ...] = ()
    data: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    last: int = 0
    ending: Ending | None = None

    @property
    def has_begun(self) -> bool:
        """Whether the case was started."""
        return bool(self.scopes)

    @property
    def is_open(self) -> bool:
        """Whether the case has begun and not ended."""
        return self.has_begun and self.ending is None

    def token(self, id_: int) -> Token | None:
        """A token by its number, if it is there."""
        return next((token for token in self.tokens if token.id == id_), None)

    def has(self, mark: MarkName) -> bool:
        """Whether the case has passed this moment."""
        return any(passed.name == mark for passed in self.marks)

    def plain(self) -> dict[str, Any]:
        """The situation as JSON."""
        return {
            "tokens": [asdict(token) for token in self.tokens],
            "scopes": [{**asdict(scope), "expected": list(scope.expected)} for scope in self.scopes],
            "marks": [asdict(mark) for mark in self.marks],
            "data": {node: dict(left) for node, left in self.data.items()},
            "last": self.last,
            "ending": asdict(self.ending) if self.ending else None,
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Situation:
        """The situation that ``plain`` wrote."""
        return cls(
            tokens=tuple(Token(**{**t, "state": TokenState(t["state"])}) for t in plain["tokens"]),
            scopes=tuple(Scope(**{**s, "expected": tuple(s["expected"])}) for s in plain["scopes"]),
            marks=tuple(Mark(**mark) for mark in plain["marks"]),
            data=MappingProxyType(
                {node: MappingProxyType(dict(left)) for node, left in plain["data"].items()}
            ),
            last=plain["last"],
            ending=Ending(**plain["ending"]) if plain["ending"] else None,
        )


NOT_BEGUN = Situation()
