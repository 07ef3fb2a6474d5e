"""What a file brings along to be checked with 自带证明材料: certificates, lists, answers; nothing of it is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice

from asn1crypto import cms, x509
from asn1crypto.core import Asn1Value
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from yizhan.keys import reading
from yizhan.seals import limits
from yizhan.seals.marks import token_of
from yizhan.seals.opening import Opened
from yizhan.seals.trust import Trust

_STORE = {
    "/Certs": DecodePurpose.CERTIFICATE,
    "/CRLs": DecodePurpose.CRL,
    "/OCSPs": DecodePurpose.OCSP_RESPONSE,
}


def with_what_it_carries(file: Opened, trust: Trust) -> Trust:
    """The same roots, and what the file brings, as much as can be read and is not more than any paper needs."""
    certificates = list(_stored(file, "/Certs"))
    revocations, answers = list(_stored(file, "/CRLs")), list(_stored(file, "/OCSPs"))
    for mark in file.marks:
        certificates += _in_cms(mark.signed_data)
        token = token_of(mark)
        certificates += _in_cms(token) if token is not None else ()
        revocations += _archived(mark, "crl")
        answers += _archived(mark, "ocsp")
    return trust.and_also(
        _some(one for one in certificates if reading.certificate(one) is not None),
        _newest(_some(revocations)),
        _some(answers),
    )


def _newest(found: list[bytes]) -> list[bytes]:
    """The newest lists of each issuer, of those that can be read."""
    by_issuer: dict[str, list[tuple[datetime, bytes]]] = {}
    for one in found:
        read = reading.revocation_list(one)
        if read is not None:
            published = read["tbs_cert_list"]["this_update"].native
            by_issuer.setdefault(read.issuer.hashable, []).append((published, one))
    return [
        one for lists in by_issuer.values() for _at, one in sorted(lists, reverse=True)[: limits.MOST_LISTS]
    ]


def _some(found: Iterable[bytes]) -> list[bytes]:
    kept = [one for one in dict.fromkeys(found) if len(one) <= limits.LARGEST_PROOF]
    return kept[: limits.MOST_PROOFS]


def _stored(file: Opened, kind: str) -> Iterator[bytes]:
    """What lies in the store of the file (DSS); what cannot be read is left aside."""
    try:
        listed = list(islice(file.reader.root["/DSS"][kind], limits.MOST_PROOFS))
    except Exception:  # hostile bytes; what cannot be read proves nothing
        return
    for one in listed:
        with suppress(Exception):  # the same
            yield one.get_object().read_data(_STORE[kind])


def _in_cms(signed: cms.SignedData) -> list[bytes]:
    try:
        chosen = signed["certificates"] or ()
        return [one.chosen.dump() for one in chosen if isinstance(one.chosen, x509.Certificate)]
    except reading.UNREADABLE:
        return []


def _archived(mark: EmbeddedPdfSignature, kind: str) -> list[bytes]:
    """What older signatures carry in an attribute of Adobe's."""
    try:
        held = find_unique_cms_attribute(mark.signer_info["signed_attrs"], "adobe_revocation_info_archival")
        found: Iterable[Asn1Value] = held[kind] or ()
        return [one.dump() for one in found]
    except reading.UNREADABLE:
        return []
