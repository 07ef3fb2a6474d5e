"""``range("[1..3]")``: reading a range whose ends are values written down, and nothing else."""

from __future__ import annotations

from yizhan.feel import comparing
from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.faults import SyntaxFault
from yizhan.feel.lexer import Token, tokens
from yizhan.feel.temporal import literal, read_date, read_duration, read_moment, read_time
from yizhan.feel.values import NUMBERS, Range, Value

_READERS = {"date": read_date, "date and time": read_moment, "time": read_time, "duration": read_duration}


@function("range", "from: string")
def _range(here: Here, source: str) -> Value:
    try:
        words = tokens(source)[:-1]
    except SyntaxFault:
        words = []
    signs = [word.text if word.kind == "sign" else "" for word in words]
    if signs.count("..") != 1 or signs[0] not in {"[", "(", "]"} or signs[-1] not in {"]", ")", "["}:
        return _no_range(here)
    middle = signs.index("..")
    low, high = _end(words[1:middle]), _end(words[middle + 1 : -1])
    if low is None or high is None:
        return _no_range(here)
    if comparing.compare("<=", low, high, here.evaluation, here.position) is not True:
        return here.null(zh="起点不能大于终点", en="the start must not lie behind the end")
    return Range(low, high, signs[0] == "[", signs[-1] == "]")


def _no_range(here: Here) -> Value:
    return here.null(
        zh="区间应如 [1..3]，两端是写定的值", en="a range looks like [1..3], its ends written out"
    )


def _end(words: list[Token]) -> Value:
    """The value of an end: a number, a text, ``@"…"``, ``date("…")`` and its like."""
    match [(word.kind, word.text) for word in words]:
        case [("number", _)]:
            return words[0].number
        case [("sign", "-"), ("number", _)] if words[1].number is not None:
            return NUMBERS.minus(words[1].number)
        case [("string", text)]:
            return text
        case [("sign", "@"), ("string", text)]:
            return literal(text)
        case [*names, ("sign", "("), ("string", text), ("sign", ")")]:
            read = _READERS.get(" ".join(name for _, name in names))
            return read(text) if read else None
    return None
