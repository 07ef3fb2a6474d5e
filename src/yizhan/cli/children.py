"""Runs a program to its end 子进程, and keeps what it wrote in ``logs/setup.log`` when it fails."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from yizhan.cli.places import LOGS, private_folder
from yizhan.cli.speech import Fault
from yizhan.cli.troubles import full_disk, what_failed


def broken_off(output: str, log: Path) -> Fault:
    """The sentence for a program of ours that failed."""
    if full := full_disk(output, log):
        return full
    words = what_failed(output).partition("\n")[0]
    return Fault(en=f"{words} (details: {log})", zh=f"{words}（详见 {log}）")


REFUSED = "✗ "
"""Before the sentence that a program of ours has for people, on a line of its own; what stands before is for the log."""


def its_own_sentence(output: str, log: Path) -> Fault:
    """What stands after :data:`REFUSED`; anything else is told by its last words."""
    _, refused, sentence = f"\n{output}".rpartition(f"\n{REFUSED}")
    return Fault(en=sentence.strip(), zh=sentence.strip()) if refused else broken_off(output, log)


def complete(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    *,
    folder: Path | None = None,
    explained: Callable[[str, Path], Fault] = broken_off,
) -> str:
    """Run a program and return what it wrote.

    Raises:
        Fault: it failed; ``explained`` makes the sentence of its words and the log's place.
    """
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise failed(command, done.stdout + done.stderr, explained)
    return done.stdout


def failed(
    command: Sequence[str | Path], output: str, explained: Callable[[str, Path], Fault] = broken_off
) -> Fault:
    """The fault of a program that failed; what it wrote is kept in the log."""
    log = LOGS / "setup.log"
    with suppress(OSError):  # on a full disk the sentence matters more than the log
        private_folder(LOGS)
        with log.open("a") as file:
            file.write(f"$ {' '.join(map(str, command))}\n{output}\n")
    return explained(output, log)
