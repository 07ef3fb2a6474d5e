"""Random secrets of this installation 密钥文件: one file each in ``secrets``, for this account only."""

from __future__ import annotations

import os
import secrets

from yizhan.cli.places import SECRETS, private_folder


def secret(name: str) -> str:
    """The secret of that name, made (32 random bytes) at the first call."""
    path = private_folder(SECRETS) / name
    try:
        # Exclusive creation: of two processes that start together, one writes and both read the same.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text()
