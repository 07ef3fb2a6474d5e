"""SM2 and SM3 国密签名与杂凑, by Tongsuo; the one place that knows which library does it.

Signatures are DER, over data, with the user identity that GB/T 35276 gives where nobody agreed on another
(``1234567812345678``). Tongsuo is loaded at first use: a machine without it does everything else.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from asn1crypto.algos import DSASignature
from cryptography.hazmat.primitives import hashes
from django.utils.translation import gettext as _

from yizhan.keys.faults import Unavailable
from yizhan.keys.reading import UNREADABLE


def sm3(data: bytes) -> bytes:
    """The SM3 hash, 32 bytes; it needs no Tongsuo."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def is_available() -> bool:
    """Whether this machine can sign and check SM2."""
    try:
        _library()
    except Unavailable:
        return False
    return True


class PrivateKey:
    """A key that signs. It shows nothing of itself and cannot be copied into a file by accident."""

    def __init__(self, key: Any) -> None:
        self._key = key

    def sign(self, data: bytes) -> bytes:
        """A signature over data, DER."""
        return bytes(self._key.sign(data, _library().method))

    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        library = _library()
        kind = library.serialization.PublicFormat.SubjectPublicKeyInfo
        return bytes(self._key.public_key().public_bytes(library.serialization.Encoding.DER, kind))

    def pkcs8(self) -> bytes:
        """The plain key, PKCS#8 DER: for sealing, and for nothing else."""
        form = _library().serialization
        return bytes(
            self._key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
        )

    def __repr__(self) -> str:
        return "<SM2 private key>"

    def __reduce__(self) -> str:
        raise TypeError("a private key is not copied")


def generate() -> PrivateKey:
    """A new key.

    Raises:
        Unavailable: no SM2 on this machine.
    """
    library = _library()
    return PrivateKey(library.ec.generate_private_key(library.ec.SM2()))


def load(pkcs8: bytes) -> PrivateKey:
    """The key of its PKCS#8.

    Raises:
        Unavailable: no SM2 on this machine.
        ValueError: that is no SM2 key.
    """
    try:
        key = _library().serialization.load_der_private_key(pkcs8, None)
    except Exception as fault:
        if isinstance(fault, Unavailable):
            raise
        raise ValueError("no SM2 key") from None  # what the library says may hold the key
    return PrivateKey(key)


def verify(public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the signature (DER) over data was made by the owner of the public key (SubjectPublicKeyInfo, DER).

    Raises:
        Unavailable: no SM2 on this machine.
    """
    library = _library()
    try:
        if DSASignature.load(signature, strict=True).dump(force=True) != signature:
            return False  # another writing of the same numbers: a second signature that nobody made
        library.serialization.load_der_public_key(public_key).verify(signature, data, library.method)
    except (*UNREADABLE, *library.refusals):
        return False
    return True


class _Library:
    """The parts of Tongsuo that are used."""

    def __init__(self) -> None:
        from tongsuopy.crypto import exceptions, hashes, serialization  # noqa: PLC0415
        from tongsuopy.crypto.asymciphers import ec  # noqa: PLC0415

        self.ec, self.serialization = ec, serialization
        self.method = ec.ECDSA(hashes.SM3())  # on a key of SM2 this is SM2, by name it is not
        self.refusals = (
            exceptions.InvalidSignature,
            exceptions.InternalError,  # numbers out of range
            exceptions.UnsupportedAlgorithm,  # a key of another curve
        )


@cache
def _library() -> _Library:
    try:
        return _Library()
    except (ImportError, OSError) as fault:
        raise Unavailable(
            _("本机没有可用的国密 SM2 组件（tongsuopy 没有适用于此系统的安装包），国密签名不可用。")
        ) from fault
