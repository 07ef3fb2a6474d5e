"""Whether papers can be set with given characters 缺字: asked of the fonts' tables, then of the press itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from yizhan.records import font_files, fonts
from yizhan.records.typesetting import CharacterMissing, Sheet, Typesetter

ROLES = ("fangsong", "kaiti", "heiti", "xiaobiaosong")
_LINE = 28
_SHEET = """#import "letter.typ": *
#set document(title: "characters")
#set page(paper: "a4", margin: 10mm)
#for line in data.lines [#face(data.role, size: 12pt, line)#linebreak()]
"""


@dataclass(frozen=True)
class Looked:
    """What became of characters in one role.

    Attributes:
        role: its key.
        drawn_by: how many characters each font file draws, in the order of asking.
        unmapped: those that no font has in its table.
        undrawn: those that a table has and the press does not draw all the same.
    """

    role: str
    drawn_by: Mapping[str, int] = field(default_factory=dict)
    unmapped: str = ""
    undrawn: str = ""

    @property
    def missing(self) -> str:
        """Those with which no paper can be set."""
        return "".join(sorted({*self.unmapped, *self.undrawn}))


def visible(characters: Iterable[str]) -> str:
    """Those that leave a mark: no blanks and no control characters, each once, in the order of their codes."""
    return "".join(
        sorted({one for one in characters if unicodedata.category(one)[0] not in "ZC" or _private(one)})
    )


def look(
    role: str, characters: str, typesetter: Typesetter, files: Mapping[str, Sequence[Path]], at: datetime
) -> Looked:
    """Ask the tables of the role's fonts, then set all that they promise.

    Raises:
        yizhan.records.fonts.FontUnreadable: a file of a role is damaged.
        yizhan.records.typesetting.TypesettingFailed: the press does not work.
    """
    left = set(visible(characters))
    drawn_by: dict[str, int] = {}
    for file, last in fonts.in_order(role, files):
        mapped = font_files.characters(file)
        has = {one for one in left if ord(one) <= last and ord(one) in mapped}
        drawn_by[file.name] = drawn_by.get(file.name, 0) + len(has)
        left -= has
    promised = "".join(sorted(set(visible(characters)) - left))
    return Looked(role, drawn_by, "".join(sorted(left)), _undrawn(role, promised, typesetter, at))


def _undrawn(role: str, promised: str, typesetter: Typesetter, at: datetime) -> str:
    """Typst names one missing character after the other; each is put aside and the rest set again."""
    missing = ""
    while promised:
        lines = [" ".join(promised[start : start + _LINE]) for start in range(0, len(promised), _LINE)]
        try:
            typesetter.pdf(Sheet(_SHEET, at, {"role": role, "lines": lines}))
        except CharacterMissing as fault:
            if fault.character not in promised:
                raise
            missing, promised = missing + fault.character, promised.replace(fault.character, "")
        else:
            break
    return missing


def _private(character: str) -> bool:
    """A character of somebody's own, as old registers have them: it should be visible, and only its own font draws it."""
    return unicodedata.category(character) == "Co"
