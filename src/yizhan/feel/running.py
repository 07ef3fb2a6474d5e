"""What the house uses: an expression and a cell's tests, compiled once and run often."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from yizhan.feel import functions, loops, unary  # noqa: F401 (importing registers their closures)
from yizhan.feel.compile import ASKED, Code, compiled
from yizhan.feel.evaluation import LIMITS, Evaluation, Limits, Reason
from yizhan.feel.faults import LimitFault
from yizhan.feel.names import free_names, paths, possible_names
from yizhan.feel.parser import parse_expression, parse_tests
from yizhan.feel.tree import AnyOf, Node
from yizhan.feel.types import NamedTypes
from yizhan.feel.values import Scope, Value, feel_value


class Outcome(NamedTuple):
    """A value 结果, and why parts of it became null on the way."""

    value: Value
    reasons: tuple[Reason, ...]


class Expression:
    """A compiled expression 表达式.

    Attributes:
        source: as it was written.
        tree: its syntax tree.
        names: the facts it needs.
        paths: the same with the entries asked of them, such as ``applicant.birth_date``.
    """

    __slots__ = ("_code", "_wanted", "names", "paths", "source", "tree")

    def __init__(self, source: str, tree: Node) -> None:
        self.source, self.tree = source, tree
        self.names, self.paths, self._wanted = free_names(tree), paths(tree), possible_names(tree)
        self._code: Code = compiled(tree)

    def evaluate(self, context: Mapping[str, Any], *, limits: Limits = LIMITS) -> Outcome:
        """The value for these facts.

        Raises:
            LimitFault: it takes too many steps or grows too large.
            ValueFault: a fact it needs is nothing that FEEL knows.
        """
        return self.run(self.scope(context), limits=limits)

    def run(self, scope: Scope, *, limits: Limits = LIMITS) -> Outcome:
        """The value for facts that are FEEL's already, as ``feel_value`` makes them.

        Raises:
            LimitFault: it takes too many steps or grows too large.
        """
        run = Evaluation(limits)
        return Outcome(self.within(run, scope), tuple(run.reasons))

    def within(self, run: Evaluation, scope: Scope) -> Value:
        """The value as part of a larger evaluation, which bears the steps and gathers the reasons.

        Raises:
            LimitFault: the larger evaluation takes too many steps or grows too large.
        """
        return run.measured(self._code(scope, run))

    def scope(self, context: Mapping[str, Any]) -> Scope:
        """Of these facts, those that it may need, as FEEL's values."""
        return {name: feel_value(context[name]) for name in self._wanted if name in context}

    def __repr__(self) -> str:
        """The source, for people who debug."""
        return f"{type(self).__name__}({self.source!r})"


class Tests(Expression):
    """The compiled unary tests of a cell 单元格条件."""

    __slots__ = ("is_anything",)

    def __init__(self, source: str, tree: AnyOf) -> None:
        super().__init__(source, tree)
        self.is_anything = not tree.tests

    def match(
        self, value: Any, context: Mapping[str, Any] | None = None, *, limits: Limits = LIMITS
    ) -> Outcome:
        """Whether a value passes: true, false, or null when that cannot be known.

        Raises:
            LimitFault: it takes too many steps or grows too large.
            ValueFault: a fact is nothing that FEEL knows.
        """
        scope: Scope = self.scope(context) if context else {}
        scope[ASKED] = feel_value(value)
        run = Evaluation(limits)
        passes = self._code(scope, run)  # a truth or null, so there is nothing to measure
        return Outcome(passes, tuple(run.reasons) if run.reasons else ())


def endless(compiled: Expression) -> LimitFault | None:
    """What an expression comes to that takes too many steps or grows too large whatever the facts are.

    It is tried once without any; what only grows with the facts is not found.
    """
    try:
        compiled.evaluate({})
    except LimitFault as fault:
        return fault
    return None


@lru_cache(maxsize=4096)
def expression(
    source: str,
    known: frozenset[str] = frozenset(),
    types: NamedTypes | None = None,
    *,
    lenient: bool = False,
) -> Expression:
    """Compile an expression; the same text again costs nothing.

    Args:
        source: the text.
        known: facts that have names of several words, or that are functions to call.
        types: types beside those of the language.
        lenient: what is well written but means nothing, such as a function that does not exist, is null with a
            reason instead of a fault.

    Raises:
        SyntaxFault: it is no FEEL, and where.
    """
    return Expression(source, parse_expression(source, known, types, lenient=lenient))


@lru_cache(maxsize=4096)
def compile_tests(
    source: str,
    known: frozenset[str] = frozenset(),
    types: NamedTypes | None = None,
    *,
    lenient: bool = False,
) -> Tests:
    """Compile the unary tests of a cell, such as ``[60..80), >= 90``; the rest as for ``expression``.

    Raises:
        SyntaxFault: they are no FEEL, and where.
    """
    return Tests(source, parse_tests(source, known, types, lenient=lenient))
