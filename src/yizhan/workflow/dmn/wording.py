"""Names with blanks and signs 名称 inside of FEEL texts.

A model may call something ``Monthly Payment`` or ``Approved/Declined``. FEEL here reads names of one word, so a
text is rewritten before it is compiled: each such name of the model, outside of quotes, becomes one word that
stands for it. Values are keyed by the same words on the way in, and get the names back on the way out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from yizhan import feel
from yizhan.workflow.dmn import tree

_MARK = "ˍ"  # a letter to FEEL, and none that anyone writes
_PLAIN = re.compile(rf"(?!\d)[^\W{_MARK}]+")
_SIGN = re.compile(rf"[\W{_MARK}]")
_STAND_IN = re.compile(rf"{_MARK}([0-9a-f]{{1,5}}){_MARK}")
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_OWN = frozenset({"start included", "end included", "time offset"})
"""Properties that FEEL itself writes with a blank."""


def word(name: str) -> str:
    """The one word that stands for a name; the name itself where it is one word already."""
    if name in _OWN or _PLAIN.fullmatch(name):
        return name
    safe = _SIGN.sub(lambda found: f"{_MARK}{ord(found[0]):x}{_MARK}", name)
    return f"{_MARK}0{_MARK}{safe}" if name[:1].isdigit() else safe


def name(word_: str) -> str:
    """The name that a word stands for."""
    return _STAND_IN.sub(lambda found: chr(int(found[1], 16)).strip("\0"), word_)


def inward(value: feel.Value) -> feel.Value:
    """A value with its keys as words."""
    if isinstance(value, dict):
        return {word(key): inward(item) for key, item in value.items()}
    return tuple(inward(item) for item in value) if isinstance(value, tuple) else value


def outward(value: feel.Value) -> feel.Value:
    """A value with its keys as names."""
    if isinstance(value, dict):
        return {name(key): outward(item) for key, item in value.items()}
    return tuple(outward(item) for item in value) if isinstance(value, tuple) else value


class Names:
    """The names of a model that are more than one word."""

    def __init__(self, names: Iterable[str]) -> None:
        several = sorted({one for one in names if one and word(one) != one}, key=len, reverse=True)
        parts = [r"\s+".join(map(re.escape, one.split())) for one in several]
        self._pattern = re.compile(rf"{_QUOTED}|(?<!\w)({'|'.join(parts)})(?!\w)") if parts else None

    def rewritten(self, text: str, known: Container[str]) -> str:
        """A text of FEEL with words in place of names.

        A name with a dot is one only where the word for it is known; elsewhere it is a path.
        """

        def replaced(found: re.Match[str]) -> str:
            name_ = " ".join((found[1] or "").split())
            if not name_ or ("." in name_ and word(name_) not in known):
                return found[0]
            return word(name_)

        return self._pattern.sub(replaced, text) if self._pattern is not None else text


def names_of(model: tree.Model, library: tree.Library) -> Iterator[str]:
    """Every name that a text of the model may use, those of imported models among them."""
    seen, waiting = {model.namespace}, [model]
    while waiting:
        here = waiting.pop()
        yield from _names_in(here)
        for one in here.imports:
            yield one.name
            other = library.get(one.namespace)
            if other is not None and one.namespace not in seen:
                seen.add(one.namespace)
                waiting.append(other)


def _names_in(model: tree.Model) -> Iterator[str]:
    waiting: list[object] = [*model.types.values(), *model.elements.values()]
    while waiting:
        here = waiting.pop()
        if isinstance(here, tree.RelationBox):
            yield from here.columns
        if isinstance(here, tree.InvocationBox):
            yield from (parameter for parameter, _ in here.bindings)
        if isinstance(here, tree.IteratorBox):
            yield here.variable
        if isinstance(here, tree.Named | tree.ItemDefinition | tree.OutputClause | tree.Decision):
            yield here.name
        if isinstance(here, tuple):
            waiting.extend(here)
        elif isinstance(here, tree.Node):
            waiting.extend(getattr(here, part) for part in here.__dataclass_fields__)
