"""One thing that can be asked of the registers 信息项, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from yizhan.registry.reading import Reader
from yizhan.releases.words import Text

Type = Literal["text", "date", "integer", "boolean", "code"]
Group = Literal["basic", "contact", "sensitive"]
Of = Literal["person", "entity"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that can be asked.

    Attributes:
        key: its name, ``person.born``.
        meaning: what it says, in both languages.
        type: of the value; a ``code`` is a code of the list ``codes``.
        group: what kind of data it is 字段组; contact and sensitive ones always have a mask.
        column: the name in ``catalogue.COLUMNS`` whose source answers for it; of a company the name of its part.
        read: how to get it from the row.
        mask: how it looks masked; None for what is never masked.
        codes: the list of the room ``codes`` that a code belongs to; ``divisions`` for division codes.
        by_case: it is put right as a case, on the person's application, and never by an office of its own accord.
    """

    key: str
    meaning: Text
    type: Type
    group: Group
    column: str
    read: Reader
    mask: Callable[[Any], str] | None = None
    codes: str = ""
    by_case: bool = False

    @property
    def of(self) -> Of:
        """Of whom it is known: households and residences are a person's."""
        return "entity" if self.key.startswith("entity.") else "person"


def written(key: str, meaning: tuple[str, str], **more: Any) -> Entry:
    """An entry, with what most of them are."""
    text = Text(zh=meaning[0], en=meaning[1])
    return Entry(key=key, meaning=text, **{"type": "text", "group": "basic", **more})
