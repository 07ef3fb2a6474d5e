"""From text to words 词法: numbers, texts, names (Chinese ones too), signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Literal

from yizhan.feel.faults import SyntaxFault
from yizhan.feel.values import NUMBERS

LONGEST = 4096

_SIGNS = ("**", "..", "<=", ">=", "!=", *"+-*/=<>()[]{},:.?@'")
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)+")
_ESCAPE = re.compile(r'\\(?:([nrt"\'\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6}))')
_SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_NAME_START = re.compile(
    "[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)
_NAME_PART = re.compile("[\u00b7\u0300-\u036f\u203f-\u2040]")
_FULL_WIDTH = dict(zip("，（）：；＞＜＝“”‘’【】。－＋＊／？", ",():;><=\"\"''[].-+*/?", strict=True))


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a source.

    Attributes:
        kind: ``name`` includes the words of the language, such as ``if``.
        text: as written; for a string what stands between the quotes, escapes resolved.
        position: index of its first character.
        end: index behind its last character.
    """

    kind: Literal["number", "string", "name", "sign", "end"]
    text: str
    position: int
    end: int
    number: Decimal | None = None


def tokens(source: str) -> list[Token]:
    """All words of a source, closed by one of kind ``end``.

    Raises:
        SyntaxFault: too long, an unclosed text, a sign that FEEL does not have.
    """
    if len(source) > LONGEST:
        raise SyntaxFault(
            zh=f"表达式有 {len(source)} 字，超过 {LONGEST} 字上限",
            en=f"{len(source)} characters; at most {LONGEST}",
            source=source,
            position=LONGEST,
        )
    found: list[Token] = []
    at = _after_blank(source, 0)
    while at < len(source):
        token = _token(source, at)
        found.append(token)
        at = _after_blank(source, token.end)
    found.append(Token("end", "", len(source), len(source)))
    return found


def _after_blank(source: str, at: int) -> int:
    blank = _BLANK.match(source, at)
    return blank.end() if blank else at


def _token(source: str, at: int) -> Token:
    character = source[at]
    if character == '"':
        return _string(source, at)
    number = _NUMBER.match(source, at)
    if number:
        return _number(source, at, number.group())
    if _starts_name(character):
        end = at + 1
        while end < len(source) and _continues_name(source[end]):
            end += 1
        return Token("name", source[at:end], at, end)
    for sign in _SIGNS:
        if source.startswith(sign, at):
            return Token("sign", sign, at, at + len(sign))
    raise _no_sign(source, at)


def _starts_name(character: str) -> bool:
    if character < "\x80":
        return character == "_" or character.isalpha()
    return bool(_NAME_START.match(character)) and character not in _FULL_WIDTH


def _continues_name(character: str) -> bool:
    return _starts_name(character) or character.isdigit() or bool(_NAME_PART.match(character))


def _number(source: str, at: int, text: str) -> Token:
    end = at + len(text)
    try:
        number = NUMBERS.create_decimal(text)
    except DecimalException:
        raise SyntaxFault(zh="数过大", en="the number is too large", source=source, position=at) from None
    if end < len(source) and _starts_name(source[end]):
        raise SyntaxFault(
            zh="名称不能以数字开头", en="a name cannot begin with a digit", source=source, position=at
        )
    return Token("number", text, at, end, number)


def _string(source: str, at: int) -> Token:
    end = at + 1
    while end < len(source) and source[end] != '"':
        end += 2 if source[end] == "\\" else 1
    if end >= len(source):
        raise SyntaxFault(
            zh="文本缺少右引号", en="the text has no closing quotation mark", source=source, position=at
        )
    try:
        text = _ESCAPE.sub(_unescaped, source[at + 1 : end])
        text = text.encode("utf-16", "surrogatepass").decode("utf-16")  # joins \\uD83D\\uDE00 to one
    except (UnicodeDecodeError, ValueError):
        text = "\0"
    if "\0" in text:
        raise SyntaxFault(
            zh="文本里有无效字符", en="the text holds an invalid character", source=source, position=at
        )
    return Token("string", text, at, end + 1)


def _unescaped(match: re.Match[str]) -> str:
    short, four, six = match.groups()
    return _SHORT_ESCAPES[short] if short else chr(int(four or six, 16))


def _no_sign(source: str, at: int) -> SyntaxFault:
    character = source[at]
    if character in _FULL_WIDTH:
        half = _FULL_WIDTH[character]
        return SyntaxFault(
            zh=f"“{character}”是全角符号，请改用半角 {half}",
            en=f"full-width sign; write {half}",
            source=source,
            position=at,
        )
    if character in "&|!":
        zh, en = "请用 and、or、not(…)", "write and, or, not(…)"
    else:
        zh, en = "不认识的字符", "unknown character"
    return SyntaxFault(zh, en, source=source, position=at)
