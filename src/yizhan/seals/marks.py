"""Signatures as they stand in a file 签名域: what is asked of each, whatever its algorithm."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from asn1crypto import cms, tsp, x509
from pyhanko.sign.general import CMSExtractionError, find_unique_cms_attribute
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from yizhan.keys import reading
from yizhan.seals.found import Found, Why

_CLOSE = re.compile(rb"%%EOF(\r\n|\r|\n)?")


def token_of(mark: EmbeddedPdfSignature) -> cms.SignedData | None:
    """The time stamp of a seal's signature; None where it has none."""
    try:
        return find_unique_cms_attribute(mark.signer_info["unsigned_attrs"], "signature_time_stamp_token")[
            "content"
        ]
    except (KeyError, ValueError, TypeError):
        return None


def is_sm(signed: cms.SignedData) -> bool:
    """Whether it says that it was made with SM3."""
    return str(signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native) == "sm3"


def certificate_of(mark: EmbeddedPdfSignature) -> x509.Certificate | None:
    """The certificate that a signature names as its signer's; None where it brings none that can be read."""
    try:
        return reading.certificate(mark.signer_cert.dump())
    except (CMSExtractionError, *reading.UNREADABLE):
        return None


def moment_of(token: cms.SignedData) -> datetime | None:
    """When a time stamp says that it was given."""
    info = token["encap_content_info"]["content"].parsed
    return info["gen_time"].native if isinstance(info, tsp.TSTInfo) else None


def found(
    mark: EmbeddedPdfSignature, *, family: str, at: datetime | None, proven: bool, why: Why | None
) -> Found:
    """What was found out about one seal."""
    certificate = certificate_of(mark)
    names = certificate.subject.native if certificate is not None else {}
    return Found(
        name=str(names.get("common_name", "")),
        unit=str(names.get("organizational_unit_name", "") or names.get("organization_name", "")),
        serial=f"{certificate.serial_number:032x}" if certificate is not None else "",
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
    close = _CLOSE.search(content, end)
    return hashlib.sha256(content[: close.end()]).hexdigest() if close else ""
