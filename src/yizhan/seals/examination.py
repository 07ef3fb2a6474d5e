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
import io
import re
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, collect_embedded_signatures

from yizhan.seals import classic_examination, sm_examination
from yizhan.seals.found import Examined, Found, Why
from yizhan.seals.marks import token_of
from yizhan.seals.trust import Trust

_TAIL = re.compile(rb"[^%]{0,4000}startxref\s{1,4}\d{1,12}\s{1,4}%%EOF(\r\n|\r|\n)?", re.DOTALL)
_UNREADABLE = (
    PdfError, SignatureValidationError, CMSExtractionError, ValueError, TypeError, KeyError, IndexError,
    AttributeError, AssertionError, RecursionError, OverflowError, NotImplementedError, OSError,
)  # fmt: skip
"""What a parser says to bytes that are no proper PDF; all of it means the same to whoever asks."""


def examine(content: bytes, trust: Trust, *, at: datetime) -> Examined:
    """What is on a file, and whether it holds; hostile bytes are an answer, not an error.

    Args:
        content: the file.
        trust: whom the reader trusts.
        at: now, for what bears no proven time.
    """
    if not content.lstrip().startswith(b"%PDF-"):
        return Examined((), Why.NOT_A_PDF)
    try:
        reader = PdfFileReader(io.BytesIO(content))
        if reader.encrypted:
            return Examined((), Why.ENCRYPTED)
        marks = collect_embedded_signatures(reader)
    except _UNREADABLE:
        return Examined((), Why.NOT_A_PDF)
    if not marks:
        return Examined((), Why.UNSEALED)
    known = trust.and_also(*_carried(reader, marks))
    try:
        return asyncio.run(_examined(content, marks, known, at))
    except _UNREADABLE:
        return Examined((), Why.DAMAGED)


async def _examined(
    content: bytes, marks: Sequence[EmbeddedPdfSignature], known: Trust, at: datetime
) -> Examined:
    found: list[Found] = []
    for mark in marks:
        how = sm_examination if _is_sm(mark) else classic_examination
        if mark.sig_object_type == "/DocTimeStamp":
            why = await how.time_stamp(mark, known)
            if why is not None:
                return Examined(tuple(found), why)
        else:
            found.append(await how.seal(mark, known, at))
    return Examined(tuple(found), _of_the_whole(content, marks, found))


def _of_the_whole(
    content: bytes, marks: Sequence[EmbeddedPdfSignature], found: Sequence[Found]
) -> Why | None:
    """Why the file as a whole does not hold, whatever its seals say."""
    if not found:
        return Why.UNSEALED
    last = marks[-1]
    start, covered, after, rest = (int(one) for one in last.byte_range)
    if start != 0 or after != covered + 2 + 2 * len(last.pkcs7_content):
        return Why.NOT_COVERED
    if after + rest < len(content) and not _only_proofs_follow(content, last):
        return Why.APPENDED
    return next((one.why for one in found if one.why in (Why.ALTERED, Why.CHANGED_AFTER)), None)


def _only_proofs_follow(content: bytes, last: EmbeddedPdfSignature) -> bool:
    """Whether all that comes after is one revision with certificates and revocation lists, and not a byte more."""
    changes = last.diff_result
    if getattr(changes, "modification_level", None) is not ModificationLevel.LTA_UPDATES:
        return False
    if last.signed_revision + 2 != last.reader.xrefs.total_revisions:
        return False
    listed = last.reader.xrefs.get_xref_container_info(last.reader.xrefs.total_revisions - 1).end_location
    return _TAIL.fullmatch(content, listed) is not None


def _is_sm(mark: EmbeddedPdfSignature) -> bool:
    return str(mark.signer_info["digest_algorithm"]["algorithm"].native) == "sm3"


def _carried(reader: PdfFileReader, marks: Sequence[EmbeddedPdfSignature]) -> tuple[list[bytes], list[bytes]]:
    """The certificates and revocation lists that the file brings along to be checked with."""
    certificates: list[bytes] = []
    revocations: list[bytes] = []
    try:
        store = DocumentSecurityStore.read_dss(reader)
        certificates += [one.get_object().data for one in store.certs.values()]
        revocations += [one.get_object().data for one in store.crls]
    except NoDSSFoundError:
        pass
    except _UNREADABLE:
        return [], []
    for mark in marks:
        certificates += _in_cms(mark.signed_data)
        token = token_of(mark)
        certificates += _in_cms(token) if token is not None else []
    return certificates, revocations


def _in_cms(signed: cms.SignedData) -> list[bytes]:
    chosen = signed["certificates"] or ()
    return [one.chosen.dump() for one in chosen if isinstance(one.chosen, x509.Certificate)]
