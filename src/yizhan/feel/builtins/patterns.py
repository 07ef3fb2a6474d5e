"""Functions with regular expressions: matches, replace, split."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.patterns import Pattern, PatternFault, Replacement, pattern
from yizhan.feel.values import Value


@function("matches", "input: string", "pattern: string", "flags?: string")
def _matches(here: Here, text: str, source: str, flags: str | None) -> Value:
    """Whether some part of the text matches."""
    found = _compiled(here, text, source, flags or "")
    return None if found is None else found.is_in(text)


@function("replace", "input: string", "pattern: string", "replacement: string", "flags?: string")
def _replace(here: Here, text: str, source: str, replacement: str, flags: str | None) -> Value:
    """Every match replaced; what stands for nothing cannot be."""
    found = _compiled(here, text, source, flags or "")
    if found is None or _is_empty(here, found):
        return None
    try:
        instead = Replacement(replacement, found.groups, is_literal=found.is_literal)
    except PatternFault as fault:
        return here.null(fault.zh, fault.en)
    return "".join(_pieces(here, found, text, instead))


@function("split", "string: string", "delimiter: string")
def _split(here: Here, text: str, delimiter: str) -> Value:
    """The parts between the matches, empty ones too."""
    found = _compiled(here, text, delimiter, "")
    if found is None or _is_empty(here, found):
        return None
    parts, at = [], 0
    for start, end, _groups in found.found(text):
        here.evaluation.spend(1)
        parts.append(text[at:start])
        at = end
    return (*parts, text[at:])


def _compiled(here: Here, text: str, source: str, flags: str) -> Pattern | None:
    try:
        (text + source).encode()  # a half of a pair is no character that can be looked for
        found = pattern(source, flags)
    except PatternFault as fault:
        here.null(fault.zh, fault.en)
        return None
    except UnicodeEncodeError:
        here.null(zh="文本里有无效字符", en="the text holds an invalid character")
        return None
    here.evaluation.spend(found.steps(text))
    return found


def _is_empty(here: Here, found: Pattern) -> bool:
    if found.can_be_empty:
        here.null(zh="正则表达式不能匹配空文本", en="the pattern must not match an empty text")
    return found.can_be_empty


def _pieces(here: Here, found: Pattern, text: str, instead: Replacement) -> Iterator[str]:
    at = length = 0
    for start, end, groups in found.found(text):
        piece = text[at:start] + instead.of(groups)
        at, length = end, length + len(piece)
        here.evaluation.spend(1)
        if length > here.evaluation.limits.text:
            here.evaluation.text(piece * (here.evaluation.limits.text // max(1, len(piece)) + 2))
        yield piece
    yield text[at:]
