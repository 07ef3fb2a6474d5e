"""The data files of this room, one CSV for each list; readable without a database."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"

Row = dict[str, str]


@cache
def read(name: str) -> tuple[Row, ...]:
    """The rows of a file, by its name without ``.csv``.

    Raises:
        FileNotFoundError: there is no such file.
    """
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def division_files() -> list[str]:
    """The files with divisions, so that a district's committees are a file of their own."""
    return sorted(path.stem for path in FOLDER.glob("divisions*.csv"))


def digest() -> str:
    """SHA-256 over all files."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()
