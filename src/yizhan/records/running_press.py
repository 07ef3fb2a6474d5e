"""A press as the house sees it 排印进程: started, asked, stopped when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TIDYING = 2.0  # seconds
LARGEST_ANSWER = 50 * 1024 * 1024
# A port where nobody listens: whatever asks the network for a package ends here.
_NO_NETWORK = dict.fromkeys(("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"), "http://127.0.0.1:9")


class PressGone(Exception):
    """The press ended before it had answered; ``late`` when we stopped it because its time was over."""

    def __init__(self, *, late: bool) -> None:
        super().__init__("stopped" if late else "ended by itself")
        self.late = late


@dataclass(frozen=True)
class Answer:
    """What the press said, and the pages it made."""

    words: Mapping[str, Any]
    pages: list[bytes]


class RunningPress:
    """One process of ``press.py``. It is asked one thing at a time, and never by a forked child."""

    def __init__(self, *, fonts: Mapping[str, Sequence[Path]], seconds: float, memory: int) -> None:
        self._seconds = seconds
        self._owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 (our own file, no shell, nothing from outside)
            [sys.executable, "-I", str(Path(__file__).with_name("press.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                "RAYON_NUM_THREADS": "1",
                "LANG": "C.UTF-8",
                "TMPDIR": tempfile.gettempdir(),
                **_NO_NETWORK,
            },
            cwd="/",
        )
        self.sheets = 0
        files = {role: [str(file) for file in listed] for role, listed in fonts.items()}
        start = {"fonts": files, "seconds": int(seconds), "memory": memory}
        self.faces: dict[str, list[tuple[str, int] | None]] = {
            role: [(face[0], face[1]) if face else None for face in listed]
            for role, listed in self.ask(start).words["faces"].items()
        }

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def answers(self) -> bool:
        """Whether it lives and is ours."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, order: Mapping[str, Any]) -> Answer:
        """Give it an order and wait for the answer.

        Raises:
            PressGone: it ended instead, by itself or because it took too long.
        """
        self.sheets += 1
        with self._within_time():
            assert self._process.stdin and self._process.stdout
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
            if not line.endswith(b"\n"):
                raise EOFError
            words: dict[str, Any] = json.loads(line)
            return Answer(words, [self._exactly(size) for size in words.get("sizes", [])])

    def close(self) -> None:
        """Stop it; in a forked child, only let go of it. It tidies up behind itself when it can."""
        if self._owner == os.getpid():
            assert self._process.stdin
            _let_go(self._process.stdin)
            try:
                self._process.wait(_TIDYING)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _let_go(pipe)

    @contextmanager
    def _within_time(self) -> Iterator[None]:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (EOFError, BrokenPipeError) as fault:
            self.close()
            raise PressGone(late=late.is_set()) from fault
        finally:
            timer.cancel()

    def _exactly(self, size: int) -> bytes:
        assert self._process.stdout
        found = self._process.stdout.read(size) if size <= LARGEST_ANSWER else b""
        if len(found) < size:
            raise EOFError
        return found


def _let_go(pipe: Any) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
