"""The form of a time stamp 时间戳令牌格式 (CMS SignedData, RFC 5652): what never changes of it is written once.

A seal takes two time stamps. Of each only the content, its hash and the signature are new; names, certificates and
identifiers are the signer's, and to write them anew costs more than to sign.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from asn1crypto import algos, cms, core, parser, tsp, x509

from yizhan.keys import sm2
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.signing import Signer

_UNIVERSAL, _CONTEXT = 0, 2
_SEQUENCE, _SET = 16, 17


def signed(info: tsp.TSTInfo, by: Signer, *, with_certificate: bool) -> bytes:
    """The content signed, as a ContentInfo (DER).

    Args:
        info: what is said: of what, and when.
        by: who says it.
        with_certificate: whether their certificates are inside, but for the root: nobody takes one from us.
    """
    form, content = _form(by.certificate, tuple(by.chain[:-1]), by.algorithm), info.dump()
    digest = _attribute("message_digest", _hash(by.algorithm.digest, content))
    attributes = b"".join(sorted((*form.attributes, digest)))  # DER sorts a set
    signer = _sequence(
        form.signer,
        parser.emit(_CONTEXT, 1, 0, attributes),
        form.algorithm,
        _octets(by.sign(parser.emit(_UNIVERSAL, 1, _SET, attributes))),
    )
    data = _sequence(
        form.head,
        _sequence(form.kind, parser.emit(_CONTEXT, 1, 0, _octets(content))),
        form.certificates if with_certificate else b"",
        parser.emit(_UNIVERSAL, 1, _SET, signer),
    )
    return _sequence(form.says, parser.emit(_CONTEXT, 1, 0, data))


@dataclass(frozen=True)
class _Form:
    """What is the same in every time stamp of a signer; all DER.

    Attributes:
        says: that it is SignedData; ``head`` its version and hashes; ``kind`` that a time stamp is in it.
        certificates: the signer's and those above it.
        signer: version, name and hash of the signer; ``algorithm`` how it signs.
        attributes: those that are signed whatever the content.
    """

    says: bytes
    head: bytes
    kind: bytes
    certificates: bytes
    signer: bytes
    algorithm: bytes
    attributes: tuple[bytes, ...]


@lru_cache(maxsize=8)
def _form(certificate: bytes, above: tuple[bytes, ...], algorithm: Algorithm) -> _Form:
    own = x509.Certificate.load(certificate)
    digest = algos.DigestAlgorithm({"algorithm": algorithm.digest})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}},
            "digest_algorithm": digest,
            "signature_algorithm": {"algorithm": algorithm.signature},
            "signature": b"",
        }
    )
    data = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [digest],
            "certificates": [own, *(x509.Certificate.load(one) for one in above)],
        }
    )
    return _Form(
        says=cms.ContentType("signed_data").dump(),
        head=data["version"].dump() + data["digest_algorithms"].dump(),
        kind=cms.ContentType("tst_info").dump(),
        certificates=data["certificates"].dump(),
        signer=b"".join(signer[part].dump() for part in ("version", "sid", "digest_algorithm")),
        algorithm=signer["signature_algorithm"].dump(),
        attributes=(
            _attribute("content_type", "tst_info"),
            _attribute("signing_certificate_v2", _pointing_at(own, algorithm.digest)),
        ),
    )


def _pointing_at(own: x509.Certificate, digest: str) -> tsp.SigningCertificateV2:
    """Which certificate signed, so that no other can be put in its place."""
    one: dict[str, object] = {
        "cert_hash": _hash(digest, own.dump()),
        "issuer_serial": {
            "issuer": [x509.GeneralName(name="directory_name", value=own.issuer)],
            "serial_number": own.serial_number,
        },
    }
    if digest != "sha256":  # which is what is meant where nothing is said
        one["hash_algorithm"] = {"algorithm": digest}
    return tsp.SigningCertificateV2({"certs": [one]})


def _attribute(kind: str, value: object) -> bytes:
    return bytes(cms.CMSAttribute({"type": kind, "values": [value]}).dump())


def _sequence(*parts: bytes) -> bytes:
    return bytes(parser.emit(_UNIVERSAL, 1, _SEQUENCE, b"".join(parts)))


def _octets(content: bytes) -> bytes:
    return bytes(core.OctetString(content).dump())


def _hash(kind: str, data: bytes) -> bytes:
    return sm2.sm3(data) if kind == "sm3" else hashlib.new(kind, data).digest()
