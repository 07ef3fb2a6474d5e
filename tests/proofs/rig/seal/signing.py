"""Signing as others do 他人签名: whatever the certificate, whatever the moment, asked by nobody whether it may."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from yizhan import clock
from yizhan.keys import timestamps
from yizhan.keys.algorithms import Family
from yizhan.keys.signing import CertifiedSigner
from yizhan.seals import sealing
from yizhan.seals.tests.mint import SEALED_AT

Gives = Callable[[bytes, str], bytes]


def signed(
    content: bytes,
    by: CertifiedSigner,
    *,
    time: timestamps.Stamper | Gives | None = None,
    at: datetime = SEALED_AT,
    name: str = "Signature1",
    digest: str = "",
    subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
    signer: signers.Signer | None = None,
    **more: Any,
) -> bytes:
    """A signature, with a time stamp where somebody gives one; no lists are put in, and nothing is checked."""
    with clock.standing_at(at):
        meta = signers.PdfSignatureMetadata(
            field_name=name, md_algorithm=digest or by.algorithm.digest, subfilter=subfilter, **more
        )
        gives = time.token if isinstance(time, timestamps.Stamper) else time
        clock_hand = sealing._HouseTime(gives) if gives is not None else None
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        maker = sealing._Signer(meta, signer or _own(by), timestamper=clock_hand)
        maker.at = at
        out: io.BytesIO = maker.sign_pdf(writer)
        return out.getvalue()


def _own(by: CertifiedSigner) -> signers.Signer:
    """A key of the house with the attributes that pyHanko itself gives, where it knows the algorithm."""
    made = sealing._HouseSigner(by)
    if by.algorithm.family is Family.CLASSIC:
        made.signed_attr_prov_spec = None
    return made


def stamped(
    content: bytes, time: timestamps.Stamper, *, digest: str = "sha256", at: datetime = SEALED_AT
) -> bytes:
    """A time stamp over it all."""
    with clock.standing_at(at):
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        out: io.BytesIO = signers.PdfTimeStamper(sealing._HouseTime(time.token)).timestamp_pdf(writer, digest)
        return out.getvalue()
