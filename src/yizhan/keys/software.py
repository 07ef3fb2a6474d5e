"""Keys in software 软件密钥: ECDSA and RSA by cryptography, SM2 by :mod:`yizhan.keys.sm2`."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from django.views.decorators.debug import sensitive_variables

from yizhan.keys import sm2
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.faults import Unopenable


class _Classic:
    """A key of cryptography's, with the hash and the padding that its algorithm has."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
        self._key = key

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))

    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def pkcs8(self) -> bytes:
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


class SoftwareKey:
    """A key in this process's memory. It shows nothing of itself and cannot be copied into a file by accident."""

    def __init__(self, algorithm: Algorithm, key: _Classic | sm2.PrivateKey) -> None:
        self.algorithm, self._key, self.public_key = algorithm, key, key.public_key()

    def sign(self, data: bytes) -> bytes:
        """A signature over data: the hash is inside."""
        return self._key.sign(data)

    def pkcs8(self) -> bytes:
        """The plain key, PKCS#8 DER: for sealing, and for nothing else."""
        return self._key.pkcs8()

    def __repr__(self) -> str:
        return f"<{self.algorithm} key in software>"

    def __reduce__(self) -> str:
        raise TypeError("a private key is not copied")


def generate(algorithm: Algorithm) -> SoftwareKey:
    """A new key.

    Raises:
        Unavailable: no SM2 on this machine.
    """
    if algorithm is Algorithm.SM2:
        return SoftwareKey(algorithm, sm2.generate())
    if algorithm is Algorithm.RSA_2048:
        return SoftwareKey(algorithm, _Classic(rsa.generate_private_key(65537, 2048)))
    return SoftwareKey(algorithm, _Classic(ec.generate_private_key(ec.SECP256R1())))


@sensitive_variables()
def load(algorithm: Algorithm, pkcs8: bytes) -> SoftwareKey:
    """The key of its PKCS#8.

    Raises:
        Unavailable: no SM2 on this machine.
        Unopenable: that is no key of this algorithm.
    """
    try:
        if algorithm is Algorithm.SM2:
            return SoftwareKey(algorithm, sm2.load(pkcs8))
        key = load_der_private_key(pkcs8, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Unopenable(f"what is kept is no key of {algorithm}") from None
    wanted = rsa.RSAPrivateKey if algorithm is Algorithm.RSA_2048 else ec.EllipticCurvePrivateKey
    if not isinstance(key, wanted):
        raise Unopenable(f"what is kept is no key of {algorithm}")
    return SoftwareKey(algorithm, _Classic(key))
