"""What a certificate is at a moment: by our rows, and by what lies in a file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asn1crypto import x509

from yizhan import clock
from yizhan.keys import authority, certificates, chains, revocation_lists, signing, software, subjects
from yizhan.keys.algorithms import Algorithm, Family
from yizhan.keys.chains import Standing
from yizhan.keys.models import Certificate, RevocationList
from yizhan.keys.tests import samples

BOTH = pytest.mark.parametrize("family", list(Family))


@pytest.fixture
def published(founded):
    for family in Family:
        for of in ("root", "issuing"):
            authority.revocation_list(family, of=of)


def unit(family, **more):
    return authority.issue("unit:440199-scj", name="市场监督管理局", family=family, **more)


def standing(der, at):
    """By all issuers, roots and newest lists of our rows."""
    known = Certificate.objects.filter(holder__in=("root", "issuing"))
    newest = RevocationList.objects.order_by("key", "-number").distinct("key")
    return chains.judge(
        der,
        issuers=[bytes(one.der) for one in known if one.holder == "issuing"],
        roots=[bytes(one.der) for one in known if one.holder == "root"],
        lists=[bytes(one.der) for one in newest],
        at=at,
    )


def wanted(kind, key, **more):
    now = clock.now()
    return certificates.Wanted(
        kind=kind,
        subject=more.pop("subject", subjects.subject(organisation="冒名", unit="", name="冒名")),
        public_key=key.public_key,
        not_before=now,
        not_after=now + timedelta(days=100),
        serial=certificates.new_serial(),
        **more,
    )


@BOTH
def test_good_within_its_time_until_it_is_revoked(published, family):
    made, now = unit(family), clock.now()
    der = bytes(made.der)
    assert standing(der, now) is Standing.GOOD
    assert standing(der, now - timedelta(seconds=1)) is Standing.NOT_YET
    assert standing(der, made.not_after + timedelta(seconds=1)) is Standing.ENDED
    with clock.standing_at("2026-12-01T09:00") as later:
        authority.revoke(made, by="account:1", because="印章遗失", at=later - timedelta(days=2))
        assert standing(der, now) is Standing.GOOD  # what it sealed before stays sealed
        assert standing(der, later - timedelta(days=1)) is Standing.REVOKED
        mine = Certificate.objects.filter(pk=made.pk)
        assert mine.standing(now).exists() and not mine.standing(later).exists()


@BOTH
def test_without_a_list_that_holds_nothing_is_good(founded, family):
    made = unit(family)
    assert standing(bytes(made.der), clock.now()) is Standing.UNLISTED
    authority.revocation_list(family)
    assert standing(bytes(made.der), clock.now()) is Standing.UNLISTED  # the root's is missing
    authority.revocation_list(family, of="root")
    assert standing(bytes(made.der), clock.now()) is Standing.GOOD
    assert standing(bytes(made.der), clock.now() + timedelta(days=8)) is Standing.UNLISTED


@BOTH
def test_an_issuer_that_is_revoked_takes_everything_along(published, family):
    made = unit(family)
    authority.revoke(authority.current("issuing", family), by="account:1", because="密钥泄露")
    assert standing(bytes(made.der), clock.now()) is Standing.REVOKED
    authority.found(organisation="云津区人民政府")
    assert authority.current("issuing", family) is not None
    authority.revocation_list(family)
    assert standing(bytes(unit(family).der), clock.now()) is Standing.GOOD
    assert standing(bytes(made.der), clock.now()) is Standing.REVOKED


def test_strangers_and_forgeries(published):
    now, key = clock.now(), software.generate(Algorithm.ECDSA_P256)
    self_made = certificates.certify(wanted(certificates.Kind.ROOT, key), by=key, issuer=None)
    assert standing(self_made, now) is Standing.UNKNOWN
    issuing = x509.Certificate.load(bytes(authority.current("issuing", Family.CLASSIC).der))
    forged = certificates.certify(wanted(certificates.Kind.SEAL, key), by=key, issuer=issuing)
    assert standing(forged, now) is Standing.FORGED
    assert standing(b"no certificate", now) is Standing.FORGED
    changed = bytearray(unit(Family.SM).der)
    changed[-1] ^= 1
    assert standing(bytes(changed), now) in {Standing.FORGED, Standing.UNKNOWN}


@BOTH
def test_a_units_key_issues_nothing(published, family):
    """Its certificate says that it is no authority, so what it signs in an issuer's manner has no issuer."""
    made = unit(family)
    by, key = signing.signer(made), software.generate(Algorithm.ECDSA_P256)
    below = certificates.certify(
        wanted(certificates.Kind.SEAL, key), by=by.key, issuer=x509.Certificate.load(by.certificate)
    )
    given = {"roots": [by.chain[-1]], "lists": [authority.revocation_list(family)], "at": clock.now()}
    assert chains.judge(below, issuers=[by.certificate, by.chain[0]], **given) is Standing.UNKNOWN


@BOTH
def test_an_issuing_certificate_makes_no_other_authority(published, family):
    issuing = signing.signer(authority.current("issuing", family))
    middle = software.generate(Algorithm.SM2 if family is Family.SM else Algorithm.ECDSA_P256)
    subject = subjects.subject(organisation="云津区人民政府", unit="", name="中间")
    second = certificates.certify(
        wanted(certificates.Kind.ISSUING, middle, subject=subject),
        by=issuing.key,
        issuer=x509.Certificate.load(issuing.certificate),
    )
    leaf = certificates.certify(
        wanted(certificates.Kind.SEAL, middle), by=middle, issuer=x509.Certificate.load(second)
    )
    now = clock.now()
    own = revocation_lists.sign(
        [], by=middle, issuer=subject, number=1, issued_at=now, next_update=now + timedelta(days=7)
    )
    lists = [authority.revocation_list(family), authority.revocation_list(family, of="root"), own]
    above = [second, issuing.certificate]
    given = {"issuers": above, "lists": lists, "at": now}
    assert chains.judge(second, roots=[second], **given) is Standing.GOOD
    assert chains.judge(leaf, roots=[second], **given) is Standing.GOOD
    assert chains.judge(leaf, roots=[issuing.chain[-1]], **given) is Standing.UNKNOWN


@BOTH
def test_a_file_is_judged_without_our_rows(published, family):
    by = signing.signer(unit(family))
    lists = [authority.revocation_list(family, of=of) for of in ("root", "issuing")]
    given = {"issuers": by.chain[:1], "lists": lists, "at": clock.now()}
    assert chains.judge(by.certificate, roots=by.chain[1:], **given) is Standing.GOOD
    assert chains.judge(by.certificate, roots=[], **given) is Standing.UNKNOWN
    other = Family.SM if family is Family.CLASSIC else Family.CLASSIC
    stranger = bytes(authority.current("root", other).der)
    assert chains.judge(by.certificate, roots=[stranger], **given) is Standing.UNKNOWN


@BOTH
def test_what_openssl_issued_is_judged_by_the_same_rules(family):
    leaf, issuing, root, lists = samples.chain(family)
    given = {"issuers": [issuing], "lists": lists, "at": clock.parse(samples.CHAIN_AT)}
    assert chains.judge(leaf, roots=[root], **given) is Standing.GOOD
    assert chains.judge(leaf, roots=[issuing], **given) is Standing.GOOD  # whoever trusts the issuer itself
    assert chains.judge(leaf[:-1] + bytes([leaf[-1] ^ 1]), roots=[root], **given) is Standing.FORGED
