"""Runs one function of a room inside Django, in a process of its own, and prints the text it returns.

``python -m yizhan.cli.inside yizhan.room.module:verb argument …``. The stages of ``up`` use it, so that
Django's weight ends with the stage and never stays in the supervisor. With ``--speaking`` before the target
it speaks the terminal's language; what a verb stores is Chinese, so those that store words do without.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from pathlib import Path

import django

from yizhan.cli.children import REFUSED, complete, its_own_sentence
from yizhan.cli.places import SOURCES
from yizhan.cli.speech import tell


def exists(target: str) -> bool:
    """Whether the module of a target is there, without importing it."""
    return Path(SOURCES, *target.partition(":")[0].split(".")).with_suffix(".py").exists()


def call(target: str, *arguments: str, environment: dict[str, str], speaking: bool = False) -> str:
    """Run ``module:function`` with text arguments in a process of its own; return what it printed.

    Raises:
        Fault: it failed.
    """
    mode = ["--speaking"] if speaking else []
    command = [sys.executable, "-m", "yizhan.cli.inside", *mode, target, *arguments]
    return complete(command, environment, explained=its_own_sentence)


def _main(*arguments: str) -> int:
    django.setup()
    if arguments[0] == "--speaking":
        from django.utils import translation  # noqa: PLC0415 (it weighs, and the supervisor imports this file)

        arguments = arguments[1:]
        translation.activate(tell(en="en", zh="zh-hans"))
    target, *rest = arguments
    module, _, name = target.partition(":")
    try:
        answer = getattr(import_module(module), name)(*rest)
    except Exception as fault:
        traceback.print_exc()  # for the log
        if type(fault).__module__.startswith("yizhan."):
            print(f"{REFUSED}{fault}", file=sys.stderr)
        return 1
    if isinstance(answer, str):
        print(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
