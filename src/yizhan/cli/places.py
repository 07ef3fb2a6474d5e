"""Where things lie 位置: the checkout, and the state under ``YIZHAN_HOME``. Imports nothing heavy."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
SOURCES = CHECKOUT / "src"
HOME = Path(os.environ.get("YIZHAN_HOME") or CHECKOUT / "var").resolve()

ASSETS = HOME / "assets"
CACHE = HOME / "cache"
FILES = HOME / "files"
LOGS = HOME / "logs"
REPORTS = HOME / "reports"
RUN = HOME / "run"
SECRETS = HOME / "secrets"
SERVICE = HOME / "service"
"""Under root: what web and worker may write beside uploads, since they run as an account of their own."""
SCRATCH = HOME / "tmp"
"""Temporary files, such as uploads on their way: private, on the state's own disk, emptied by `up`."""


def pack_folders() -> list[Path]:
    """Where packs lie: the checkout's folder, then those that YIZHAN_PACKS names."""
    own = (part.strip() for part in os.environ.get("YIZHAN_PACKS", "").split(","))
    return [CHECKOUT / "packs", *(Path(folder) for folder in own if folder)]


def private_folder(path: Path) -> Path:
    """Make a folder that only this account may enter, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that a reader, or a crash, sees the old text or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def digest(files: Iterable[Path]) -> str:
    """One hash over the names and contents of files, to see whether work must be done again.

    Files of the checkout are named from its root: the same code in another place is the same input.
    """
    whole = hashlib.sha256()
    for file in sorted(files):
        name = file.relative_to(CHECKOUT) if file.is_relative_to(CHECKOUT) else file
        whole.update(f"{name}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def forget_stamps(folder: Path) -> None:
    """Let every step whose stamp lies in that folder be done again."""
    for path in folder.glob("*.stamp"):
        path.unlink()


class Stamp:
    """A file that remembers for which inputs a step was last done, kept beside what the step made."""

    def __init__(self, name: str, inputs: str, folder: Path) -> None:
        self._path = folder / f"{name}.stamp"
        self._inputs = inputs

    def holds(self) -> bool:
        """Whether the step was done for exactly these inputs."""
        return self._path.exists() and self._path.read_text() == self._inputs

    def set(self) -> None:
        """The step is done."""
        write_whole(self._path, self._inputs)
