"""Who signs 签名者: the interface behind which a key lies in software or in a device."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from yizhan.keys import keeping
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.models import Certificate


class Signer(Protocol):
    """Somebody who signs, with the certificate that says who."""

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""

    @property
    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""

    @property
    def certificate(self) -> bytes:
        """Its certificate, DER."""

    @property
    def chain(self) -> list[bytes]:
        """The certificates above it, DER: issuing, then root."""

    def sign(self, data: bytes) -> bytes:
        """A signature over data: the hash is inside. ECDSA and SM2 as DER, RSA as PKCS#1 v1.5."""


@dataclass(frozen=True)
class CertifiedSigner:
    """The key of one of our certificates, in software or in the token."""

    certificate: bytes = field(repr=False)
    chain: list[bytes] = field(repr=False)
    key: keeping.SigningKey
    """Shows nothing of itself."""

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""
        return self.key.algorithm

    @property
    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return self.key.public_key

    def sign(self, data: bytes) -> bytes:
        """A signature over data: the hash is inside."""
        return self.key.sign(data)


def signer(certificate: Certificate) -> CertifiedSigner:
    """Who signs with a certificate of ours. Whether it may still be used is not asked here.

    Raises:
        Unopenable: the kept key was sealed with another secret.
        Unavailable: no SM2 on this machine, or the token does not answer.
    """
    return CertifiedSigner(
        certificate=bytes(certificate.der),
        chain=[bytes(one.der) for one in certificate.above()],
        key=keeping.opened(certificate.key),
    )
