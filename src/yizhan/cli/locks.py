"""Locks between processes 进程锁, by ``flock``: the system releases them however a process ends."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """A lock file; several processes may hold it shared, or one alone. Forgetting the object lets go."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def __del__(self) -> None:
        """The system lets go with the last descriptor."""
        os.close(self._file)

    def share(self) -> None:
        """Hold it together with others, waiting while someone holds it alone; also lowers one's own hold."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def take(self) -> bool:
        """Hold it alone if nobody else holds it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self) -> None:
        """Hold it alone, waiting for the others."""
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let it go."""
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def note(self, **facts: object) -> None:
        """Leave a note for those who find the lock taken."""
        os.truncate(self._file, 0)
        os.pwrite(self._file, json.dumps(facts).encode(), 0)

    def read_note(self) -> dict[str, object]:
        """What the holder noted; empty when it has not yet."""
        try:
            return dict(json.loads(os.pread(self._file, 4096, 0)))
        except ValueError:
            return {}


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock file alone inside the block."""
    lock = Lock(path)
    lock.wait()
    try:
        yield
    finally:
        lock.release()
