"""Timestamps 时间戳 (RFC 3161, RFC 5816): that something was there at a moment, said by the house's own authority.

What is stamped with SHA-2 is signed by the classic family, with SM3 by the national one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from asn1crypto import algos, cms, core, tsp, x509

from yizhan import clock
from yizhan.keys import authority, certificates, reading, signing, sm2
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import KeysFault, NoAuthority

POLICY = "2.25.287069172624331388127401524419790999796"
"""Of this service, from an identifier that nobody else makes (X.667); no more is promised than the README says."""

_LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64, "sm3": 32}


class _Answer(core.Sequence):  # type: ignore[misc]  # asn1crypto tells no types
    """TimeStampResp, of which asn1crypto forgets that a refusal has no token."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


@dataclass(frozen=True)
class Stamper:
    """Who stamps, with keys that were opened before: it asks no database, so it may work inside an event loop."""

    signers: Mapping[Family, signing.Signer]

    def token(
        self, digest: bytes, algorithm: str, *, nonce: int | None = None, with_certificate: bool = True
    ) -> bytes:
        """As :func:`token`."""
        if len(digest) != _LENGTHS.get(algorithm):
            raise ValueError(f"no hash of {algorithm}")
        family = Family.SM if algorithm == "sm3" else Family.CLASSIC
        if family not in self.signers:
            raise NoAuthority(f"no timestamps of {family}")
        told: dict[str, object] = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest},
            "serial_number": certificates.new_serial(),
            "gen_time": clock.now().astimezone(UTC).replace(microsecond=0),
            "accuracy": {"seconds": 1},
        }
        if nonce is not None:
            told["nonce"] = nonce
        return _signed(tsp.TSTInfo(told), self.signers[family], with_certificate=with_certificate)

    def answer(self, request: bytes) -> bytes:
        """As :func:`answer`."""
        try:
            asked = tsp.TimeStampReq.load(request, strict=True)
            imprint = asked["message_imprint"]
            algorithm, digest = (
                imprint["hash_algorithm"]["algorithm"].native,
                imprint["hashed_message"].native,
            )
            policy, nonce = asked["req_policy"].native, asked["nonce"].native
            certificate, extended = bool(asked["cert_req"].native), asked["extensions"].native
        except reading.UNREADABLE:
            return _refused("bad_data_format", "The request cannot be read.")
        if algorithm not in _LENGTHS:
            return _refused("bad_alg", "The hash must be SHA-256, SHA-384, SHA-512 or SM3.")
        if len(digest) != _LENGTHS[algorithm]:
            return _refused("bad_data_format", "The hash has not the length of its kind.")
        if policy not in {None, POLICY}:
            return _refused("unaccepted_policy", "There is one policy here.")
        if extended:
            return _refused("unaccepted_extensions", "No extensions are known here.")
        try:
            made = self.token(digest, algorithm, nonce=nonce, with_certificate=certificate)
        except KeysFault:
            return _refused("system_failure", "The service cannot sign now.")
        whole = {"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(made)}
        return bytes(_Answer(whole).dump())


def stamper(*families: Family) -> Stamper:
    """The stamper of the families that were founded, of all when none is named.

    Raises:
        Unavailable, Unopenable: a key cannot sign.
    """
    found = {family: authority.current("tsa", family) for family in families or authority.available()}
    return Stamper({family: signing.signer(one) for family, one in found.items() if one is not None})


def answer(request: bytes) -> bytes:
    """The answer to a request (both DER): a token, or a refusal that says why."""
    try:
        return stamper().answer(request)
    except KeysFault:
        return _refused("system_failure", "The service cannot sign now.")


def token(digest: bytes, algorithm: str, *, nonce: int | None = None, with_certificate: bool = True) -> bytes:
    """A token (CMS ContentInfo, DER) that something with this hash is there now.

    Args:
        digest: the hash.
        algorithm: its kind: ``sha256``, ``sha384``, ``sha512``, ``sm3``.
        nonce: what the asker wants to find in it.
        with_certificate: whether the certificates of the service are inside; without them they must be known.

    Raises:
        ValueError: no such kind of hash, or another length than it has.
        NoAuthority: the family was not founded.
        Unavailable, Unopenable: the key cannot sign.
    """
    family = Family.SM if algorithm == "sm3" else Family.CLASSIC
    return stamper(family).token(digest, algorithm, nonce=nonce, with_certificate=with_certificate)


def _signed(info: tsp.TSTInfo, by: signing.Signer, *, with_certificate: bool) -> bytes:
    content, own = info.dump(), x509.Certificate.load(by.certificate)
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [_hash(by.algorithm.digest, content)]},
            {"type": "signing_certificate_v2", "values": [_pointing_at(own, by.algorithm.digest)]},
        ]
    )
    digest = algos.DigestAlgorithm({"algorithm": by.algorithm.digest})
    signer = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}},
        "digest_algorithm": digest,
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": by.algorithm.signature},
        "signature": by.sign(attributes.dump()),
    }
    body: dict[str, object] = {
        "version": "v3",
        "digest_algorithms": [digest],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
        "signer_infos": [signer],
    }
    if with_certificate:
        body["certificates"] = [
            own,
            *(x509.Certificate.load(one) for one in by.chain[:-1]),
        ]  # nobody takes a root from us
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(body)}).dump())


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


def _hash(kind: str, data: bytes) -> bytes:
    return sm2.sm3(data) if kind == "sm3" else hashlib.new(kind, data).digest()


def _refused(why: str, words: str) -> bytes:
    status = {"status": "rejection", "status_string": [words], "fail_info": {why}}
    return bytes(_Answer({"status": status}).dump())
