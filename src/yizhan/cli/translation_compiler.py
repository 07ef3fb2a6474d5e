"""Compiles what :mod:`yizhan.cli.translations` finds stale; apart from it because Babel weighs."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from yizhan.cli.translations import compiled, stale


def compile_one(po: Path) -> None:
    """Write the ``.mo`` that belongs to a ``.po``, whole or not at all.

    Raises:
        PoFileError: the file is broken.
    """
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parts[-3], abort_invalid=True)
    target = compiled(po)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.rename(target)


if __name__ == "__main__":
    for changed in stale():
        compile_one(changed)
