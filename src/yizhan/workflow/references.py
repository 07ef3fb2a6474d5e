"""Names that definitions use but other rooms own 引用: roles, units, forms, templates, works, categories of a register.

A room above announces how the names of its kind are found in a pack, so that a process that names an unknown
role is refused before it is published. A kind that nobody announced is not checked, nor one whose names cannot be
known now, such as roles of a file that cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from yizhan.releases.pack import Pack

Kind: TypeAlias = Literal["role", "unit", "form", "template", "work", "category"]
Finder: TypeAlias = "Callable[[Pack], Collection[str] | None]"


class References:
    """Who knows which names; a test can have its own."""

    def __init__(self) -> None:
        self._finders: dict[Kind, Finder] = {}

    def announce(self, kind: Kind, finder: Finder) -> None:
        """Tell how the names of a kind are found for a pack.

        Raises:
            ValueError: another room announced this kind.
        """
        if kind in self._finders:
            raise ValueError(f"names of kind {kind!r} are announced twice")
        self._finders[kind] = finder

    def of(self, pack: Pack) -> dict[Kind, Collection[str]]:
        """The names of every announced kind, as they stand for this pack."""
        found = ((kind, finder(pack)) for kind, finder in self._finders.items())
        return {kind: names for kind, names in found if names is not None}


house = References()
announce = house.announce
