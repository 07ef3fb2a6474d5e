"""Examining signatures with SM2 and SM3 国密验章, by ourselves: pyHanko reads them and cannot check them.

What is checked is what pyHanko checks of the others: the digest of the covered bytes, the signed attributes and which
certificate they name, the signature, the chain at the moment of the time stamp, and that nothing came afterwards.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import check_ess_certid, find_unique_cms_attribute
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from yizhan.keys import reading, sm2, verifying
from yizhan.keys.faults import Unavailable
from yizhan.seals import changing
from yizhan.seals.chaining import of_chain
from yizhan.seals.found import Why
from yizhan.seals.trust import Trust


def seal(mark: EmbeddedPdfSignature, trust: Trust, moment: datetime) -> Why | None:
    """As :func:`yizhan.seals.classic_examination.seal`."""
    return (
        _of_signature(mark.signed_data, mark.signer_cert, mark.compute_digest())
        or _of_integrity(mark)
        or _of_purpose(mark.signer_cert)
        or of_chain(mark.signer_cert, trust, moment)
    )


def of_authority(token: cms.SignedData, trust: Trust, moment: datetime) -> Why | None:
    """Whoever gave the time must be trusted, and must not have been found out since."""
    certificate = _signer_of(token)
    if certificate is None:
        return Why.UNTRUSTED_TIME
    extended = certificate.extended_key_usage_value
    wrong = (
        extended is None
        or extended.native != ["time_stamping"]
        or _of_signature(token, certificate, sm2.sm3(token["encap_content_info"]["content"].contents))
        or of_chain(certificate, trust, moment)
    )
    return Why.UNTRUSTED_TIME if wrong or trust.has_revoked(certificate) else None


def _of_integrity(mark: EmbeddedPdfSignature) -> Why | None:
    try:
        mark.compute_integrity_info(diff_policy=changing.POLICY)  # type: ignore[no-untyped-call]
    except PdfError:
        return Why.CHANGED_AFTER
    held = mark.summarise_integrity_info()
    if held["coverage"] < SignatureCoverageLevel.ENTIRE_REVISION:
        return Why.NOT_COVERED
    return None if held["docmdp_ok"] and changing.is_harmless(held["diff_result"]) else Why.CHANGED_AFTER


def _of_signature(signed: cms.SignedData, certificate: x509.Certificate, digest: bytes) -> Why | None:
    """Whether the attributes speak of these bytes and this certificate, and the certificate's key signed them."""
    signer = signed["signer_infos"][0]
    attributes = signer["signed_attrs"]
    if _attribute(attributes, "message_digest") != digest:
        return Why.ALTERED
    if not _names(attributes, certificate):
        return Why.BAD_SIGNATURE
    said = attributes.untag().dump() if hasattr(attributes, "untag") else attributes.dump()
    try:
        right = verifying.verify(certificate.dump(), said, signer["signature"].native)
    except Unavailable:
        return Why.UNSUPPORTED
    return None if right else Why.BAD_SIGNATURE


def _attribute(attributes: Any, name: str) -> bytes | None:
    try:
        value: bytes = find_unique_cms_attribute(attributes, name).native
    except (KeyError, ValueError):
        return None
    return value


def _names(attributes: Any, certificate: x509.Certificate) -> bool:
    """Whether the signed attributes name this certificate, or none: plain CMS need not."""
    try:
        named = get_signing_cert_attr(attributes)
        return named is None or check_ess_certid(certificate, named["certs"][0])
    except (SignatureValidationError, *reading.UNREADABLE):
        return False


def _of_purpose(certificate: x509.Certificate) -> Why | None:
    usage = certificate.key_usage_value
    return None if usage is not None and "non_repudiation" in usage.native else Why.WRONG_PURPOSE


def _signer_of(token: cms.SignedData) -> x509.Certificate | None:
    sid = token["signer_infos"][0]["sid"].chosen
    for one in token["certificates"] or ():
        held = one.chosen
        if (
            isinstance(held, x509.Certificate)
            and isinstance(sid, cms.IssuerAndSerialNumber)
            and held.issuer == sid["issuer"]
            and held.serial_number == sid["serial_number"].native
        ):
            return held
    return None
