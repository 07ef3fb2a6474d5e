"""Whether a signature is right 验签: with the public key alone, without asking whose it is."""

from __future__ import annotations

from asn1crypto import keys
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from yizhan.keys import reading, sm2
from yizhan.keys.algorithms import SM2_CURVE

_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def verify(certificate: bytes, data: bytes, signature: bytes, *, digest: str = "sha256") -> bool:
    """Whether the owner of a certificate (DER) signed the data.

    Args:
        certificate: DER.
        data: what was signed, whole.
        signature: as a :class:`Signer` gives it.
        digest: the hash of a classic signature; SM2 goes with SM3 always.

    Raises:
        Unavailable: an SM2 certificate, and no SM2 on this machine.
    """
    read = reading.certificate(certificate)
    return read is not None and by_public_key(read.public_key.dump(), data, signature, digest=digest)


def by_public_key(public_key: bytes, data: bytes, signature: bytes, *, digest: str = "sha256") -> bool:
    """As :func:`verify`, with SubjectPublicKeyInfo (DER) in the place of the certificate."""
    if is_sm2(public_key):
        return sm2.verify(public_key, data, signature)
    kind = _HASHES.get(digest)
    if kind is None:
        return False
    try:
        key = load_der_public_key(public_key)
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(kind()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), kind())
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def is_sm2(public_key: bytes) -> bool:
    """Whether a public key (SubjectPublicKeyInfo, DER) is one of SM2."""
    try:
        algorithm = keys.PublicKeyInfo.load(public_key)["algorithm"]
        chosen = algorithm["parameters"].chosen if algorithm["algorithm"].native == "ec" else None
        return isinstance(chosen, keys.NamedCurve) and chosen.dotted == SM2_CURVE
    except reading.UNREADABLE:
        return False
