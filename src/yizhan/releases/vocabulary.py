"""What the keys of definitions are called 键的名称: in comparisons for clerks, and in the reference for authors.

Each room writes the words for its shapes in a ``keys.csv`` beside its ``kinds.py``; a row of the shape ``*`` is
for every shape of that room. The words of :mod:`yizhan.releases` hold for all.
"""

from __future__ import annotations

import csv
import sys
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from yizhan.releases.words import Text

_ANY = "*"
_FILE = "keys.csv"


def word(shape: type[BaseModel], key: str) -> Text | None:
    """What a key of a shape is called; None where nobody has named it."""
    known = _words(_room(shape))
    return known.get((shape.__name__, key)) or known.get((_ANY, key))


@cache
def _words(room: Path) -> dict[tuple[str, str], Text]:
    path = room / _FILE
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["shape"], row["key"]): Text(zh=row["zh"], en=row["en"]) for row in rows}


def _room(shape: type[BaseModel]) -> Path:
    """The folder of the room that a shape is written in."""
    house, room, *_rest = shape.__module__.split(".")
    root = sys.modules[house].__file__
    return Path(root or "").parent / room
