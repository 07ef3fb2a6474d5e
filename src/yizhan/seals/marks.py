"""Signatures as they stand in a file 签名域: what is asked of each, whatever its algorithm."""

from __future__ import annotations

import hashlib
from datetime import datetime

from asn1crypto import cms, tsp
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from yizhan.seals.found import Found, Why


def token_of(mark: EmbeddedPdfSignature) -> cms.SignedData | None:
    """The time stamp of a seal's signature; None where it has none."""
    try:
        return find_unique_cms_attribute(mark.signer_info["unsigned_attrs"], "signature_time_stamp_token")[
            "content"
        ]
    except (KeyError, ValueError, TypeError):
        return None


def moment_of(token: cms.SignedData) -> datetime | None:
    """When a time stamp says that it was given."""
    info = token["encap_content_info"]["content"].parsed
    return info["gen_time"].native if isinstance(info, tsp.TSTInfo) else None


def found(
    mark: EmbeddedPdfSignature, *, family: str, at: datetime | None, proven: bool, why: Why | None
) -> Found:
    """What was found out about one seal."""
    certificate = mark.signer_cert
    names = certificate.subject.native
    return Found(
        name=str(names.get("common_name", "")),
        unit=str(names.get("organizational_unit_name", "") or names.get("organization_name", "")),
        serial=f"{certificate.serial_number:032x}",
        family=family,
        at=at,
        proven=proven,
        why=why,
        before=_before(mark),
    )


def _before(mark: EmbeddedPdfSignature) -> str:
    """SHA-256 of the revision that this signature was added to; empty where there is none before it."""
    revision = mark.signed_revision
    if revision < 1:
        return ""
    stream = mark.reader.stream
    end = mark.reader.xrefs.get_xref_container_info(revision - 1).end_location
    stream.seek(0)
    content = stream.read()
    close = content.find(b"%%EOF", end)
    return hashlib.sha256(content[: close + 5]).hexdigest() if close >= 0 else ""
