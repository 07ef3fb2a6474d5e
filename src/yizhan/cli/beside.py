"""What a start makes beside the tables 同步准备: front end and typefaces need no database, and take as long.

A process of its own makes them, so that a start can be broken off at any moment.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType

from yizhan.cli import frontend, typefaces
from yizhan.cli.speech import Fault

_COMMAND = [sys.executable, "-m", "yizhan.cli.beside"]


class Beside:
    """``with beside: …`` begins with what is missing, if anything is, and leaves nothing running."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[str] | None = None

    def __enter__(self) -> Beside:
        if not (frontend.is_built() and frontend.has_packages() and typefaces.is_done()):
            self._running = subprocess.Popen(
                _COMMAND,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,  # to be ended together with npm and what that has begun
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None and self._running.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGTERM)
            self._running.communicate()

    def end(self) -> None:
        """Wait for it, and say what it had to say.

        Raises:
            Fault: packages cannot be had, or a source does not compile.
        """
        if self._running is None:
            return
        said, _nothing = self._running.communicate()
        *before, last = said.rstrip("\n").split("\n")
        failed = self._running.returncode != 0
        for line in filter(None, before if failed else [*before, last]):
            print(line, flush=True)
        if failed:
            raise Fault(en=last, zh=last)


def main() -> int:
    """Make both; a fault is the last line, in the language of the terminal."""
    try:
        with ThreadPoolExecutor() as meanwhile:  # apt waits for the network, npm and Vite do not
            faces = meanwhile.submit(typefaces.install)
            frontend.build()
        faces.result()
    except Fault as fault:
        print(fault)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
