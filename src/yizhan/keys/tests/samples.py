"""Signatures that were not made here: the worked example of GB/T 32918.5, and what OpenSSL 3.0 made."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import pem
from asn1crypto.algos import DSASignature

from yizhan.keys.algorithms import Family
from yizhan.keys.tests import openssl

DATA = b"message digest"
_CURVE = "3059301306072a8648ce3d020106082a811ccf5501822d034200"

# The curve that the standard recommends; user identity 1234567812345678.
PUBLIC = bytes.fromhex(
    _CURVE + "04"
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
SIGNATURE = DSASignature(
    {
        "r": 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3,
        "s": 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA,
    }
).dump()

OPENSSL_PUBLIC = bytes.fromhex(
    _CURVE + "04f6fad7838a1465efeda0740978700fe8953924db45a81aaca01ba8d15b59518a"
    "706352360d00310431e8969e8313147d2640eb2f83909276d9acee6a958f3902"
)
OPENSSL_SIGNATURE = bytes.fromhex(
    "30450220634183501533c8cbab7f617141fad9ac8657165ceeaf974cc6d1244f79b21449"
    "022100e7f2d981fecaeb2112e0234c6983bd4b121d95e22639f9efb83920b1503d548f"
)


def by_openssl(folder: Path, data: bytes) -> tuple[bytes, bytes]:
    """A new SM2 key of OpenSSL's, and its signature over data."""
    (folder / "data").write_bytes(data)
    openssl.run(
        "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "key.pem", folder=folder
    )
    openssl.run(
        "pkeyutl", "-sign", "-inkey", "key.pem", "-rawin", "-digest", "sm3", "-in", "data", "-out", "signature",
        "-pkeyopt", "distid:1234567812345678", folder=folder,
    )  # fmt: skip
    public = openssl.run("pkey", "-in", "key.pem", "-pubout", "-outform", "DER", folder=folder).stdout
    return public, (folder / "signature").read_bytes()


CHAIN_AT = "2026-12-01T09:00"


def chain(family: Family) -> tuple[bytes, bytes, bytes, list[bytes]]:
    """A certificate, its issuer, the root and both lists, all made by OpenSSL 3.0: RSA with SHA-384, or SM2 with SM3."""
    text = (Path(__file__).parent / f"made_by_openssl/{family}.pem").read_bytes()
    found = [der for _kind, _headers, der in pem.unarmor(text, multiple=True)]
    leaf, issuing, root, *lists = found
    return leaf, issuing, root, lists
