"""From words to a tree 句法: operators by precedence, and unary tests.

From weak to strong: or · and · comparison, between, in · + - · * / · ** · minus sign · instance of,
path, filter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from yizhan.feel import tree
from yizhan.feel.brackets import ORDERS
from yizhan.feel.terms import Terms
from yizhan.feel.types import NamedTypes

_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER = range(1, 7)
_SIGNS = {
    **dict.fromkeys(ORDERS, _COMPARISON),
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    "**": _POWER,
}
_WORDS = {"or": _OR, "and": _AND, "between": _COMPARISON, "in": _COMPARISON}
TALLEST = 100
_Sign = Literal["+", "-", "*", "/", "**"]


def parse_expression(
    source: str, known: Iterable[str] = (), types: NamedTypes | None = None, *, lenient: bool = False
) -> tree.Node:
    """The tree of an expression; ``known`` are facts with names of several words, or functions.

    A ``lenient`` reader takes what is well written but means nothing, such as a function that does not exist, for
    null with a reason, as the standard says; where a pack is checked that is a fault.

    Raises:
        SyntaxFault: it is none.
    """
    parser = Parser(source, known, lenient=lenient)
    parser.types = types
    return parser.finished(parser.expression())


def parse_tests(
    source: str, known: Iterable[str] = (), types: NamedTypes | None = None, *, lenient: bool = False
) -> tree.AnyOf:
    """The tree of the unary tests of a table's cell.

    Raises:
        SyntaxFault: they are none.
    """
    parser = Parser(source, known, lenient=lenient)
    parser.types = types
    return cast(tree.AnyOf, parser.finished(parser.tests()))


class Parser(Terms):
    """A parser by recursive descent, of bounded depth."""

    def finished(self, node: tree.Node) -> tree.Node:
        """The node, if nothing is left to read and the tree is not too high to climb."""
        if self.here.kind != "end":
            raise self.unexpected()
        if tree.height(node) > TALLEST:
            raise self.fault(zh="表达式过长，请拆开写", en="the expression is too long; split it", at=0)
        return node

    def expression(self) -> tree.Node:
        """A whole expression."""
        return self._joined(_OR)

    def tests(self) -> tree.AnyOf:
        """The unary tests of a cell: ``-``, a list of tests, or ``not(…)`` around one."""
        at = self.here.position
        if self.is_sign("-") and self.next.kind == "end":
            self.take()
            return tree.AnyOf(at, (), negated=False)
        start = self._index
        if self.is_word("not") and self.next.text == "(":
            self.take()
            self.take()
            inner = self._test_list()
            if self.accept(")") and self.here.kind == "end":
                return tree.AnyOf(at, inner, negated=True)
            self._index = start  # not(…) was only the beginning of a condition
        return tree.AnyOf(at, self._test_list(), negated=False)

    def _test_list(self) -> tuple[tree.Node, ...]:
        found = [self._test(_OR)]
        while self.accept(","):
            found.append(self._test(_OR))
        return tuple(found)

    def _test(self, weakest: int) -> tree.Node:
        at = self.here.position
        if self.is_sign(*ORDERS):
            sign = cast(tree.Order, self.take().text)
            return tree.Relation(at, sign, self._joined(_SUM))
        expression = self._joined(weakest)
        return tree.Matches(at, expression, is_condition=_asks(expression))

    def _joined(self, weakest: int) -> tree.Node:
        self.deeper()
        left = self._signed()
        while (strength := self._strength()) >= weakest:
            left = self._join(left, strength)
        self.shallower()
        return left

    def _strength(self) -> int:
        """How strongly the present word joins; 0 if it does not join."""
        if self.here.kind == "sign":
            return _SIGNS.get(self.here.text, 0)
        return _WORDS.get(self.here.text, 0) if self.here.kind == "name" else 0

    def _join(self, left: tree.Node, strength: int) -> tree.Node:
        token = self.take()
        at, text = token.position, token.text
        if text == "in":
            tests = self._in_tests()
            if self._strength() > _COMPARISON:
                raise self.fault(zh="in 之后的值请加括号", en="put the value after in into parentheses")
            return tree.In(at, left, tests)
        if text == "between":
            low = self._joined(_SUM)
            self.expect("and")
            return tree.Between(at, left, low, self._joined(_SUM))
        right = self._joined(strength + 1)
        if strength in {_OR, _AND}:
            word = cast(Literal["and", "or"], text)
            parts = left.parts if isinstance(left, tree.Logic) and left.word == word else (left,)
            return tree.Logic(at, word, (*parts, right))
        if strength != _COMPARISON:
            return tree.Arithmetic(at, cast(_Sign, text), left, right)
        if isinstance(left, tree.Comparison) and {left.order, text} <= {"<", "<=", ">", ">="}:
            raise self.fault(
                zh="比较不能连写，请用 x in [a..b]", en="comparisons do not chain; write x in [a..b]", at=at
            )
        return tree.Comparison(at, cast(tree.Order, text), left, right)

    def _signed(self) -> tree.Node:
        if not self.is_sign("-"):
            return self.term()
        at = self.take().position
        self.deeper()
        node = tree.Negation(at, self._signed())
        self.shallower()
        return node

    def _in_tests(self) -> tree.AnyOf:
        at = self.here.position
        if not self.is_sign("("):
            return tree.AnyOf(at, (self._test(_SUM),), negated=False)
        self.take()
        first = self._test(_OR)
        if self.is_sign("..") and isinstance(first, tree.Matches):
            range_ = self.range_from(first.expression, at, closed=False)
            return tree.AnyOf(at, (tree.Matches(at, range_, is_condition=False),), negated=False)
        found = [first]
        while self.accept(","):
            found.append(self._test(_OR))
        self.expect(")")
        return tree.AnyOf(at, tuple(found), negated=False)


def _asks(node: tree.Node) -> bool:
    """Whether an expression looks at ``?``; the one of an inner ``in`` is another."""
    waiting: list[tree.Node] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, tree.Asked):
            return True
        waiting.extend([here.value] if isinstance(here, tree.In) else here.children())
    return False
