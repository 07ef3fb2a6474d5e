"""Examining signatures with SM2 and SM3 国密验章, by ourselves: pyHanko reads them and cannot check them.

What is checked is what pyHanko checks of the others: the digest of the covered bytes, the signed attributes and which
certificate they name, the signature, the chain at the moment of the time stamp, and that nothing came afterwards.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from yizhan.keys import chains, sm2, verifying
from yizhan.keys.chains import Standing
from yizhan.keys.faults import Unavailable
from yizhan.seals.found import Found, Why
from yizhan.seals.marks import found, moment_of, token_of
from yizhan.seals.trust import Trust

_CHAIN = {
    Standing.NOT_YET: Why.NOT_YET_VALID,
    Standing.ENDED: Why.EXPIRED,
    Standing.REVOKED: Why.REVOKED,
    Standing.UNKNOWN: Why.UNTRUSTED,
    Standing.FORGED: Why.UNTRUSTED,
    Standing.UNLISTED: Why.REVOCATION_UNKNOWN,
}
_HARMLESS = ("NONE", "LTA_UPDATES", "FORM_FILLING")


async def seal(mark: EmbeddedPdfSignature, trust: Trust, at: datetime) -> Found:
    """One seal, as :func:`yizhan.seals.classic_examination.seal`."""
    token = token_of(mark)
    moment = moment_of(token) if token is not None else None
    why = (
        _of_integrity(mark)
        or _of_signature(mark.signed_data, mark.signer_cert, mark.compute_digest())
        or _of_purpose(mark.signer_cert, time=False)
        or _of_chain(mark.signer_cert, trust, moment or at)
        or (
            _of_token(token, sm2.sm3(mark.signer_info["signature"].native), trust)
            if token is not None
            else None
        )
    )
    claimed = moment or mark.self_reported_timestamp
    return found(mark, family="sm", at=claimed, proven=moment is not None and why is None, why=why)


async def time_stamp(mark: EmbeddedPdfSignature, trust: Trust) -> Why | None:
    """A time stamp over the whole file; why it proves nothing, or None."""
    return _of_integrity(mark) or _of_token(mark.signed_data, mark.compute_digest(), trust, over_file=True)


def _of_integrity(mark: EmbeddedPdfSignature) -> Why | None:
    try:
        mark.compute_integrity_info()  # type: ignore[no-untyped-call]
    except PdfError:
        return Why.CHANGED_AFTER
    held = mark.summarise_integrity_info()
    if held["coverage"] < SignatureCoverageLevel.ENTIRE_REVISION:
        return Why.NOT_COVERED
    level = getattr(held["diff_result"], "modification_level", None)
    return None if level is not None and level.name in _HARMLESS else Why.CHANGED_AFTER


def _of_signature(signed: cms.SignedData, certificate: x509.Certificate, digest: bytes) -> Why | None:
    """Whether the attributes speak of these bytes and this certificate, and the certificate's key signed them."""
    signer = signed["signer_infos"][0]
    attributes = signer["signed_attrs"]
    if _attribute(attributes, "message_digest") != digest:
        return Why.ALTERED
    named = _named(attributes)
    if named is None or named != sm2.sm3(certificate.dump()):
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


def _named(attributes: Any) -> bytes | None:
    """The hash of the certificate that the signed attributes name, which must be made with SM3."""
    try:
        first = find_unique_cms_attribute(attributes, "signing_certificate_v2")["certs"][0]
    except (KeyError, ValueError, IndexError):
        return None
    value: bytes = first["cert_hash"].native
    return value if first["hash_algorithm"]["algorithm"].native == "sm3" else None


def _of_purpose(certificate: x509.Certificate, *, time: bool) -> Why | None:
    if time:
        extended = certificate.extended_key_usage_value
        return None if extended is not None and extended.native == ["time_stamping"] else Why.UNTRUSTED_TIME
    usage = certificate.key_usage_value
    return None if usage is not None and "non_repudiation" in usage.native else Why.WRONG_PURPOSE


def _of_chain(certificate: x509.Certificate, trust: Trust, at: datetime) -> Why | None:
    try:
        standing = chains.judge(
            certificate.dump(), issuers=trust.certificates, roots=trust.roots, lists=trust.revocations, at=at
        )
    except Unavailable:
        return Why.UNSUPPORTED
    return _CHAIN.get(standing)


def _of_token(token: cms.SignedData, imprint: bytes, trust: Trust, *, over_file: bool = False) -> Why | None:
    """Why a time stamp proves nothing about something with this hash; None where it does."""
    info = token["encap_content_info"]["content"].parsed
    moment = moment_of(token)
    certificate = _signer_of(token)
    if not isinstance(info, tsp.TSTInfo) or moment is None or certificate is None:
        return Why.UNTRUSTED_TIME
    stamped = info["message_imprint"]
    if stamped["hash_algorithm"]["algorithm"].native != "sm3" or stamped["hashed_message"].native != imprint:
        return Why.ALTERED if over_file else Why.TIME_OF_OTHER_BYTES
    content = token["encap_content_info"]["content"].contents
    wrong = (
        _of_signature(token, certificate, sm2.sm3(content))
        or _of_purpose(certificate, time=True)
        or _of_chain(certificate, trust, moment)
    )
    return Why.UNTRUSTED_TIME if wrong or trust.has_revoked(certificate) else None


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
