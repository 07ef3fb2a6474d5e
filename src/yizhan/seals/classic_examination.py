"""Examining signatures that the world's readers know (ECDSA, RSA), by pyHanko; its findings become reasons."""

from __future__ import annotations

from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation.errors import DisallowedAlgorithmError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import cms_basic_validation
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel, SignatureStatus
from pyhanko_certvalidator.errors import ValidationError

from yizhan.keys import reading
from yizhan.seals import changing
from yizhan.seals.chaining import of_chain
from yizhan.seals.found import Why
from yizhan.seals.trust import Trust

REFUSALS = (
    SignatureValidationError, CMSExtractionError, PdfError, ValidationError, UnsupportedAlgorithm,
)  # fmt: skip
"""What pyHanko raises where it does not come to an answer."""

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


async def seal(mark: EmbeddedPdfSignature, trust: Trust, moment: datetime) -> Why | None:
    """Why a seal does not hold, at the moment when its certificate must have been good; its time stamp is not asked."""
    try:
        mark.compute_integrity_info(diff_policy=changing.POLICY)  # type: ignore[no-untyped-call]
        found = await cms_basic_validation(
            mark.signed_data,
            raw_digest=mark.compute_digest(),
            validation_context=trust.at(moment, afterwards=True),
            status_kwargs=mark.summarise_integrity_info(),
            key_usage_settings=PdfSignatureStatus.default_usage_constraints(),
        )
        status = PdfSignatureStatus(**found)
    except DisallowedAlgorithmError:
        return Why.WEAK
    except (*REFUSALS, *reading.UNREADABLE):
        return Why.BAD_SIGNATURE
    return _of_integrity(status) or _of_trust(status, trust, moment)


def of_authority(status: SignatureStatus, trust: Trust) -> Why | None:
    """Whoever gave the time must be trusted, and must not have been found out since."""
    if not status.valid or not status.intact or not _is_trusted(status):
        return Why.UNTRUSTED_TIME
    return Why.UNTRUSTED_TIME if trust.has_revoked(status.signing_cert) else None


def _of_integrity(status: PdfSignatureStatus) -> Why | None:
    if not status.intact:
        return Why.ALTERED
    if not status.valid:
        return Why.BAD_SIGNATURE
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Why.NOT_COVERED
    return None if status.docmdp_ok and changing.is_harmless(status.diff_result) else Why.CHANGED_AFTER


def _is_trusted(status: SignatureStatus) -> bool:
    return status.trust_problem_indic is None and status.validation_path is not None


def _of_trust(status: SignatureStatus, trust: Trust, moment: datetime) -> Why | None:
    """What pyHanko refuses is refused; of many reasons it says no more than that the chain does not hold."""
    if _is_trusted(status):
        return None
    if status.revoked:
        return Why.REVOKED
    problem = status.trust_problem_indic
    known = of_chain(status.signing_cert, trust, moment)
    return known or (_TRUST.get(problem, Why.UNTRUSTED) if problem is not None else Why.UNTRUSTED)
