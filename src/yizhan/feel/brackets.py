"""Reading what stands between brackets 括号: lists, ranges, contexts; and ``@"…"``."""

from __future__ import annotations

from typing import Literal, cast

from yizhan.feel import tree
from yizhan.feel.declarations import Declarations
from yizhan.feel.temporal import literal

ORDERS = ("=", "!=", "<", "<=", ">", ">=")
_SINGLE: dict[str, Literal["=", "!="]] = {"=": "=", "!=": "!="}


class Brackets(Declarations):
    """The part of the parser that reads what has an opening and an end."""

    def parenthesis(self) -> tree.Node:
        """``(a)``, ``(a..b)``, ``(< a)``."""
        at = self.expect("(").position
        if self.is_sign(*ORDERS):
            sign, end = cast(tree.Order, self.take().text), self.expression()
            self.expect(")")
            if sign in {"=", "!="}:
                is_one = sign == "="
                return tree.RangeOf(at, end, end, low_closed=is_one, high_closed=is_one, sign=_SINGLE[sign])
            closed = sign.endswith("=")
            if sign.startswith("<"):
                return tree.RangeOf(at, None, end, low_closed=False, high_closed=closed)
            return tree.RangeOf(at, end, None, low_closed=closed, high_closed=False)
        inner = self.expression()
        if self.is_sign(".."):
            return self.range_from(inner, at, closed=False)
        self.expect(")")
        return inner

    def bracket(self) -> tree.Node:
        """``[a, b]``, ``[a..b)``, ``]a..b[``."""
        opening = self.take()
        at, closed = opening.position, opening.text == "["
        if closed and self.accept("]"):
            return tree.ListOf(at, ())
        items = [self.expression()]
        if self.is_sign("..") or not closed:
            return self.range_from(items[0], at, closed=closed)
        while self.accept(","):
            items.append(self.expression())
        self.expect("]")
        return tree.ListOf(at, tuple(items))

    def range_from(self, low: tree.Node, at: int, *, closed: bool) -> tree.Node:
        """The rest of a range whose lower end was read."""
        self.expect("..")
        high = self.expression()
        if not self.is_sign("]", ")", "["):
            raise self.unexpected()
        return tree.RangeOf(at, low, high, low_closed=closed, high_closed=self.take().text == "]")

    def context(self) -> tree.Node:
        """``{a: 1, "b": a}``."""
        at = self.expect("{").position
        entries: dict[str, tree.Node] = {}
        twice: tree.Node | None = None
        while not (self.is_sign("}") and not entries):
            place = self.here.position
            name = self.key()
            if name is None and self.here.kind == "string":
                name = self.take().text
                self.expect(":")
            if name is None:
                raise self.unexpected()
            if name in entries:
                fault = self.fault(zh=f"键 {name} 出现两次", en=f"the key {name} stands twice", at=place)
                twice = twice or self.wrong(fault)
            entries[name] = self.expression()
            self.declare(name)
            if not self.accept(","):
                break
        self.expect("}")
        return twice or tree.ContextOf(at, tuple(entries.items()))

    def moment(self) -> tree.Node:
        """``@"2026-11-20"``."""
        at = self.expect("@").position
        if self.here.kind != "string":
            raise self.unexpected()
        value = literal(self.here.text)
        text = self.take().text
        if value is None:
            fault = self.fault(
                zh=f"“{text}”不是日期、时间或时长，应如 2026-11-20、P1Y6M",
                en=f"{text!r} is no date, time or duration such as 2026-11-20 or P1Y6M",
                at=at + 1,
            )
            return self.wrong(fault)
        return tree.Constant(at, value)
