"""Reading what declares 声明: functions with their parameters, and types."""

from __future__ import annotations

from yizhan.feel import tree
from yizhan.feel.blocks import Blocks
from yizhan.feel.types import NAMES, NamedTypes, Type

_PHRASES = sorted((tuple(name.split()) for name in NAMES), key=len, reverse=True)
_WITH_INNER = {"list", "range", "context", "function"}


class Declarations(Blocks):
    """The part of the parser that reads functions and types."""

    types: NamedTypes | None = None

    def _own_type(self) -> Type | None:
        """The longest name of a type of the model that stands here."""
        for phrase, type_ in self.types.phrases if self.types is not None else ():
            if self.several_words([phrase]):
                return type_
        return None

    def function(self) -> tree.Node:
        """``function(x: number, y) x + y``; a function of another program is refused."""
        at = self.expect("function").position
        self.expect("(")
        names: list[str] = []
        types: list[Type | None] = []
        while not (self.is_sign(")") and not names):
            place, name = self.here.position, self.name_until(":", ",", ")")
            if name is None:
                raise self.unexpected()
            if name in names:
                raise self.fault(
                    zh=f"参数 {name} 出现两次", en=f"the parameter {name} stands twice", at=place
                )
            names.append(name)
            types.append(self.type() if self.accept(":") else None)
            if not self.accept(","):
                break
        self.expect(")")
        for name in names:
            self.declare(name)
        if self.is_word("external"):
            fault = self.fault(zh="不能调用外部程序的函数", en="functions of other programs are not called")
            body = self.wrong(fault)
            self.take()
            self.expression()  # where the other program is; nobody goes there
            return tree.FunctionOf(at, tuple(names), tuple(types), body)
        return tree.FunctionOf(at, tuple(names), tuple(types), self.expression())

    def type(self) -> Type:
        """A type, with what stands between its angle brackets."""
        at = self.here.position
        own = self._own_type()
        if own is not None:
            return own
        name = self.several_words(_PHRASES)
        if name is None:
            fault = self.unknown(
                zh="没有类型", en="there is no type", word=self.here.text, known=NAMES, at=at
            )
            self.wrong(fault)
            return Type(self.name_until(">", ",", ")", "]", "}") or self.take().text)
        if name not in _WITH_INNER or not self.is_sign("<"):
            return Type(name)
        self.deeper()
        self.take()
        keys: list[str] = []
        inner: list[Type] = []
        while not (self.is_sign(">") and name == "function" and not inner):
            key = self.key() if name == "context" else ""
            if key is None:
                raise self.unexpected()
            keys += [key] if key else []
            inner.append(self.type())
            if name in {"list", "range"} or not self.accept(","):
                break
        self.expect(">")
        if name == "function":
            self.expect("-")
            self.expect(">")
            self.type()
        self.shallower()
        return Type(name, tuple(inner), tuple(keys), is_plain=False)
