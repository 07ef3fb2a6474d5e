"""Functions of texts. Those with regular expressions are left out: they can hang."""

from __future__ import annotations

from decimal import Decimal

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import Value
from yizhan.feel.writing import text_of


@function("string", "from: any")
def _string(here: Here, source: Value) -> Value:
    return None if source is None else text_of(here.evaluation.measured(source))


@function("string length", "string: string")
def _string_length(_here: Here, text: str) -> Value:
    return Decimal(len(text))


@function("contains", "string: string", "match: string")
def _contains(_here: Here, text: str, match: str) -> Value:
    return match in text


@function("starts with", "string: string", "match: string")
def _starts_with(_here: Here, text: str, match: str) -> Value:
    return text.startswith(match)


@function("ends with", "string: string", "match: string")
def _ends_with(_here: Here, text: str, match: str) -> Value:
    return text.endswith(match)


@function("substring", "string: string", "start position: number", "length?: number")
def _substring(here: Here, text: str, start: Decimal, length: Decimal | None) -> Value:
    """Positions count from 1, negative ones from the end."""
    whole = start == int(start) and (length is None or length >= 1)
    if not whole or start == 0 or abs(start) > len(text):
        return here.null(zh="起始位置或长度不对", en="wrong start position or length")
    first = int(start) - 1 if start > 0 else len(text) + int(start)
    return text[first:] if length is None else text[first : first + min(int(length), len(text))]


@function("upper case", "string: string")
def _upper_case(_here: Here, text: str) -> Value:
    return text.upper()


@function("lower case", "string: string")
def _lower_case(_here: Here, text: str) -> Value:
    return text.lower()


@function("substring before", "string: string", "match: string")
def _substring_before(_here: Here, text: str, match: str) -> Value:
    return text.partition(match)[0] if match and match in text else ""


@function("substring after", "string: string", "match: string")
def _substring_after(_here: Here, text: str, match: str) -> Value:
    return text.partition(match)[2] if match else text


@function("string join", "list: list", "delimiter?: string")
def _string_join(here: Here, items: tuple[Value, ...], delimiter: str | None) -> Value:
    if any(item is not None and not isinstance(item, str) for item in items):
        return here.null(zh="列表里有不是文本的值", en="an entry is no text")
    texts = [item for item in items if isinstance(item, str)]
    size = sum(len(text) for text in texts) + len(delimiter or "") * len(texts)
    here.evaluation.spend(size // 100)
    return (delimiter or "").join(texts)
