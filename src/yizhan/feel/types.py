"""Types 类型: ``number``, ``list<number>``, ``context<name: string>``, ``function<number> -> string``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yizhan.feel.eras import FarDate
from yizhan.feel.lexer import tokens
from yizhan.feel.values import KINDS, Function, Range, Value, kind
from yizhan.feel.zones import midnight

NAMES = {*KINDS.values(), "Any"}


@dataclass(frozen=True, slots=True)
class Type:
    """A type as it is written.

    Attributes:
        name: one of ``NAMES``.
        inner: the types between the angle brackets; for a context those of its keys.
        keys: the keys of a context.
        is_plain: nothing stands between angle brackets, so anything of the name will do.
    """

    name: str
    inner: tuple[Type, ...] = ()
    keys: tuple[str, ...] = ()
    is_plain: bool = True


class NamedTypes:
    """Types that a model defines, by name; made once for a model.

    Attributes:
        phrases: the words of each name, the longest names first, and its type.
    """

    def __init__(self, types: Mapping[str, Type]) -> None:
        words = ((tuple(word.text for word in tokens(name)[:-1]), type_) for name, type_ in types.items())
        self.phrases = tuple(sorted(words, key=lambda item: -len(item[0])))


def conforms(value: Value, wanted: Type) -> bool:
    """Whether a value is of a type; null is of every type but those that are asked for at the top."""
    if value is None:
        return wanted.name == "null"
    if wanted.name == "Any":
        return True
    if kind(value) != wanted.name:
        return False
    if wanted.is_plain:
        return True
    if isinstance(value, tuple):
        return all(_within(item, wanted.inner[0]) for item in value)
    if isinstance(value, dict):
        return all(
            key in value and _within(value[key], type_)
            for key, type_ in zip(wanted.keys, wanted.inner, strict=True)
        )
    if isinstance(value, Range):
        return _within(value.low, wanted.inner[0]) and _within(value.high, wanted.inner[0])
    return isinstance(value, Function) and len(value.parameters) == len(wanted.inner)


def _within(value: Value, wanted: Type) -> bool:
    return value is None or conforms(value, wanted)


def converted(value: Value, wanted: Type) -> Value:
    """The value as an argument of a type: one for a list of one, a list of one for one, a day for its midnight."""
    if value is None or conforms(value, wanted):
        return value
    if wanted.name == "list":
        return (value,)
    if wanted.name == "date and time" and isinstance(value, date | FarDate):
        return midnight(value)
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value
