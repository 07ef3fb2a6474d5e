"""What an examination says of files that were sealed and damaged in memory; many more in ``./yizhan prove seal``."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields

from yizhan.keys import sm2
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.tests import openssl
from yizhan.seals import examination
from yizhan.seals.found import Why
from yizhan.seals.stamps import Place
from yizhan.seals.tests.mint import SEALED_AT, Mint, pages

LATER = SEALED_AT + timedelta(days=4000)  # when every certificate but the authorities' has ended


@pytest.fixture(scope="module")
def classic():
    return Mint()


@pytest.fixture(scope="module")
def national():
    return Mint(Algorithm.SM2)


def reason(content, mint, at=LATER):
    return examination.examine(content, mint.anchor, at=at).reason


@pytest.mark.parametrize("algorithm", [Algorithm.ECDSA_P256, Algorithm.SM2])
def test_two_seals_hold_for_years_and_each_knows_what_it_came_on(algorithm):
    mint = Mint(algorithm)
    plain = pages()
    once = mint.seal(plain, mint.unit(), place=Place(1, 100, 200), last=False)
    twice = mint.seal(once, mint.unit("云津区财政局"), place=Place(1, 150, 200))
    found = examination.examine(twice, mint.anchor, at=LATER)
    assert found.holds, found
    assert [(one.unit, one.family, one.proven) for one in found.seals] == [
        ("云津区民政局", mint.family, True), ("云津区财政局", mint.family, True),
    ]  # fmt: skip
    assert [one.before for one in found.seals] == [hashlib.sha256(one).hexdigest() for one in (plain, once)]


def sm3(data, folder):
    """OpenSSL's, where it is installed."""
    if not openssl.THERE:
        return sm2.sm3(data)
    return openssl.run("dgst", "-sm3", "-binary", folder=folder, data=data).stdout


def is_signed(public, data, signature, folder):
    if not openssl.THERE:
        return sm2.verify(public, data, signature)
    return openssl.signed_by(public, data, signature, folder)


def test_openssl_finds_the_national_signature_over_the_covered_bytes_right(national, tmp_path):
    by = national.unit()
    sealed = national.seal(pages(), by)
    mark = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures[0]
    start, before, after, rest = (int(one) for one in mark.byte_range)
    covered = sealed[start:before] + sealed[after : after + rest]
    attributes = {one["type"].native: one["values"][0].native for one in mark.signer_info["signed_attrs"]}
    assert attributes["message_digest"] == sm3(covered, tmp_path)
    named = attributes["signing_certificate_v2"]["certs"][0]
    assert named["cert_hash"] == sm3(by.certificate, tmp_path)
    said = mark.signer_info["signed_attrs"].untag().dump()
    public = x509.Certificate.load(by.certificate).public_key.dump()
    assert is_signed(public, said, mark.signer_info["signature"].native, tmp_path)


def test_without_lists_nobody_knows_whether_it_was_revoked(national):
    sealed = national.seal(pages(), national.unit(), last=False)
    assert reason(sealed, national) is Why.REVOCATION_UNKNOWN
    assert examination.examine(sealed, national.trust(SEALED_AT), at=LATER).holds


def test_what_follows_a_sealed_file_is_told_however_long_it_is(classic):
    sealed = classic.seal(pages(), classic.unit())
    for more in (b"x", b"x" * 3_000_000, b"\n" * 3_000_000):
        assert reason(sealed + more, classic) is Why.APPENDED


def test_an_empty_field_added_afterwards_is_a_change(classic):
    writer = IncrementalPdfFileWriter(io.BytesIO(classic.seal(pages(), classic.unit())))
    fields.append_signature_field(writer, fields.SigFieldSpec("Later", box=(0, 0, 500, 500)))
    out = io.BytesIO()
    writer.write(out)
    assert reason(out.getvalue(), classic) is Why.APPENDED


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.NOT_A_PDF),
        (b"PK\x03\x04", Why.NOT_A_PDF),
        (b"%PDF-1.7\n", Why.NOT_A_PDF),
        (b"%PDF-1.7\n/ByteRange", Why.DAMAGED),
        (pages(), Why.UNSEALED),
        (b"%PDF-1.7\n" + b"startxref\n" * 100, Why.TOO_MANY),
        (b"%PDF-1.7\n<" + b"41" * 1_100_000 + b">", Why.TOO_MANY),
        (pages().replace(b"/Size ", b"/Size 99999999"), Why.TOO_MANY),
        (bytes(51 * 2**20), Why.TOO_LARGE),
    ],
)
def test_what_bears_no_seal_says_why(classic, content, why):
    assert reason(content, classic) is why
