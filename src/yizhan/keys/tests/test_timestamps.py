"""Timestamps are what RFC 3161 wants, and others accept them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from asn1crypto import cms, tsp, x509

from yizhan import clock
from yizhan.keys import authority, timestamps, verifying
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import NoAuthority
from yizhan.keys.sm2 import sm3
from yizhan.keys.tests import openssl

PAPER = "行政许可决定书".encode()
DIGESTS = {
    "sha256": hashlib.sha256(PAPER).digest(),
    "sha512": hashlib.sha512(PAPER).digest(),
    "sm3": sm3(PAPER),
}
KINDS = pytest.mark.parametrize("algorithm", list(DIGESTS))


def parts(token):
    """Content, signer info and certificates of a token."""
    signed = cms.ContentInfo.load(token, strict=True)["content"]
    (signer,) = signed["signer_infos"]
    return (
        signed["encap_content_info"]["content"].parsed,
        signer,
        [one.chosen for one in signed["certificates"]],
    )


def token(digest, algorithm, **more):
    family = Family.SM if algorithm == "sm3" else Family.CLASSIC
    return timestamps.stamper(family).token(digest, algorithm, **more)


@KINDS
@pytest.mark.parametrize("with_certificate", [True, False])
def test_a_token_is_written_as_asn1crypto_writes_it(founded, algorithm, with_certificate):
    made = token(DIGESTS[algorithm], algorithm, with_certificate=with_certificate)
    assert cms.ContentInfo.load(made, strict=True).dump(force=True) == made


def test_a_stamper_is_kept_as_long_as_its_certificate_may_stamp(founded):
    kept = timestamps.stamper(Family.CLASSIC)
    assert timestamps.stamper(Family.CLASSIC) is kept
    old = authority.current("tsa", Family.CLASSIC)
    with clock.standing_at("2026-11-21T10:00"):
        new = authority.renew(old)
        assert timestamps.stamper(Family.CLASSIC).signers[Family.CLASSIC].certificate == bytes(new.der)
        authority.revoke(new, by="account:1", because="试验")
        assert timestamps.stamper(Family.CLASSIC).signers[Family.CLASSIC].certificate == bytes(old.der)
        authority.revoke(old, by="account:1", because="试验")
        assert timestamps.stamper(Family.CLASSIC).signers == {}


def request(algorithm, digest=None, **more):
    imprint = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest or DIGESTS[algorithm]}
    return tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, **more}).dump()


@KINDS
def test_a_token_says_what_was_there_and_when(founded, algorithm):
    info, signer, certificates = parts(token(DIGESTS[algorithm], algorithm, nonce=7))
    assert info["message_imprint"]["hashed_message"].native == DIGESTS[algorithm]
    assert info["gen_time"].native == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    assert info["nonce"].native == 7
    family = Family.SM if algorithm == "sm3" else Family.CLASSIC
    tsa = authority.current("tsa", family)
    assert {one.dump() for one in certificates} == {bytes(one.der) for one in (tsa, *tsa.above()[:-1])}
    attributes = {one["type"].native: one["values"][0] for one in signer["signed_attrs"]}
    hashed = sm3 if family is Family.SM else lambda data: hashlib.sha256(data).digest()
    assert attributes["message_digest"].native == hashed(info.dump())
    (pointed,) = attributes["signing_certificate_v2"]["certs"]
    assert pointed["cert_hash"].native == hashed(bytes(tsa.der))
    covered = signer["signed_attrs"].untag().dump()
    assert verifying.verify(bytes(tsa.der), covered, signer["signature"].native)
    assert not verifying.verify(bytes(tsa.der), covered + b" ", signer["signature"].native)


@pytest.mark.parametrize("setting", ["ecdsa_p256", "rsa_2048"])
def test_others_accept_an_answer(db, settings, setting, tmp_path):
    settings.CLASSIC_ALGORITHM = setting
    authority.found(organisation="云津区人民政府")
    tsa = authority.current("tsa", Family.CLASSIC)
    issuing, root = (bytes(one.der) for one in tsa.above())
    (tmp_path / "paper").write_bytes(PAPER)
    (tmp_path / "root.pem").write_bytes(openssl.pem("CERTIFICATE", root))
    (tmp_path / "between.pem").write_bytes(openssl.pem("CERTIFICATE", issuing))
    asked = request("sha256", nonce=2**63 + 5, cert_req=True)
    (tmp_path / "asked").write_bytes(asked)
    (tmp_path / "answered").write_bytes(timestamps.answer(asked))
    if not openssl.THERE:
        answered = tsp.TimeStampResp.load((tmp_path / "answered").read_bytes(), strict=True)
        assert answered["status"]["status"].native == "granted"
        return
    at = ("-attime", str(int(clock.now().timestamp())))
    files = ("-in", "answered", "-CAfile", "root.pem", "-untrusted", "between.pem")
    for against in (("-data", "paper"), ("-queryfile", "asked")):
        told = openssl.run("ts", "-verify", *against, *files, *at, folder=tmp_path)
        assert b"Verification: OK" in told.stdout + told.stderr, told.stderr.decode()
    (tmp_path / "paper").write_bytes(PAPER + b"!")
    told = openssl.run("ts", "-verify", "-data", "paper", *files, *at, folder=tmp_path)
    assert told.returncode != 0


def test_the_certificate_is_left_out_where_nobody_asks_for_it(founded):
    for asked, many in ((request("sm3"), 0), (request("sm3", cert_req=True), 2)):
        answered = tsp.TimeStampResp.load(timestamps.answer(asked), strict=True)
        content = answered["time_stamp_token"]["content"]
        assert len(content["certificates"]) == many


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (b"", "bad_data_format"),
        (b"\x30\x03\x02\x01\x01", "bad_data_format"),
        (b"0" * 5000, "bad_data_format"),
        (request("md5", b"0" * 16), "bad_alg"),
        (request("sha1", b"0" * 20), "bad_alg"),
        (request("sha256", b"0" * 31), "bad_data_format"),
        (request("sha256", req_policy="1.2.3.4"), "unaccepted_policy"),
        (
            request("sha256", extensions=[{"extn_id": "1.2.3.4", "critical": True, "extn_value": b"x"}]),
            "unaccepted_extensions",
        ),
    ],
)
def test_a_bad_request_is_refused_with_a_reason(founded, asked, why):
    answered = timestamps._Answer.load(timestamps.answer(asked), strict=True)
    assert answered["status"]["status"].native == "rejection"
    assert answered["status"]["fail_info"].native == {why}
    assert answered["time_stamp_token"].native is None


def test_without_an_authority_it_says_that_it_cannot(db):
    answered = timestamps._Answer.load(timestamps.answer(request("sha256")), strict=True)
    assert answered["status"]["fail_info"].native == {"system_failure"}
    with pytest.raises(NoAuthority):
        token(DIGESTS["sm3"], "sm3")
    with pytest.raises(ValueError, match="sha256"):
        token(b"short", "sha256")


def test_each_token_has_a_number_of_its_own(founded):
    numbers = {parts(token(DIGESTS["sha256"], "sha256"))[0]["serial_number"].native for _ in range(20)}
    assert len(numbers) == 20


def test_the_identifiers_are_those_of_the_standards(founded):
    tsa = x509.Certificate.load(bytes(authority.current("tsa", Family.SM).der))
    assert tsa["signature_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.501"
    assert tsa.public_key["algorithm"]["parameters"].chosen.dotted == "1.2.156.10197.1.301"
    _info, signer, _ = parts(token(DIGESTS["sm3"], "sm3"))
    assert signer["digest_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.401"


def test_a_stamper_needs_no_database(founded, django_assert_num_queries):
    """What makes seals runs in an event loop, where Django's database must not be asked."""
    ready = timestamps.stamper()
    with django_assert_num_queries(0):
        for algorithm, digest in DIGESTS.items():
            assert (
                parts(ready.token(digest, algorithm))[0]["message_imprint"]["hashed_message"].native == digest
            )
        answered = tsp.TimeStampResp.load(ready.answer(request("sm3")), strict=True)
    assert answered["status"]["status"].native == "granted"
