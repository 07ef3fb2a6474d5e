"""Sources of given values 数据来源 and their facts, announced by the rooms above that ask the registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class SourceTaken(RuntimeError):
    """Two rooms claim one source."""


class Sources:
    """The sources known to the house; a test can have its own."""

    def __init__(self) -> None:
        self._by_name: dict[str, Callable[[], Iterable[str]]] = {}

    def announce(self, name: str, facts: Callable[[], Iterable[str]]) -> None:
        """Make a source known, such as ``person``, with a function that lists its facts.

        Raises:
            SourceTaken: it is known already.
        """
        if name in self._by_name:
            raise SourceTaken(name)
        self._by_name[name] = facts

    def names(self) -> set[str]:
        """All sources."""
        return set(self._by_name)

    def facts(self, name: str) -> set[str]:
        """The facts of a source.

        Raises:
            KeyError: it was never announced.
        """
        return set(self._by_name[name]())


house = Sources()
announce = house.announce
