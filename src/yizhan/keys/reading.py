"""What strangers send, read to the end before it is used 读取外来数据: asn1crypto reads late and stumbles in many ways."""

from __future__ import annotations

from asn1crypto import crl, pem, x509

UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
)
"""What asn1crypto raises on data that are not what they should be."""


def ders(content: bytes) -> list[tuple[str, bytes]]:
    """What is in a file of certificates or lists: its kind as PEM writes it, empty for DER, and DER.

    Raises:
        ValueError: PEM that is not whole.
    """
    if not pem.detect(content):
        return [("", content)]
    return [(kind, der) for kind, _headers, der in pem.unarmor(content, multiple=True)]


def certificate(der: bytes) -> x509.Certificate | None:
    """A certificate of which every part can be read, or None."""
    try:
        found = x509.Certificate.load(der, strict=True)
        _ = found.native, found.public_key.dump(), found.subject.hashable, found.issuer.hashable
    except UNREADABLE:
        return None
    return found


def revocation_list(der: bytes) -> crl.CertificateList | None:
    """A list whose head can be read, or None; its lines are read when its signature was found right."""
    try:
        found = crl.CertificateList.load(der, strict=True)
        body = found["tbs_cert_list"]
        _ = (
            body["this_update"].native,
            body["next_update"].native,
            body["signature"].native,
            found.issuer.hashable,
        )
        _ = found["signature_algorithm"].native, found["signature"].native
    except UNREADABLE:
        return None
    return found
