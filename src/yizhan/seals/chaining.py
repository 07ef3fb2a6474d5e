"""Why a certificate was not good at a moment 证书链, of either family, in the words of findings."""

from __future__ import annotations

from datetime import datetime

from asn1crypto import x509

from yizhan.keys import chains
from yizhan.keys.chains import Standing
from yizhan.keys.faults import Unavailable
from yizhan.seals.found import Why
from yizhan.seals.trust import Trust

_WHY = {
    Standing.NOT_YET: Why.NOT_YET_VALID,
    Standing.ENDED: Why.EXPIRED,
    Standing.REVOKED: Why.REVOKED,
    Standing.UNKNOWN: Why.UNTRUSTED,
    Standing.FORGED: Why.UNTRUSTED,
    Standing.UNLISTED: Why.REVOCATION_UNKNOWN,
}


def of_chain(certificate: x509.Certificate, trust: Trust, at: datetime) -> Why | None:
    """Why it may not be believed; None where it may."""
    try:
        standing = chains.judge(
            certificate.dump(),
            issuers=trust.certificates,
            roots=trust.roots,
            lists=trust.revocations,
            at=at,
            wherever=False,
        )
    except Unavailable:
        return Why.UNSUPPORTED
    return _WHY.get(standing)
