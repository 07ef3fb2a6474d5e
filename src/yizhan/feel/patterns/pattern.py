"""A compiled pattern, run by RE2: time grows with the text alone, memory is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

from yizhan.feel.patterns.reading import PatternFault, translated

LONGEST = 1_000
_MEMORY = 1 << 20  # bytes for a pattern and its states
_WORK = 500  # instructions times characters that count as one step


class Pattern:
    """A regular expression, ready to run.

    Attributes:
        groups: how many groups it has.
        is_literal: the text itself is looked for, so that a replacement is taken as it is too.
        can_be_empty: it matches where nothing stands.
    """

    def __init__(self, source: str, flags: str) -> None:
        if len(source) > LONGEST:
            raise PatternFault(
                zh=f"正则表达式超过 {LONGEST} 字", en=f"a pattern of more than {LONGEST} characters"
            )
        options = re2.Options()
        options.log_errors, options.max_mem = False, _MEMORY
        try:
            self._compiled: Any = re2.compile(translated(source, flags), options)
        except re2.error as fault:
            raise PatternFault(
                zh="正则表达式过大或重复次数过多", en="the pattern is too large, or repeats too often"
            ) from fault
        self.groups: int = self._compiled.groups
        self.is_literal = "q" in flags
        self.can_be_empty = self.is_in("")

    def steps(self, text: str) -> int:
        """The work that a text is, in steps of an evaluation."""
        return 1 + len(text) * int(self._compiled.programsize) // _WORK

    def is_in(self, text: str) -> bool:
        """Whether some part of a text matches."""
        return self._compiled.search(text) is not None

    def found(self, text: str) -> Iterator[tuple[int, int, tuple[str | None, ...]]]:
        """Every match from left to right: where it begins and ends, the whole of it and its groups."""
        for match in self._compiled.finditer(text):
            yield match.start(), match.end(), (match.group(), *match.groups())


@lru_cache(maxsize=256)
def pattern(source: str, flags: str = "") -> Pattern:
    """Compile a pattern; the same again costs nothing.

    Raises:
        PatternFault: it is none, or of a kind that is not run here.
    """
    return Pattern(source, flags)
