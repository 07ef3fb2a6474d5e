"""What is trusted when a seal is made or checked 信任依据: roots, certificates and revocation lists, all DER."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True)
class Trust:
    """Roots that somebody decided to trust, and what else is known.

    Attributes:
        roots: certificates that end a chain; nothing in a file is ever one.
        certificates: others, from which chains are built.
        revocations: lists of revoked certificates.
        answers: what services said of single certificates (OCSP).
    """

    roots: tuple[bytes, ...]
    certificates: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()

    def at(self, moment: datetime, *, afterwards: bool = False) -> ValidationContext:
        """What pyHanko checks with, at a moment, asking no network.

        Args:
            moment: when a certificate must have been good.
            afterwards: whether lists that were published later than that may speak of it.
        """
        return ValidationContext(
            trust_roots=[_certificate(one) for one in self.roots],
            other_certs=[_certificate(one) for one in self.certificates],
            crls=[_list(one) for one in self.revocations],
            ocsps=[ocsp.OCSPResponse.load(one) for one in self.answers],
            revocation_mode="hard-fail",
            allow_fetching=False,
            moment=moment,
            retroactive_revinfo=afterwards,
        )

    def and_also(
        self, certificates: Iterable[bytes], revocations: Iterable[bytes], answers: Iterable[bytes] = ()
    ) -> Trust:
        """The same roots, and more to build and check chains with."""
        return replace(
            self,
            answers=tuple(dict.fromkeys((*self.answers, *answers))),
            certificates=tuple(dict.fromkeys((*self.certificates, *certificates))),
            revocations=tuple(dict.fromkeys((*self.revocations, *revocations))),
        )

    def has_revoked(self, certificate: x509.Certificate) -> bool:
        """Whether any known list names it, whenever that was."""
        for one in self.revocations:
            listed = _list(one)
            if listed.issuer == certificate.issuer and any(
                revoked["user_certificate"].native == certificate.serial_number
                for revoked in listed["tbs_cert_list"]["revoked_certificates"] or ()
            ):
                return True
        return False


# Read once for the several questions of one examination; what is read of them is the same for all.
@lru_cache(maxsize=64)
def _certificate(der: bytes) -> x509.Certificate:
    return x509.Certificate.load(der)


@lru_cache(maxsize=32)
def _list(der: bytes) -> crl.CertificateList:
    return crl.CertificateList.load(der)
