"""Compiles the rooms' translations 译文: every ``django.po`` whose compiled file is missing or older.

Compiled files lie in the state folder, where ``settings.LOCALE_PATHS`` finds them, not in the checkout.
"""

from __future__ import annotations

import sys
from pathlib import Path

from yizhan.cli.children import complete
from yizhan.cli.places import HOME, SOURCES

COMPILED = HOME / "locale"


def compile_stale() -> None:
    """Compile what has changed, in a process of its own, so that Babel's weight ends with it.

    Raises:
        Fault: a file is broken.
    """
    if stale():
        complete([sys.executable, "-m", "yizhan.cli.translation_compiler"])


def stale() -> list[Path]:
    """The translation files that must be compiled."""
    return [po for po in sorted(SOURCES.glob("yizhan/*/locale/*/LC_MESSAGES/django.po")) if not _is_fresh(po)]


def compiled(po: Path) -> Path:
    """The place of a translation file once it is compiled: the same below the room's name."""
    room, _, *rest = po.relative_to(SOURCES / "yizhan").with_suffix(".mo").parts
    return COMPILED.joinpath(room, *rest)


def _is_fresh(po: Path) -> bool:
    mo = compiled(po)
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns
