"""Which signatures there are 签名算法, in two families that never mix within a chain.

Importing this module teaches asn1crypto the identifiers of SM2 and SM3, which it does not bring.
"""

from __future__ import annotations

from asn1crypto.algos import DigestAlgorithmId, SignedDigestAlgorithmId
from asn1crypto.keys import NamedCurve
from django.db import models
from django.utils.translation import gettext_lazy as _

SM2_CURVE, SM2_WITH_SM3, SM3 = "1.2.156.10197.1.301", "1.2.156.10197.1.501", "1.2.156.10197.1.401"


class Family(models.TextChoices):
    """What a reader must know to check a signature 算法体系: what the world's readers know, or the national ones."""

    CLASSIC = "classic", _("国际通用算法")
    SM = "sm", _("国密算法")


class Algorithm(models.TextChoices):
    """How a key signs 签名算法; the hash belongs to it."""

    ECDSA_P256 = "ecdsa_p256", "ECDSA P-256 / SHA-256"
    RSA_2048 = "rsa_2048", "RSA 2048 / SHA-256"
    SM2 = "sm2", "SM2 / SM3"

    @property
    def family(self) -> Family:
        """The family it belongs to."""
        return Family.SM if self is Algorithm.SM2 else Family.CLASSIC

    @property
    def digest(self) -> str:
        """The name of its hash, as asn1crypto and pyHanko write it."""
        return "sm3" if self is Algorithm.SM2 else "sha256"

    @property
    def signature(self) -> str:
        """The name of its signatures in certificates and CMS, as asn1crypto writes it."""
        return _SIGNATURES[self]


_SIGNATURES = {
    Algorithm.ECDSA_P256: "sha256_ecdsa",
    Algorithm.RSA_2048: "sha256_rsa",
    Algorithm.SM2: "sm3_sm2",
}


def _teach() -> None:
    """asn1crypto keeps names in both directions, and makes the second one at first use."""
    for kind, identifier, name in (
        (DigestAlgorithmId, SM3, "sm3"),
        (SignedDigestAlgorithmId, SM2_WITH_SM3, "sm3_sm2"),
    ):
        kind._map[identifier] = name
        if kind._reverse_map is not None:
            kind._reverse_map[name] = identifier
    NamedCurve.register("sm2p256v1", SM2_CURVE, 32)


_teach()
