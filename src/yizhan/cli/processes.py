"""Processes of the machine 进程: who is alive, and who is left over.

It reads /proc; on systems without it nobody is found, and only what our own pid files say is known.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1


def is_alive(pid: int) -> bool:
    """Whether a process of that number exists and is no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    stat = _read(_PROC / str(pid) / "stat")
    return not stat or stat.rpartition(b")")[2].split()[0] != b"Z"


def working_in(folder: Path) -> list[int]:
    """The processes whose working folder this is."""
    return [pid for pid in _pids() if _working_folder(pid) == str(folder)]


def with_variables(**wanted: str) -> list[int]:
    """The processes, other than this one, whose environment holds all these variables."""
    marks = {f"{name}={value}".encode() for name, value in wanted.items()}
    return [
        pid
        for pid in _pids()
        if pid != os.getpid() and marks <= set(_read(_PROC / str(pid) / "environ").split(b"\0"))
    ]


def end(pids: list[int], with_signal: signal.Signals, patience: float) -> None:
    """Send a signal, wait up to ``patience`` seconds, and kill what is still there."""
    _send(pids, with_signal)
    deadline = time.monotonic() + patience
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    rest = [pid for pid in pids if is_alive(pid)]
    _send(rest, signal.SIGKILL)
    while any(map(is_alive, rest)):
        time.sleep(0.02)


def dying_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """A ``preexec_fn``: the kernel sends the child this signal however its parent ends (Linux only)."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def _bind() -> None:
        prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
        if os.getppid() != parent:  # it ended before the call
            os._exit(1)

    return _bind


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in _PROC.glob("[0-9]*"))


def _working_folder(pid: int) -> str:
    try:
        return str((_PROC / str(pid) / "cwd").readlink())
    except OSError:
        return ""


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _send(pids: list[int], with_signal: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, with_signal)
        except ProcessLookupError:
            continue
