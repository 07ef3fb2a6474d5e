"""Keys at rest 密钥加密存放: AES-256-GCM under the secret of the installation, each with a salt of its own.

A sealed key is ``1 | salt (16) | nonce (12) | ciphertext and tag``. It is bound to its public key, so that one put
into another's row does not open.
"""

from __future__ import annotations

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from yizhan.keys.faults import Unopenable

_FORM, _SALT, _NONCE = b"\x01", 16, 12


@sensitive_variables()
def seal(plain: bytes, *, bound_to: bytes, secret: str | None = None) -> bytes:
    """Seal a plain key, with the secret of the installation where no other is given.

    Raises:
        Unopenable: this installation has no secret.
    """
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return _FORM + salt + nonce + _cipher(salt, secret).encrypt(nonce, plain, bound_to)


@sensitive_variables()
def opened(sealed: bytes, *, bound_to: bytes, secret: str | None = None) -> bytes:
    """The plain key, by the secret of the installation where no other is given.

    Raises:
        Unopenable: it was sealed with another secret, for another key, or is damaged.
    """
    salt, nonce, rest = (
        sealed[1 : 1 + _SALT],
        sealed[1 + _SALT : 1 + _SALT + _NONCE],
        sealed[1 + _SALT + _NONCE :],
    )
    try:
        if sealed[:1] != _FORM:
            raise InvalidTag
        return _cipher(salt, secret).decrypt(nonce, rest, bound_to)
    except InvalidTag:
        raise Unopenable(
            _("保存的密钥无法打开：本机的密钥口令（YIZHAN_KEY_SECRET）与保存时不同，或数据已损坏。")
        ) from None


@sensitive_variables()
def _cipher(salt: bytes, given: str | None) -> AESGCM:
    secret: str = settings.KEY_SECRET if given is None else given
    if not secret:
        raise Unopenable(_("本机没有密钥口令（YIZHAN_KEY_SECRET），不能保存或打开密钥。"))
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=b"yizhan key").derive(
        _master(secret)
    )
    return AESGCM(derived)


@lru_cache(maxsize=2)
@sensitive_variables()
def _master(secret: str) -> bytes:
    """Slow on purpose, once for a process: a secret that a person chose may be short."""
    return Scrypt(salt=b"yizhan keys", length=32, n=2**15, r=8, p=1).derive(secret.encode())
