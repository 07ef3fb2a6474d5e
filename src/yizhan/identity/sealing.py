"""Secrets of second factors in the database 密文: sealed with a key derived from the house's secret key.

A changed ``YIZHAN_SECRET_KEY`` still opens what the former ones sealed, as long as they stand in
``YIZHAN_SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unopenable(RuntimeError):
    """The key that sealed this is no longer among the house's keys."""


def seal(text: str) -> str:
    """A text that only the holder of the house's secret key can read."""
    return _sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again.

    Raises:
        Unopenable: none of the present keys fits.
    """
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise Unopenable("no key in YIZHAN_SECRET_KEY or YIZHAN_SECRET_KEY_FALLBACKS opens it") from fault


def _sealer() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"yizhan second factor").derive(
        secret.encode()
    )
    return base64.urlsafe_b64encode(derived)
