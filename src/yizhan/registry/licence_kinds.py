"""The kinds of licences that the register holds 证照类型: packs bring them, the room above tells what they are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yizhan.releases.words import Text

Titles = Callable[[], Mapping[str, Text]]
Once = Callable[[str], "Text | None"]


class LicenceKinds:
    """Who knows the kinds; a test can have its own."""

    def __init__(self) -> None:
        self._titles: Titles | None = None
        self._once: Once | None = None

    def announce(self, titles: Titles, once: Once) -> None:
        """Tell how the kinds are found that packs bring now, and one that a pack brought once.

        Raises:
            ValueError: another room announced it.
        """
        if self._titles is not None:
            raise ValueError("the kinds of licences are announced twice")
        self._titles, self._once = titles, once

    def known(self) -> Mapping[str, Text]:
        """What the kinds are called that packs bring now, by key."""
        return self._titles() if self._titles else {}

    def title(self, kind: str) -> Text | None:
        """What a kind is called, also one that no pack brings any more: facts and filed applications name it still."""
        return self.known().get(kind) or (self._once(kind) if self._once else None)


house = LicenceKinds()
announce = house.announce
known = house.known
title = house.title
