"""Runs one function of a room inside Django, in a process of its own, and prints the text it returns.

``python -m yizhan.cli.inside yizhan.room.module:verb argument …``. The stages of ``up`` use it, so that
Django's weight ends with the stage and never stays in the supervisor.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import django

from yizhan.cli.children import complete
from yizhan.cli.places import SOURCES


def exists(target: str) -> bool:
    """Whether the module of a target is there, without importing it."""
    return Path(SOURCES, *target.partition(":")[0].split(".")).with_suffix(".py").exists()


def call(target: str, *arguments: str, environment: dict[str, str]) -> str:
    """Run ``module:function`` with text arguments in a process of its own; return what it printed.

    Raises:
        Fault: it failed.
    """
    return complete([sys.executable, "-m", "yizhan.cli.inside", target, *arguments], environment)


def _main(target: str, *arguments: str) -> int:
    django.setup()
    module, _, name = target.partition(":")
    answer = getattr(import_module(module), name)(*arguments)
    if isinstance(answer, str):
        print(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
