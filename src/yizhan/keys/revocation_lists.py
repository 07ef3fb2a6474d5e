"""How lists of revoked certificates are made 证书撤销列表制作 (RFC 5280, version 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, core, crl, x509

from yizhan.keys import certificates
from yizhan.keys.keeping import SigningKey


@dataclass(frozen=True)
class Revoked:
    """A line of a list."""

    serial: int
    at: datetime
    reason: str
    """As asn1crypto writes it; empty where none is told."""


def sign(
    entries: Iterable[Revoked],
    *,
    by: SigningKey,
    issuer: x509.Name,
    number: int,
    issued_at: datetime,
    next_update: datetime,
) -> bytes:
    """A signed list, DER."""
    algorithm = algos.SignedDigestAlgorithm({"algorithm": by.algorithm.signature})
    who = x509.AuthorityKeyIdentifier({"key_identifier": certificates.key_identifier(by.public_key)})
    body: dict[str, object] = {
        "version": "v2",
        "signature": algorithm,
        "issuer": issuer,
        "this_update": certificates.time(issued_at),
        "next_update": certificates.time(next_update),
        "crl_extensions": [
            {"extn_id": "authority_key_identifier", "extn_value": who},
            {"extn_id": "crl_number", "extn_value": core.Integer(number)},
        ],
    }
    lines = [_line(one) for one in entries]
    if lines:  # an empty sequence is forbidden
        body["revoked_certificates"] = lines
    signed = crl.TbsCertList(body)
    whole = {"tbs_cert_list": signed, "signature_algorithm": algorithm, "signature": by.sign(signed.dump())}
    return bytes(crl.CertificateList(whole).dump())


def _line(one: Revoked) -> dict[str, object]:
    line: dict[str, object] = {
        "user_certificate": one.serial,
        "revocation_date": certificates.time(one.at),
    }
    if one.reason and one.reason != "unspecified":
        line["crl_entry_extensions"] = [{"extn_id": "crl_reason", "extn_value": crl.CRLReason(one.reason)}]
    return line
