"""Walking over the words of a source, with names of several words and a bounded depth."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from yizhan.feel import tree
from yizhan.feel.faults import SyntaxFault
from yizhan.feel.lexer import Token, tokens

DEEPEST = 60  # seven Python frames each at most
WORDS = frozenset(
    {"if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between"}
    | {"instance", "of", "function", "true", "false", "null"}
)
"""The words of the language, which no fact can be named by."""
_IN_NAMES = frozenset("+-*/'.")


class Cursor:
    """The present word of a source, and what may be asked of it."""

    def __init__(self, source: str, known: Iterable[str] = (), *, lenient: bool = False) -> None:
        self.source, self._lenient = source, lenient
        self._tokens = tokens(source)
        self._index = 0
        self._depth = 0
        self.declared: set[str] = set()
        self._phrases: dict[tuple[str, ...], str] = {}
        for name in known:
            self.declare(name)

    @property
    def here(self) -> Token:
        """The present word."""
        return self._tokens[self._index]

    @property
    def next(self) -> Token:
        """The word after it."""
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The present word; the cursor goes on."""
        token = self.here
        if token.kind != "end":
            self._index += 1
        return token

    def is_sign(self, *signs: str) -> bool:
        """Whether the present word is one of these signs."""
        return self.here.kind == "sign" and self.here.text in signs

    def is_word(self, *words: str) -> bool:
        """Whether the present word is one of these words of the language."""
        return self.here.kind == "name" and self.here.text in words

    def accept(self, text: str) -> bool:
        """Take a sign or word if it stands here."""
        if self.here.kind in {"sign", "name"} and self.here.text == text:
            self.take()
            return True
        return False

    def expect(self, text: str) -> Token:
        """Take a sign or word that must stand here.

        Raises:
            SyntaxFault: something else does.
        """
        if self.here.kind in {"sign", "name"} and self.here.text == text:
            return self.take()
        if self.here.kind == "end":
            raise self.fault(zh=f"结尾处缺少 {text}", en=f"{text} is missing at the end")
        raise self.fault(
            zh=f"此处应为 {text}，实为 {self.here.text}", en=f"expected {text}, found {self.here.text!r}"
        )

    def fault(self, zh: str, en: str, at: int | None = None) -> SyntaxFault:
        """A fault here, or at a given place."""
        return SyntaxFault(zh, en, source=self.source, position=self.here.position if at is None else at)

    def unexpected(self) -> SyntaxFault:
        """The fault of a word that cannot stand here."""
        if self.here.kind == "end":
            return self.fault(zh="表达式未写完", en="the expression is not finished")
        if self.is_sign("'"):
            return self.fault(zh="文本请用双引号", en="texts stand in double quotation marks")
        return self.fault(zh=f"此处不应出现 {self.here.text}", en=f"{self.here.text!r} cannot stand here")

    def unknown(self, zh: str, en: str, word: str, known: Iterable[str], at: int) -> SyntaxFault:
        """The fault of an unknown word, with the nearest known one."""
        near = difflib.get_close_matches(word, list(known), n=1)
        if not near:
            return self.fault(f"{zh} {word}", f"{en} {word}", at)
        return self.fault(
            zh=f"{zh} {word}，是否应为 {near[0]}？", en=f"{en} {word}; did you mean {near[0]}?", at=at
        )

    def wrong(self, fault: SyntaxFault) -> tree.Node:
        """A part that is well written but means nothing: null where nulls are told, else refused.

        Raises:
            SyntaxFault: the fault.
        """
        if self._lenient:
            return tree.Wrong(fault.position, fault.zh, fault.en)
        raise fault

    def deeper(self) -> None:
        """Go one level down.

        Raises:
            SyntaxFault: that is too deep.
        """
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.fault(zh="嵌套过深，请拆开写", en="nested too deeply; split the expression")

    def shallower(self) -> None:
        """Come back up."""
        self._depth -= 1

    def several_words(self, phrases: Iterable[tuple[str, ...]], then: str = "") -> str | None:
        """Take the first of some names of several words that stands here, before a sign if one is given."""
        for phrase in phrases:
            found = self._tokens[self._index : self._index + len(phrase)]
            if tuple(token.text for token in found) != phrase or found[0].kind == "string":
                continue
            if then and not self.is_sign_after(len(phrase), then):
                continue
            self._index += len(phrase)
            return " ".join(phrase)
        return None

    def declare(self, name: str) -> None:
        """Keep the name of a variable: it may be of several words, and it may be called if it is a function."""
        if name in self.declared:
            return
        self.declared.add(name)
        try:
            phrase = tuple(token.text for token in tokens(name)[:-1])
        except SyntaxFault:
            return  # such a name can only be an entry between quotation marks
        if len(phrase) > 1:
            self._phrases[phrase] = name
            self._phrases = dict(sorted(self._phrases.items(), key=lambda item: -len(item[0])))

    def declared_phrase(self) -> str | None:
        """Take the longest declared name of several words that stands here."""
        for phrase, name in self._phrases.items():
            if self.several_words([phrase]):
                return name
        return None

    def words_ahead(self) -> list[str]:
        """The names that stand here in a row."""
        index = self._index
        while self._tokens[index].kind == "name":
            index += 1
        return [token.text for token in self._tokens[self._index : index]]

    def is_sign_after(self, words: int, sign: str) -> bool:
        """Whether a sign stands so many words from here."""
        token = self._tokens[min(self._index + words, len(self._tokens) - 1)]
        return token.kind == "sign" and token.text == sign

    def name_until(self, *ends: str) -> str | None:
        """Take the name that stands here up to one of these signs or words; it may hold signs: ``pre-tax rate``.

        Nothing is taken if what stands here is no such name.
        """
        index, parts = self._index, list[str]()
        if self.here.kind != "name":
            return None
        while (token := self._tokens[index]).text not in ends or token.kind in {"string", "end"}:
            if token.kind not in {"name", "number"} and (token.kind != "sign" or token.text not in _IN_NAMES):
                return None
            has_blank = index > self._index and self._tokens[index - 1].end < token.position
            parts.append(f" {token.text}" if has_blank else token.text)
            index += 1
        if not parts:
            return None
        self._index = index
        return "".join(parts)

    def key(self) -> str | None:
        """Take a name and its colon, such as ``start position:``; nothing if that is not here."""
        name = self.name_until(":")
        if name is not None:
            self.expect(":")
        return name
