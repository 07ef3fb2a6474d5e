"""What everybody may fetch, and what whoever runs the house sees."""

from __future__ import annotations

import pytest
from asn1crypto import crl, pem, x509

from yizhan import clock
from yizhan.keys import authority, listing
from yizhan.keys.algorithms import Family
from yizhan.keys.published import published

NAMES = [
    f"{family}{what}"
    for family in ("classic", "sm")
    for what in (".crl", "-root.crl", "-issuing.cer", "-root.cer")
]


@pytest.mark.parametrize("name", NAMES)
def test_every_address_that_a_certificate_names_has_its_file(founded, name):
    file = published(name)
    assert file is not None
    if name.endswith(".crl"):
        assert file.content_type == "application/pkix-crl"
        assert crl.CertificateList.load(file.content, strict=True)["signature"].native
    else:
        assert file.content_type == "application/pkix-cert"
        assert x509.Certificate.load(file.content, strict=True).ca


def test_certificates_name_no_other_address(founded):
    certificates = [
        authority.issue("unit:440199-scj", name="市场监督管理局", family=family) for family in Family
    ]
    named = set()
    for one in (*certificates, *(each for row in certificates for each in row.above())):
        read = x509.Certificate.load(bytes(one.der))
        named |= {point.url for point in read.crl_distribution_points}
        for access in read.authority_information_access_value or ():
            named.add(access["access_location"].native)
    assert named == {f"https://www.example.gov.cn/pki/{name}" for name in NAMES}


@pytest.mark.parametrize(
    "name",
    [
        "",
        "classic",
        "classic.cer",
        "classic-tsa.cer",
        "rsa.crl",
        "classic-issuing.crl",
        "sm-root.pem",
        "../x",
    ],
)
def test_there_is_nothing_else(founded, name):
    assert published(name) is None


@pytest.mark.parametrize("name", NAMES)
def test_nor_anything_before_it_is_founded(db, name):
    assert published(name) is None


def test_the_list_of_certificates_tells_what_is_in_use(founded):
    one = authority.issue("unit:440199-scj", name="市场监督管理局")
    old = authority.issue("unit:440199-mzj", name="民政局", days=100)
    new = authority.renew(old)
    authority.revoke(one, by="account:1", because="印章遗失")
    assert [line.holder for line in listing.lines()] == [
        "root", "issuing", "tsa", "unit:440199-mzj", "root", "issuing", "tsa",
    ]  # fmt: skip
    states = {line.serial: line.state for line in listing.lines(everything=True)}
    assert states[one.serial] == "已于 2026-11-20 撤销"
    assert (states[old.serial], states[new.serial]) == ("已续期", "使用中")
    with clock.standing_at("2030-01-01T09:00"):
        assert {line.state for line in listing.lines(everything=True) if line.serial == new.serial} == {
            "已过有效期"
        }


def test_a_certificate_is_found_by_its_number_however_it_is_written(founded):
    one = founded[0]
    number = ":".join(one.serial[at : at + 2] for at in range(0, 32, 2)).upper()
    assert listing.find(number) == listing.find(one.serial) == one
    assert listing.find("0") is None


def test_roots_for_whoever_checks_elsewhere(founded):
    files = listing.root_files()
    assert set(files) == {"classic-root.cer", "sm-root.cer", "roots.pem"}
    told = [der for _kind, _headers, der in pem.unarmor(files["roots.pem"], multiple=True)]
    assert told == [files["classic-root.cer"], files["sm-root.cer"]]
    first = listing.roots()[0]
    assert (
        listing.fingerprint(first).replace(":", "").lower()
        == x509.Certificate.load(bytes(first.der)).sha256.hex()
    )
