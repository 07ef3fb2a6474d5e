"""Timestamps 时间戳 (RFC 3161, RFC 5816): that something was there at a moment, said by the house's own authority.

What is stamped with SHA-2 is signed by the classic family, with SM3 by the national one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache

from asn1crypto import cms, core, tsp
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.keys import authority, certificates, reading, signing, stamping_form
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import KeysFault, NoAuthority
from yizhan.keys.models import Certificate

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
        """A token (CMS ContentInfo, DER) that something with this hash is there now.

        Args:
            digest: the hash.
            algorithm: its kind: ``sha256``, ``sha384``, ``sha512``, ``sm3``.
            nonce: what the asker wants to find in it.
            with_certificate: whether the certificates of the service are inside; without them they must be known.

        Raises:
            ValueError: no such kind of hash, or another length than it has.
            NoAuthority: the family was not founded, or its time stamps have ended.
            Unavailable: the key cannot sign.
        """
        if len(digest) != _LENGTHS.get(algorithm):
            raise ValueError(f"no hash of {algorithm}")
        family = Family.SM if algorithm == "sm3" else Family.CLASSIC
        if family not in self.signers:
            raise NoAuthority(_("%(family)s的时间戳没有有效证书。") % {"family": family.label})
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
        return stamping_form.signed(
            tsp.TSTInfo(told), self.signers[family], with_certificate=with_certificate
        )

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
    return _stamper(tuple((family, one) for family, one in found.items() if one is not None))


@lru_cache(maxsize=8)
def _stamper(found: tuple[tuple[Family, Certificate], ...]) -> Stamper:
    """The same as long as the certificates are, which rows tell by their serials: which ones hold is asked each time."""
    return Stamper({family: signing.signer(one) for family, one in found})


def answer(request: bytes) -> bytes:
    """The answer to a request (both DER): a token, or a refusal that says why."""
    try:
        return stamper().answer(request)
    except KeysFault:
        return _refused("system_failure", "The service cannot sign now.")


def _refused(why: str, words: str) -> bytes:
    status = {"status": "rejection", "status_string": [words], "fail_info": {why}}
    return bytes(_Answer({"status": status}).dump())
