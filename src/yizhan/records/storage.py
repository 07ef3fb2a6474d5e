"""Where bytes lie 存储: a file bears its content's hash, is written whole or not at all.

Layout under ``settings.FILES``: ``sha256/ab/cd/<64 hex digits>`` for what is kept, ``incoming/`` for what is
still arriving.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yizhan.records.refusals import Empty, TooLarge


@dataclass(frozen=True)
class Arrived:
    """Bytes that came in whole, still in the waiting room."""

    path: Path
    sha256: str
    size: int


_apart: ContextVar[Path | None] = ContextVar("a store of its own", default=None)


def root() -> Path:
    """Where all files lie."""
    return _apart.get() or Path(settings.FILES)


@contextmanager
def apart() -> Iterator[Path]:
    """Within the block files lie in a folder that goes with it: for what will be undone.

    What was kept before is not to be had there; whoever tries something needs none of it.
    """
    with tempfile.TemporaryDirectory(prefix="yizhan-apart-") as folder:
        token = _apart.set(Path(folder))
        try:
            yield Path(folder)
        finally:
            _apart.reset(token)


def incoming() -> Path:
    """Where files lie while they arrive."""
    return root() / "incoming"


def place_of(sha256: str) -> Path:
    """Where the content with this hash lies, or would lie."""
    return root() / "sha256" / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def receiving(chunks: Iterable[bytes], *, largest: int) -> Iterator[Arrived]:
    """Take bytes in, chunk by chunk; what :func:`settle` did not take is gone at the end of the block.

    Raises:
        TooLarge: as soon as one byte too many has come, before the rest is read.
        Empty: nothing came.
    """
    _folder(incoming())
    descriptor, name = tempfile.mkstemp(dir=incoming())
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            sha256, size = _copy(chunks, file, largest)
            file.flush()
            os.fsync(file.fileno())
        yield Arrived(path, sha256, size)
    finally:
        path.unlink(missing_ok=True)


def settle(arrived: Arrived) -> None:
    """Give the bytes their lasting place; the same content twice is one file, made new by the second."""
    place = place_of(arrived.sha256)
    _folder(place.parent)
    arrived.path.chmod(0o440)
    _belong_with_the_rest(arrived.path)
    arrived.path.replace(place)
    for folder in place.parents[:3]:
        _make_lasting(folder)


def opened(sha256: str) -> BinaryIO:
    """The content with this hash.

    Raises:
        FileNotFoundError: it is not here.
    """
    return place_of(sha256).open("rb")


def digest(chunks: Iterable[bytes], *, largest: int) -> str:
    """SHA-256 of bytes that are not kept.

    Raises:
        TooLarge: there are more than ``largest``.
    """
    found, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise TooLarge(largest)
        found.update(chunk)
    return found.hexdigest()


def chunks_of(content: bytes | BinaryIO) -> Iterator[bytes]:
    """Bytes, or an open file, in pieces of 64 KiB."""
    if isinstance(content, bytes):
        yield content
        return
    while chunk := content.read(65536):
        yield chunk


def _copy(chunks: Iterable[bytes], file: BinaryIO, largest: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise TooLarge(largest)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Empty
    return digest.hexdigest(), size


def _folder(path: Path) -> None:
    """Make a folder and those above it, for nobody but us."""
    for folder in reversed([path, *path.parents]):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
            if root() in folder.parents:
                _belong_with_the_rest(folder)


def _belong_with_the_rest(path: Path) -> None:
    """What a command of root's brings in must be readable by the account of web and worker."""
    if os.geteuid() == 0:
        owner = root().stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def _make_lasting(folder: Path) -> None:
    """Have the folder's entry on disk too; a rename alone may be lost with the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
