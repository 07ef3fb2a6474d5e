"""Random secrets of this installation 密钥文件: one file each in ``secrets``, for this account only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from yizhan.cli.places import SECRETS, private_folder

COMING = "keys.key.new"
"""The next secret of the keys while it takes the old one's place; it lies there only where that was cut off."""


def secret(name: str) -> str:
    """The secret of that name, made (32 random bytes) at the first call."""
    path = private_folder(SECRETS) / name
    if not path.exists():
        _make(path)
    return path.read_text()


def _make(path: Path) -> None:
    """Whole or not at all; of two processes that start together one gives its name, and both read the same."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
