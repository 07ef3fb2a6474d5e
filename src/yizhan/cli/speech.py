"""What the command line says 说明: one short sentence, in the language of the terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def tell(*, en: str, zh: str) -> str:
    """The Chinese text when the terminal (LC_ALL, LC_MESSAGES, LANG) is Chinese, else the English one."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next((value for value in named if value), "")
    return zh if language.startswith("zh") else en


def counted(many: int, one: str, several: str) -> str:
    """A number with its word in English: 1 row, 2 rows."""
    return f"{many} {one if many == 1 else several}"


class Fault(Exception):
    """Something a person must mend: shown as one sentence, and the command ends with 1."""

    def __init__(self, *, en: str, zh: str) -> None:
        super().__init__(tell(en=en, zh=zh))


def say(*, en: str, zh: str) -> None:
    """Print one line at once, also into a pipe."""
    print(tell(en=en, zh=zh), flush=True)


@contextmanager
def step(*, en: str, zh: str) -> Iterator[None]:
    """A line of progress: what is being done, then how it ended and the seconds it took."""
    name = tell(en=en, zh=zh)
    on_screen = sys.stdout.isatty()
    if on_screen:
        print(f"  … {name}", end="", flush=True)
    began = time.monotonic()
    mark = "✗"
    try:
        yield
        mark = "✓"
    finally:
        start = "\r" if on_screen else ""
        print(f"{start}  {mark} {name}  {time.monotonic() - began:.1f} s", flush=True)
