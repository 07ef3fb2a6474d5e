"""What is wrong with a definition 问题: place, words, suggestion; all at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.releases.faults import did_you_mean

E = TypeVar("E", bound=feel.Expression)


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one place, such as ``rules[3].when[1]``."""

    path: str
    message: str
    suggestion: str = ""
    weight: Literal["error", "warning"] = "error"


def unknown(path: str, message: str, word: str, known: Collection[str]) -> Problem:
    """A word that names nothing, with the nearest that does."""
    return Problem(path, message % {"name": word}, did_you_mean(word, known))


def expression_problems(
    path: str, source: str, compiler: Callable[[str], E], known: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with an expression: its grammar, or names that no fact has."""
    try:
        compiled = compiler(source)
    except feel.SyntaxFault as fault:
        yield Problem(path, fault.said(get_language() or "zh"), suggestion=fault.caret)
        return
    for name in sorted(compiled.names - set(known)):
        yield unknown(path, _("没有名为 %(name)s 的事实"), name, known)
    if endless := feel.endless(compiled):
        yield Problem(path, endless.said(get_language() or "zh"))


def reserved(path: str, name: str) -> Iterator[Problem]:
    """A name that the language of expressions keeps for itself."""
    if name in feel.WORDS:
        yield Problem(path, _("%(name)s 是表达式的保留字，请换一个名称") % {"name": name})


def twice(path: str, names: list[str]) -> Iterator[Problem]:
    """Names that stand twice in a list; ``path`` has a place for the number."""
    for place, name in enumerate(names):
        if name in names[:place]:
            yield Problem(path % place, _("%(name)s 出现两次") % {"name": name})
