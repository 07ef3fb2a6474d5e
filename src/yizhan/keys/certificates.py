"""How certificates are made 证书制作: in one way, for all algorithms and wherever the key lies.

The certificate is put together by asn1crypto and signed by a :class:`SigningKey`. What may be done with it
(RFC 5280) follows from its :class:`Kind`.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from asn1crypto import algos, core, keys, x509

from yizhan.keys.keeping import SigningKey


class Kind(Enum):
    """What a certificate is for 用途: how far the chain may go below it, and what its key may sign."""

    ROOT = (None, {"key_cert_sign", "crl_sign"})
    ISSUING = (0, {"key_cert_sign", "crl_sign"})
    SEAL = (None, {"digital_signature", "non_repudiation"})
    TIMESTAMPS = (None, {"digital_signature"})

    @property
    def is_authority(self) -> bool:
        """Whether it issues certificates."""
        return self in {Kind.ROOT, Kind.ISSUING}


@dataclass(frozen=True)
class Wanted:
    """What a certificate shall say."""

    kind: Kind
    subject: x509.Name
    public_key: bytes
    """SubjectPublicKeyInfo, DER."""
    not_before: datetime
    not_after: datetime
    serial: int
    lists_at: str = ""
    """Where the issuer's list of revoked certificates is."""
    issuer_at: str = ""
    """Where the issuer's certificate is."""


def new_serial() -> int:
    """128 random bits, never zero."""
    return secrets.randbits(128) or 1


def certify(wanted: Wanted, *, by: SigningKey, issuer: x509.Certificate | None) -> bytes:
    """A signed certificate, DER; ``issuer`` is None for a root, which signs itself."""
    algorithm = algos.SignedDigestAlgorithm({"algorithm": by.algorithm.signature})
    above = issuer.subject if issuer else wanted.subject
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": wanted.serial,
            "signature": algorithm,
            "issuer": above,
            "validity": {"not_before": time(wanted.not_before), "not_after": time(wanted.not_after)},
            "subject": wanted.subject,
            "subject_public_key_info": keys.PublicKeyInfo.load(wanted.public_key),
            "extensions": _extensions(wanted, by.public_key if issuer else None),
        }
    )
    signed = body.dump()
    whole = {
        "tbs_certificate": x509.TbsCertificate.load(signed),  # as it was signed; else it is all written anew
        "signature_algorithm": algorithm,
        "signature_value": by.sign(signed),
    }
    return bytes(x509.Certificate(whole).dump())


def key_identifier(public_key: bytes) -> bytes:
    """The first 160 bits of the SHA-256 of the key (RFC 7093)."""
    return hashlib.sha256(bytes(keys.PublicKeyInfo.load(public_key)["public_key"])).digest()[:20]


def time(moment: datetime) -> x509.Time:
    """A moment as certificates write it: with two digits of the year until 2049, with four from then on."""
    at = moment.astimezone(UTC).replace(microsecond=0)
    return x509.Time(name="utc_time" if at.year < 2050 else "general_time", value=at)


def _extensions(wanted: Wanted, issuers_key: bytes | None) -> list[dict[str, object]]:
    depth, usage = wanted.kind.value
    limits: dict[str, object] = {"ca": wanted.kind.is_authority}
    if depth is not None:
        limits["path_len_constraint"] = depth
    found = [
        _extension("basic_constraints", x509.BasicConstraints(limits), critical=True),
        _extension("key_usage", x509.KeyUsage(usage), critical=True),
        _extension("key_identifier", core.OctetString(key_identifier(wanted.public_key))),
    ]
    if wanted.kind is Kind.TIMESTAMPS:
        found.append(
            _extension("extended_key_usage", x509.ExtKeyUsageSyntax(["time_stamping"]), critical=True)
        )
    if issuers_key is not None:
        who = x509.AuthorityKeyIdentifier({"key_identifier": key_identifier(issuers_key)})
        found.append(_extension("authority_key_identifier", who))
    if wanted.lists_at:
        where = x509.CRLDistributionPoints([{"distribution_point": _full_name(wanted.lists_at)}])
        found.append(_extension("crl_distribution_points", where))
    if wanted.issuer_at:
        access = {"access_method": "ca_issuers", "access_location": _address(wanted.issuer_at)}
        found.append(_extension("authority_information_access", x509.AuthorityInfoAccessSyntax([access])))
    return found


def _extension(kind: str, value: core.Asn1Value, *, critical: bool = False) -> dict[str, object]:
    return {"extn_id": kind, "critical": critical, "extn_value": value}


def _full_name(address: str) -> x509.DistributionPointName:
    return x509.DistributionPointName(name="full_name", value=x509.GeneralNames([_address(address)]))


def _address(address: str) -> x509.GeneralName:
    return x509.GeneralName(name="uniform_resource_identifier", value=x509.URI(address))
