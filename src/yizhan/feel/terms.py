"""The parts that operators join 项: values, names, calls, and what follows them."""

from __future__ import annotations

from yizhan.feel import tree
from yizhan.feel.brackets import Brackets
from yizhan.feel.builtins import FUNCTIONS, MOMENTS
from yizhan.feel.cursor import WORDS

_FUNCTION_PHRASES = sorted((tuple(name.split()) for name in FUNCTIONS if " " in name), key=len, reverse=True)
_PROPERTY_PHRASES = [("start", "included"), ("end", "included"), ("time", "offset")]
_CONSTANTS = {"true": True, "false": False, "null": None}
_LOOPS = ("for", "some", "every")
_BEGINNINGS = {"(", "[", "{", "@", "?", "-"}


class Terms(Brackets):
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
            "(": self.parenthesis,
            "[": self.bracket,
            "]": self.bracket,
            "{": self.context,
            "@": self.moment,
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
        if self.here.text in WORDS:
            return self._reserved()
        unknown = self._unknown_phrase()
        if unknown is not None:
            return self._call(unknown, at)
        return tree.Name(at, self.take().text)

    def _reserved(self) -> tree.Node:
        at, word = self.here.position, self.here.text
        if word in _CONSTANTS:
            self.take()
            return tree.Constant(at, _CONSTANTS[word])
        readers = {"if": self.if_, "function": self.function} | dict.fromkeys(_LOOPS, self.loop)
        if word not in readers:
            raise self.unexpected()
        return readers[word]()

    def _unknown_phrase(self) -> str | None:
        """``strings with(…)`` is no name before a stray word, but a function that does not exist."""
        words = self.words_ahead()
        if len(words) > 1 and not WORDS & set(words) and self.is_sign_after(len(words), "("):
            return self.several_words([tuple(words)])
        return None

    def _call(self, function: str, at: int) -> tree.Node:
        if not (function in FUNCTIONS or function in MOMENTS or function in self.declared):
            fault = self.unknown(
                zh="没有函数", en="there is no function", word=function, known=FUNCTIONS, at=at
            )
            wrong = self.wrong(fault)
            self._arguments()
            return wrong
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

    def _asked(self) -> tree.Node:
        return tree.Asked(self.expect("?").position)
