"""Reading what runs a part under a condition or many times 语句: if, for, some, every."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal, cast

from yizhan.feel import tree
from yizhan.feel.cursor import WORDS, Cursor

MOST_ITERATORS = 10


class Blocks(Cursor):
    """The part of the parser that reads blocks."""

    @abstractmethod
    def expression(self) -> tree.Node:
        """A whole expression."""

    def if_(self) -> tree.Node:
        """``if a then b else c``."""
        at = self.expect("if").position
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return tree.If(at, condition, then, self.expression())

    def loop(self) -> tree.Node:
        """``for x in a return b``, ``some x in a satisfies b``, ``every x in a satisfies b``."""
        opening = self.take()
        iterators = [self._each()]
        while self.accept(","):
            iterators.append(self._each())
        if len(iterators) > MOST_ITERATORS:
            raise self.fault(
                zh=f"循环变量超过 {MOST_ITERATORS} 个",
                en=f"more than {MOST_ITERATORS} loop variables",
                at=opening.position,
            )
        self.expect("return" if opening.text == "for" else "satisfies")
        body = self.expression()
        if opening.text == "for":
            return tree.For(opening.position, tuple(iterators), body)
        word = cast(Literal["some", "every"], opening.text)
        return tree.Quantified(opening.position, word, tuple(iterators), body)

    def _each(self) -> tree.Each:
        at, name = self.here.position, None if self.is_word(*WORDS) else self.name_until("in")
        if name is None:
            raise self.unexpected()
        self.expect("in")
        source = self.expression()
        end = self.expression() if self.accept("..") else None
        self.declare(name)
        return tree.Each(at, name, source, end)
