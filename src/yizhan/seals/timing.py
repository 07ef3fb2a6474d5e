"""Whether a time stamp proves anything 时间戳核验, of either family; over a signature, or over a whole file."""

from __future__ import annotations

from collections.abc import Callable

from asn1crypto import cms, tsp
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel, TimestampSignatureStatus

from yizhan.keys import reading
from yizhan.seals import changing, classic_examination, sm_examination
from yizhan.seals.covering import leaves_out_only_itself
from yizhan.seals.found import Why
from yizhan.seals.marks import is_sm, moment_of
from yizhan.seals.trust import Trust


async def over_file(mark: EmbeddedPdfSignature, content: bytes, trust: Trust) -> Why | None:
    """A time stamp over all that stood there; why it proves nothing, or None."""
    if not leaves_out_only_itself(content, mark):
        return Why.NOT_COVERED
    why = await proves(mark.signed_data, mark.compute_digest, trust)
    if why is Why.TIME_OF_OTHER_BYTES:
        return Why.ALTERED
    if why is not None:
        return why
    mark.compute_integrity_info(diff_policy=changing.POLICY)  # type: ignore[no-untyped-call]
    held = mark.summarise_integrity_info()
    if held["coverage"] < SignatureCoverageLevel.ENTIRE_REVISION:
        return Why.NOT_COVERED
    return None if changing.is_harmless(held["diff_result"]) else Why.CHANGED_AFTER


async def proves(token: cms.SignedData, hashed: Callable[[str], bytes], trust: Trust) -> Why | None:
    """Why a time stamp proves nothing about something; None where it does.

    Args:
        token: the time stamp.
        hashed: gives the hash of that something, by the name of its kind.
        trust: who may give the time.
    """
    moment = moment_of(token)
    info = token["encap_content_info"]["content"].parsed
    if moment is None or not isinstance(info, tsp.TSTInfo):
        return Why.UNTRUSTED_TIME
    stamped = info["message_imprint"]
    try:
        right = hashed(stamped["hash_algorithm"]["algorithm"].native) == stamped["hashed_message"].native
    except Exception:  # a hash that nobody knows
        return Why.UNTRUSTED_TIME
    if not right:
        return Why.TIME_OF_OTHER_BYTES
    if is_sm(token):
        return sm_examination.of_authority(token, trust, moment)
    context = trust.at(moment, afterwards=True)
    try:
        status = TimestampSignatureStatus(**await validate_tst_signed_data(token, context, hashed))
        return classic_examination.of_authority(status, trust)
    except (*reading.UNREADABLE, *classic_examination.REFUSALS):
        return Why.UNTRUSTED_TIME
