"""The token by which the database knows the house's own processes 服务令牌: worker and command line.

It lies in ``$YIZHAN_HOME/secrets/worker``, readable by its owner only; the database keeps its hash in a
schema that the application cannot enter. Every migration, run by the owner, sees that the two fit.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection


class Missing(RuntimeError):
    """There is no token: the migrations never ran here, or the file was not copied to this machine."""


def path() -> Path:
    """Where the token lies."""
    return Path(settings.HOME) / "secrets" / "worker"


def make() -> str:
    """Let the database know the token that lies here, making one if there is none; run by the owner."""
    token = _read_or_write(path())
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into identity_secrets.service_token (hash) values (%s) on conflict do nothing",
            [_hash(token)],
        )
    return token


def read() -> str:
    """The token.

    Raises:
        Missing: it is not there.
    """
    return _read(path())


@lru_cache(maxsize=4)
def _read(place: Path) -> str:
    try:
        return place.read_text("ascii").strip()
    except FileNotFoundError as fault:
        raise Missing(f"{place} is not there: run the migrations on this machine, or copy it here") from fault


def _read_or_write(place: Path) -> str:
    """The file's token, or a new one; of several processes that begin at once, one writes."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(fresh, place)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return place.read_text("ascii").strip()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
