"""From XPath's regular expressions to those of RE2 转写: every part is read, and written anew or refused."""

from __future__ import annotations

import re

from yizhan.feel.faults import Fault
from yizhan.feel.patterns import characters
from yizhan.feel.patterns.characters import Ranges

_QUANTIFIER = re.compile(r"(?:[?*+]|\{(\d{1,4})(?:,(\d{0,4}))?\})\??", re.ASCII)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", **{sign: sign for sign in r"\|.?*+(){}-[]^$"}}
_DEEPEST = 50
_FLAGS = frozenset("smixq")


class PatternFault(Fault):
    """A text is no regular expression, or one of a kind that is not run here."""


def translated(source: str, flags: str) -> str:
    """The pattern as RE2 writes it.

    Raises:
        PatternFault: it is none.
    """
    if set(flags) - _FLAGS:
        raise PatternFault(zh="标志只能是 s、m、i、x、q", en="flags are s, m, i, x, q")
    reader = _Reader(source, flags)
    body = "".join(map(_literal, map(ord, source))) if "q" in flags else reader.whole()
    return f"(?i){body}" if "i" in flags else body


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, source: str, flags: str) -> None:
        self.source, self.flags, self.at, self.depth = source, flags, 0, 0

    def whole(self) -> str:
        found = self._alternatives()
        if self.at < len(self.source):
            raise self._fault()
        return found

    def _here(self) -> str:
        return self.source[self.at : self.at + 1]

    def _take(self) -> str:
        if self.at >= len(self.source):
            raise self._fault()
        self.at += 1
        return self.source[self.at - 1]

    def _accept(self, text: str) -> bool:
        if self.source.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def _fault(self) -> PatternFault:
        rest = self.source[self.at : self.at + 20]
        if not rest:
            return PatternFault(zh="正则表达式未写完", en="the pattern is not finished")
        return PatternFault(zh=f"正则表达式有误：{rest}", en=f"the pattern is wrong at {rest!r}")

    def _alternatives(self) -> str:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PatternFault(zh="正则表达式嵌套过深", en="the pattern is nested too deeply")
        found = [self._branch()]
        while self._accept("|"):
            found.append(self._branch())
        self.depth -= 1
        return "|".join(found)

    def _branch(self) -> str:
        parts: list[str] = []
        while self._here() not in {"", "|", ")"}:
            if "x" in self.flags and self._here() in " \t\n\r":
                self.at += 1
                continue
            parts.append(self._atom())
            quantifier = _QUANTIFIER.match(self.source, self.at)
            if quantifier:
                self.at = quantifier.end()
                parts.append(quantifier.group())
        return "".join(parts)

    def _atom(self) -> str:
        sign = self._take()
        if sign == "(":
            opening = "(?:" if self._accept("?:") else "("
            inner = self._alternatives()
            if not self._accept(")"):
                raise self._fault()
            return f"{opening}{inner})"
        if sign == ".":
            return "(?s:.)" if "s" in self.flags else r"[^\n\r]"
        if sign == "^":
            return "(?m:^)" if "m" in self.flags else r"\A"
        if sign == "$":
            return "(?m:$)" if "m" in self.flags else r"\z"
        if sign == "[":
            return _set(self._class())
        if sign == "\\":
            return _set(self._escape())
        if sign in "?*+{}])|":
            self.at -= 1
            raise self._fault()
        return _literal(ord(sign))

    def _class(self) -> Ranges:
        """What stands behind ``[``, up to its end; ``[a-z-[aeiou]]`` takes a set away from another."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._fault()
        is_negated, ranges = self._accept("^"), list[tuple[int, int]]()
        taken_away: Ranges = ()
        while not (self._here() == "]" and ranges):
            if self._accept("-["):
                taken_away = self._class()
                if self._here() != "]":
                    raise self._fault()
                break
            ranges += self._class_part()
        self._take()
        self.depth -= 1
        found = characters.merged(ranges)
        return characters.without(characters.others(found) if is_negated else found, taken_away)

    def _class_part(self) -> Ranges:
        first = self._class_character()
        if len(first) != 1 or first[0][0] != first[0][1] or self._here() != "-":
            return first
        if self.source[self.at + 1 : self.at + 2] in {"]", "[", ""}:
            return first  # the hyphen is a character, or takes a set away
        self.at += 1
        last = self._class_character()
        if len(last) != 1 or last[0][0] != last[0][1] or last[0][0] < first[0][0]:
            raise self._fault()
        return ((first[0][0], last[0][0]),)

    def _class_character(self) -> Ranges:
        sign = self._take()
        if sign == "\\":
            return self._escape()
        if sign in "[]":
            self.at -= 1
            raise self._fault()
        return ((ord(sign), ord(sign)),)

    def _escape(self) -> Ranges:
        letter = self._take()
        if letter in _PLAIN_ESCAPES:
            number = ord(_PLAIN_ESCAPES[letter])
            return ((number, number),)
        if letter.isdigit():
            raise PatternFault(
                zh="不支持反向引用，如 \\1", en="references back such as \\1 are not run, since they can hang"
            )
        if letter in "pP" and self._accept("{"):
            name, closed, _ = self.source[self.at :].partition("}")
            found = characters.category(name) if closed else None
            if found is None:
                raise PatternFault(
                    zh=f"没有字符类别 {name[:20]}", en=f"there is no category of characters {name[:20]}"
                )
            self.at += len(name) + 1
            return characters.others(found) if letter == "P" else found
        found = characters.escaped(letter)
        if found is None:
            self.at -= 2
            raise self._fault()
        return found


def _set(ranges: Ranges) -> str:
    if not ranges:
        return r"[^\x{0}-\x{10FFFF}]"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _literal(ranges[0][0])
    parts = (
        _literal(first) if first == last else f"{_literal(first)}-{_literal(last)}" for first, last in ranges
    )
    return f"[{''.join(parts)}]"


def _literal(number: int) -> str:
    character = chr(number)
    return character if character.isascii() and character.isalnum() else f"\\x{{{number:X}}}"
