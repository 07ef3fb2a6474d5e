"""The parts that operators join 项: values, names, calls, lists, ranges, contexts."""

from __future__ import annotations

from yizhan.feel import tree
from yizhan.feel.builtins import FUNCTIONS, MOMENTS
from yizhan.feel.cursor import WORDS
from yizhan.feel.declarations import Declarations
from yizhan.feel.temporal import literal

ORDERS = ("=", "!=", "<", "<=", ">", ">=")
_FUNCTION_PHRASES = sorted((tuple(name.split()) for name in FUNCTIONS if " " in name), key=len, reverse=True)
_PROPERTY_PHRASES = [("start", "included"), ("end", "included"), ("time", "offset")]
_BEGINNINGS = {"(", "[", "{", "@", "?", "-"}


class Terms(Declarations):
    """The part of the parser that reads terms; ``Parser`` joins them."""

    def term(self) -> tree.Node:
        """A term with what follows it: paths, filters, ``instance of``."""
        node = self._primary()
        while True:
            at = self.here.position
            if self.is_sign(".") and self.next.kind == "name":
                self.take()
                name = self.several_words(_PROPERTY_PHRASES) or self.declared_phrase() or self.take().text
                node = tree.Path(at, node, name)
            elif self.is_sign("[") and not self._closes_range():
                self.take()
                node = tree.Filter(at, node, self.expression())
                self.expect("]")
            elif self.is_word("instance"):
                self.take()
                self.expect("of")
                node = tree.InstanceOf(at, node, self.type())
            elif self.is_sign("(") and not isinstance(node, tree.Constant | tree.ListOf | tree.RangeOf):
                node = tree.Invoke(at, node, *self._arguments())
            else:
                return node

    def _closes_range(self) -> bool:
        """Whether ``[`` ends a half-open range, as in ``[1..5[``: nothing that begins a filter follows."""
        after = self.next
        if after.kind == "name":
            return after.text in WORDS - {"if", "for", "some", "every", "true", "false", "null"}
        return after.kind == "end" or (after.kind == "sign" and after.text not in _BEGINNINGS)

    def _primary(self) -> tree.Node:
        token = self.here
        if token.kind == "number":
            return tree.Constant(token.position, self.take().number)
        if token.kind == "string":
            return tree.Constant(token.position, self.take().text)
        if token.kind == "name":
            return self._named()
        reader = {
            "(": self._parenthesis,
            "[": self._bracket,
            "]": self._bracket,
            "{": self._context,
            "@": self._at,
            "?": self._asked,
        }.get(token.text if token.kind == "sign" else "")
        if reader is None:
            raise self.unexpected()
        return reader()

    def _named(self) -> tree.Node:
        at = self.here.position
        declared = self.declared_phrase()
        if declared is not None:
            return self._call(declared, at) if self.is_sign("(") else tree.Name(at, declared)
        function = self.several_words(_FUNCTION_PHRASES, then="(")
        if function:
            return self._call(function, at)
        if self.next.kind == "sign" and self.next.text == "(" and self.here.text not in WORDS:
            return self._call(self.take().text, at)
        word = self.here.text
        if word in {"true", "false", "null"}:
            self.take()
            return tree.Constant(at, {"true": True, "false": False}.get(word))
        if word == "if":
            return self.if_()
        if word in {"for", "some", "every"}:
            return self.loop()
        if word == "function":
            return self.function()
        if word in WORDS:
            raise self.unexpected()
        self._refuse_unknown_phrase()
        return tree.Name(at, self.take().text)

    def _refuse_unknown_phrase(self) -> None:
        """``strings with(…)`` is no name before a stray word, but a function that does not exist."""
        words = self.words_ahead()
        if len(words) > 1 and not WORDS & set(words) and self.is_sign_after(len(words), "("):
            phrase = " ".join(words)
            raise self.unknown(
                zh="没有函数", en="there is no function", word=phrase, known=FUNCTIONS, at=self.here.position
            )

    def _call(self, function: str, at: int) -> tree.Node:
        if not (function in FUNCTIONS or function in MOMENTS or function in self.declared):
            raise self.unknown(
                zh="没有函数", en="there is no function", word=function, known=FUNCTIONS, at=at
            )
        return tree.Call(at, function, *self._arguments())

    def _arguments(self) -> tuple[tuple[tree.Node, ...], tuple[str, ...]]:
        """What stands in the parentheses of a call, and its names if it is named."""
        self.expect("(")
        arguments: list[tree.Node] = []
        names: list[str] = []
        while not (self.is_sign(")") and not arguments):
            name = self.key()
            if (name is None) != (not names) and arguments:
                raise self.fault(zh="参数要么都写名称，要么都不写", en="name all arguments or none")
            names += [name] if name is not None else []
            arguments.append(self.expression())
            if not self.accept(","):
                break
        self.expect(")")
        return tuple(arguments), tuple(names)

    def _parenthesis(self) -> tree.Node:
        at = self.expect("(").position
        if self.is_sign("<", "<=", ">", ">="):
            sign, end = self.take().text, self.expression()
            self.expect(")")
            closed = sign.endswith("=")
            if sign.startswith("<"):
                return tree.RangeOf(at, None, end, low_closed=False, high_closed=closed)
            return tree.RangeOf(at, end, None, low_closed=closed, high_closed=False)
        inner = self.expression()
        if self.is_sign(".."):
            return self.range_from(inner, at, closed=False)
        self.expect(")")
        return inner

    def _bracket(self) -> tree.Node:
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

    def _context(self) -> tree.Node:
        at = self.expect("{").position
        entries: dict[str, tree.Node] = {}
        while not (self.is_sign("}") and not entries):
            place = self.here.position
            name = self.entry_name()
            if name is None and self.here.kind == "string":
                name = self.take().text
                self.expect(":")
            if name is None:
                raise self.unexpected()
            if name in entries:
                raise self.fault(zh=f"键 {name} 出现两次", en=f"the key {name} stands twice", at=place)
            entries[name] = self.expression()
            self.declare(name)
            if not self.accept(","):
                break
        self.expect("}")
        return tree.ContextOf(at, tuple(entries.items()))

    def _at(self) -> tree.Node:
        at = self.expect("@").position
        if self.here.kind != "string":
            raise self.unexpected()
        value = literal(self.here.text)
        if value is None:
            raise self.fault(
                zh=f"“{self.here.text}”不是日期、时间或时长，应如 2026-11-20、P1Y6M",
                en=f"{self.here.text!r} is no date, time or duration such as 2026-11-20 or P1Y6M",
            )
        self.take()
        return tree.Constant(at, value)

    def _asked(self) -> tree.Node:
        return tree.Asked(self.expect("?").position)
