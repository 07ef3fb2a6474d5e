"""What a start makes beside the tables 同步准备: front end and typefaces need no database, and take as long.

A process of its own makes them, bound to the start: however that ends, nothing of it goes on.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from yizhan.cli import frontend, parts, processes, typefaces
from yizhan.cli.children import REFUSED, failed, its_own_sentence
from yizhan.cli.speech import Fault

_COMMAND = [sys.executable, "-m", "yizhan.cli.beside"]


class Beside:
    """``with beside: …`` begins with what is missing, if anything is."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Beside:
        if not (frontend.is_built() and frontend.has_packages() and typefaces.is_done()):
            self._running = subprocess.Popen(
                _COMMAND,
                env={**os.environ, parts.MARK: parts.BESIDE},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # to be ended together with npm, apt and what these have begun
                preexec_fn=processes.dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 (no threads here)
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None and self._running.returncode != 0:
            with self._running:
                parts.end_group(self._running)

    def end(self) -> None:
        """Wait for it, and say what it had to say.

        Raises:
            Fault: packages cannot be had, or a source does not compile.
        """
        if self._running is None:
            return
        said = self._running.communicate()[0].decode(errors="replace")
        if self._running.returncode:
            raise failed(_COMMAND, said, its_own_sentence)
        print(said, end="", flush=True)


def main() -> None:
    """Make both; whoever began this ends what is left of it where one fails."""
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    faces = ThreadPoolExecutor().submit(typefaces.install)  # apt waits for the network, npm and Vite do not
    try:
        frontend.build()
        faces.result()
    except Exception as fault:
        traceback.print_exc()  # for the log
        if isinstance(fault, Fault):
            print(f"{REFUSED}{fault}", file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)  # apt is not waited for


if __name__ == "__main__":
    main()
