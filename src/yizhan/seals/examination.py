"""Examining a sealed PDF 验章: what is on it, and whether each seal and the whole file hold.

Works on bytes and certificates alone, without a database or a network, so that a stranger can do the same with nothing
but the root certificate. What a file cannot tell of itself (whether it is the one that was issued, whether the seal was
to be used on it, whether the document still holds) is for :mod:`yizhan.seals.verifying`.

Rules beyond pyHanko's: the last signature or time stamp covers the file to its very last byte; after a seal nothing
comes but further seals, time stamps and what proves them; a certificate must have been good at the moment that the time
stamp proves, and a time-stamp authority whose certificate was revoked proves nothing any more.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime

from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from yizhan.keys import sm2, verifying
from yizhan.seals import carried, classic_examination, covering, marks, opening, sm_examination, timing
from yizhan.seals.found import Examined, Found, Why
from yizhan.seals.opening import Opened
from yizhan.seals.trust import Trust

_INTEGRITY = (Why.ALTERED, Why.CHANGED_AFTER, Why.NOT_COVERED)
_BEFORE_TIME = (
    *_INTEGRITY,
    Why.BAD_SIGNATURE,
    Why.MIXED,
    Why.REVOCATION_UNKNOWN,
    Why.UNSUPPORTED,
    Why.UNTRUSTED,
)
"""What is wrong whenever it was."""
_TIME = "/DocTimeStamp"


def examine(content: bytes, trust: Trust, *, at: datetime) -> Examined:
    """What is on a file, and whether it holds; hostile bytes are an answer, not an error.

    Args:
        content: the file.
        trust: whom the reader trusts.
        at: now, for what bears no proven time.
    """
    file = opening.opened(content)
    if isinstance(file, Why):
        return Examined((), file)
    try:
        return asyncio.run(_examined(file, carried.with_what_it_carries(file, trust), at))
    except Exception:  # whatever a parser says to hostile bytes, it means that they are no proper file
        return Examined((), Why.DAMAGED)


async def _examined(file: Opened, known: Trust, at: datetime) -> Examined:
    found: list[Found] = []
    times: list[Why] = []
    seals = [one for one in file.marks if one.sig_object_type != _TIME]
    for mark in file.marks:
        if mark in seals:
            found.append(await _seal(mark, file.content, known, at))
        else:
            why = await timing.over_file(mark, file.content, known)
            times += [why] if why is not None else []
    if not found:
        return Examined((), Why.UNSEALED)
    whys = [one.why for one in found if one.why in _INTEGRITY]
    whys += [one for one in times if one in _INTEGRITY]
    if any(one.why is not None for one in found):
        times.clear()  # who gave the time does not matter where the seal itself does not hold
    return Examined(
        tuple(found),
        next((one for one in (*whys, covering.of_the_whole(file, seals=seals), *times) if one), None),
    )


async def _seal(mark: EmbeddedPdfSignature, content: bytes, trust: Trust, at: datetime) -> Found:
    """One seal: its certificate must have been good at the moment that its time stamp proves, else now."""
    token = marks.token_of(mark)
    moment = marks.moment_of(token) if token is not None else None
    family = "sm" if marks.is_sm(mark.signed_data) else "classic"
    certificate = marks.certificate_of(mark)
    why: Why | None
    if not covering.leaves_out_only_itself(content, mark):
        why = Why.NOT_COVERED
    elif certificate is None:
        why = Why.BAD_SIGNATURE
    elif verifying.is_sm2(certificate.public_key.dump()) != (family == "sm"):
        why = Why.MIXED
    elif family == "sm":
        why = sm_examination.seal(mark, trust, moment or at)
    else:
        why = await classic_examination.seal(mark, trust, moment or at)
    if token is not None and why not in _BEFORE_TIME:
        signature = bytes(mark.signer_info["signature"].native)
        why = await timing.proves(token, lambda kind: _hashed(kind, signature), trust) or why
    proven = moment is not None and why is None
    return marks.found(mark, family=family, at=moment or _claimed(mark), proven=proven, why=why)


def _claimed(mark: EmbeddedPdfSignature) -> datetime | None:
    try:
        said = mark.self_reported_timestamp
    except Exception:  # what the signer says of the time need not be one
        return None
    return said if said is None or said.tzinfo is not None else said.astimezone()


def _hashed(kind: str, data: bytes) -> bytes:
    return sm2.sm3(data) if kind == "sm3" else hashlib.new(kind, data).digest()
