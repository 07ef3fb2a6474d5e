"""Examining signatures that the world's readers know (ECDSA, RSA), by pyHanko; its findings become reasons."""

from __future__ import annotations

from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.errors import DisallowedAlgorithmError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel, SignatureStatus

from yizhan.seals.found import Found, Why
from yizhan.seals.marks import found, moment_of, token_of
from yizhan.seals.trust import Trust

_TRUST: dict[AdESSubIndic, Why] = {
    AdESFailure.REVOKED: Why.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: Why.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Why.REVOKED,
    AdESIndeterminate.EXPIRED: Why.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Why.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Why.EXPIRED,
    AdESFailure.NOT_YET_VALID: Why.NOT_YET_VALID,
    AdESIndeterminate.NOT_YET_VALID: Why.NOT_YET_VALID,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Why.WRONG_PURPOSE,
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: Why.WRONG_PURPOSE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Why.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Why.WEAK,
    AdESIndeterminate.TRY_LATER: Why.REVOCATION_UNKNOWN,
    AdESIndeterminate.NO_POE: Why.REVOCATION_UNKNOWN,
}


async def seal(mark: EmbeddedPdfSignature, trust: Trust, at: datetime) -> Found:
    """One seal: its certificate must have been good at the moment that its time stamp proves, else now."""
    token = token_of(mark)
    moment = moment_of(token) if token is not None else None
    by_then = trust.at(moment or at, afterwards=True)
    try:
        status = await async_validate_pdf_signature(
            mark,
            signer_validation_context=by_then,
            ts_validation_context=trust.at(moment or at, afterwards=True),
        )
    except (SignatureValidationError, PdfError) as fault:
        bad = Why.WEAK if isinstance(fault, DisallowedAlgorithmError) else Why.BAD_SIGNATURE
        return found(mark, family="classic", at=moment, proven=False, why=bad)
    why = _of_integrity(status) or _of_trust(status) or _of_time(status, trust)
    claimed = moment or status.signer_reported_dt
    return found(mark, family="classic", at=claimed, proven=moment is not None and why is None, why=why)


async def time_stamp(mark: EmbeddedPdfSignature, trust: Trust) -> Why | None:
    """A time stamp over the whole file; why it proves nothing, or None."""
    moment = moment_of(mark.signed_data)
    if moment is None:
        return Why.UNTRUSTED_TIME
    try:
        status = await async_validate_pdf_timestamp(
            mark, validation_context=trust.at(moment, afterwards=True)
        )
    except (SignatureValidationError, PdfError):
        return Why.UNTRUSTED_TIME
    if not status.intact:
        return Why.ALTERED
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Why.NOT_COVERED
    if not status.docmdp_ok and status.diff_result is not None and not _harmless(status):
        return Why.CHANGED_AFTER
    return _of_authority(status, trust)


def _harmless(status: SignatureStatus) -> bool:
    level = getattr(status, "modification_level", None)
    return level is not None and level.name in ("NONE", "LTA_UPDATES", "FORM_FILLING")


def _of_integrity(status: PdfSignatureStatus) -> Why | None:
    if not status.intact:
        return Why.ALTERED
    if not status.valid:
        return Why.BAD_SIGNATURE
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Why.NOT_COVERED
    return None if _harmless(status) else Why.CHANGED_AFTER


def _of_trust(status: SignatureStatus) -> Why | None:
    problem = status.trust_problem_indic
    if problem is None and status.validation_path is not None:
        return None
    if status.revoked:
        return Why.REVOKED
    return _TRUST.get(problem, Why.UNTRUSTED) if problem is not None else Why.UNTRUSTED


def _of_time(status: PdfSignatureStatus, trust: Trust) -> Why | None:
    stamped = status.timestamp_validity
    if stamped is None:
        return None
    if not stamped.intact:
        return Why.TIME_OF_OTHER_BYTES
    return _of_authority(stamped, trust)


def _of_authority(status: SignatureStatus, trust: Trust) -> Why | None:
    """Whoever gave the time must be trusted, and must not have been found out since."""
    if not status.valid or _of_trust(status) is not None:
        return Why.UNTRUSTED_TIME
    return Why.UNTRUSTED_TIME if trust.has_revoked(status.signing_cert) else None
