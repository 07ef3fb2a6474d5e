"""Compiles the rooms' translations 译文: every ``django.po`` whose ``django.mo`` is missing or older."""

from __future__ import annotations

import sys
from pathlib import Path

from yizhan.cli.children import complete
from yizhan.cli.places import SOURCES


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


def _is_fresh(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns
