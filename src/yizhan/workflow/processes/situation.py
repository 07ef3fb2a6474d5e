"""Where a case stands 处境: tokens, scopes, marks, and what its steps left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from yizhan.workflow.processes.parts import MarkName

Left: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What nodes left behind, by node, as JSON."""
EMPTY: Left = MappingProxyType({})

ScopeKind: TypeAlias = Literal["process", "body", "each", "one"]


@dataclass(frozen=True, slots=True)
class Token:
    """One place where a case stands 令牌. Each stay at a node is a token of its own.

    Attributes:
        id: unique in the case, never used again.
        scope: the scope it belongs to.
        index: for which of several it is, where the node is done once for each.
        came: the arrow on which it came, while it waits for others to meet.
    """

    id: int
    scope: int
    node: str
    index: int | None = None
    came: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """A body of a process 范围; the process itself is the first.

    Attributes:
        token: the token that waits at ``node`` while this runs within it; none for the process itself.
        kind: the ``process``, the ``body`` of a node, ``each`` of several, or ``one`` of them.
        index: of one of several, which.
        expected: who or what each is done for, frozen when it opened; grows when somebody is added.
        gone: the indexes of those withdrawn.
        outcome: the outcome of the last end reached within.
        data: what nodes left behind within, by node; of several, what each answered, by index.
    """

    id: int
    parent: int | None
    node: str
    token: int | None = None
    kind: ScopeKind = "process"
    index: int | None = None
    expected: tuple[Any, ...] = ()
    gone: tuple[int, ...] = ()
    outcome: str = ""
    data: Left = field(default_factory=lambda: EMPTY)

    @property
    def done(self) -> int:
        """How many of several have answered."""
        return len(self.data) if self.kind == "each" else 0


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
        scopes: the process and what is open within it; after the end the process alone.
        marks: the moments passed, in order.
        last: the last number given to a token or scope.
        ending: how it ended, if it has.
    """

    tokens: tuple[Token, ...] = ()
    scopes: tuple[Scope, ...] = ()
    marks: tuple[Mark, ...] = ()
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

    @property
    def data(self) -> Left:
        """What the nodes of the process itself left behind."""
        return self.scopes[0].data if self.scopes else EMPTY

    def token(self, id_: int) -> Token | None:
        """A token by its number, if it is there."""
        return next((token for token in self.tokens if token.id == id_), None)

    def scope(self, id_: int) -> Scope | None:
        """An open scope by its number."""
        return next((scope for scope in self.scopes if scope.id == id_), None)

    def within(self, token: int) -> Scope | None:
        """The scope that runs within a token's node, if there is one."""
        return next((scope for scope in self.scopes if scope.token == token), None)

    def around(self, id_: int | None) -> list[Scope]:
        """A scope and those around it, from within to the process."""
        found: list[Scope] = []
        while id_ is not None and (scope := self.scope(id_)) is not None:
            found.append(scope)
            id_ = scope.parent
        return found

    def has(self, mark: MarkName) -> bool:
        """Whether the case has passed this moment."""
        return any(passed.name == mark for passed in self.marks)

    def with_scope(self, scope: Scope) -> Situation:
        """The same with one scope changed."""
        return replace(self, scopes=tuple(scope if one.id == scope.id else one for one in self.scopes))

    def plain(self) -> dict[str, Any]:
        """The situation as JSON."""
        return {
            "tokens": [_fields(token) for token in self.tokens],
            "scopes": [_plain(scope) for scope in self.scopes],
            "marks": [_fields(mark) for mark in self.marks],
            "last": self.last,
            "ending": _fields(self.ending) if self.ending else None,
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Situation:
        """The situation that ``plain`` wrote."""
        return cls(
            tokens=tuple(Token(**token) for token in plain["tokens"]),
            scopes=tuple(_scope(scope) for scope in plain["scopes"]),
            marks=tuple(Mark(**mark) for mark in plain["marks"]),
            last=plain["last"],
            ending=Ending(**plain["ending"]) if plain["ending"] else None,
        )


def _fields(one: Token | Scope | Mark | Ending) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _plain(scope: Scope) -> dict[str, Any]:
    plain = _fields(scope)
    data = {node: dict(left) for node, left in scope.data.items()}
    return {**plain, "expected": list(scope.expected), "gone": list(scope.gone), "data": data}


def _scope(plain: Mapping[str, Any]) -> Scope:
    data = {node: MappingProxyType(dict(left)) for node, left in plain["data"].items()}
    lists = {"expected": tuple(plain["expected"]), "gone": tuple(plain["gone"])}
    return Scope(**{**plain, **lists, "data": MappingProxyType(data)})


NOT_BEGUN = Situation()
