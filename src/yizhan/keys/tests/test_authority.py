"""The authority founds itself once, and what it issues is accepted by others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asn1crypto import crl, x509

from yizhan import clock
from yizhan.keys import authority, listing, signing, terms, verifying
from yizhan.keys.algorithms import Algorithm, Family
from yizhan.keys.faults import NoAuthority, Refused
from yizhan.keys.models import Certificate, Key, RevocationList
from yizhan.keys.tests import openssl

BOTH = pytest.mark.parametrize("family", list(Family))
UNIT = {"holder": "unit:440199-scj", "name": "云津区市场监督管理局", "unit": "云津区市场监督管理局"}


def lists(family):
    return [authority.revocation_list(family, of="root"), authority.revocation_list(family)]


def judged(certificate, folder, *, at=None, purpose="any"):
    family = Family(certificate.family)
    return openssl.accepts(
        bytes(certificate.der),
        [bytes(one.der) for one in certificate.above()],
        lists(family),
        folder,
        at=int((at or clock.now()).timestamp()),
        purpose=purpose,
        sm2=family is Family.SM,
    )


def test_it_is_founded_once(founded):
    assert [(one.family, one.holder) for one in founded] == [
        (family, holder) for family in ("classic", "sm") for holder in ("root", "issuing", "tsa")
    ]
    assert authority.found(organisation="云津区人民政府") == []
    assert Certificate.objects.count() == Key.objects.count() == 6


@BOTH
def test_others_accept_what_it_issues(founded, family, tmp_path):
    made = authority.issue(**UNIT, family=family)
    assert judged(made, tmp_path) == ""
    assert judged(authority.current("tsa", family), tmp_path, purpose="timestampsign") == ""


@BOTH
def test_the_profile_of_a_seal_certificate(founded, family):
    made = authority.issue(**UNIT, family=family)
    read = x509.Certificate.load(bytes(made.der), strict=True)
    assert dict(read.subject.native) == {
        "country_name": "CN",
        "organization_name": "云津区人民政府",
        "organizational_unit_name": "云津区市场监督管理局",
        "common_name": "云津区市场监督管理局",
    }
    assert read.critical_extensions == {"basic_constraints", "key_usage"}
    assert read.basic_constraints_value["ca"].native is False
    assert read.key_usage_value.native == {"digital_signature", "non_repudiation"}
    issuing = x509.Certificate.load(bytes(made.issuer.der))
    assert read.authority_key_identifier == issuing.key_identifier
    (where,) = read.crl_distribution_points
    assert where.url == f"https://www.example.gov.cn/pki/{family}.crl"
    (access,) = read.authority_information_access_value
    assert access["access_method"].native == "ca_issuers"
    assert access["access_location"].native == f"https://www.example.gov.cn/pki/{family}-issuing.cer"
    assert f"{read.serial_number:032x}" == made.serial
    named = read["signature_algorithm"]["algorithm"].native
    assert named == ("sha256_ecdsa" if family is Family.CLASSIC else "sm3_sm2")


@BOTH
def test_the_profile_of_the_authorities(founded, family):
    root, issuing, tsa = (
        x509.Certificate.load(bytes(authority.current(holder, family).der))
        for holder in ("root", "issuing", "tsa")
    )
    for one, depth in ((root, None), (issuing, 0)):
        assert one.basic_constraints_value.native == {"ca": True, "path_len_constraint": depth}
        assert one.key_usage_value.native == {"key_cert_sign", "crl_sign"}
        assert one.critical_extensions == {"basic_constraints", "key_usage"}
    assert tsa.extended_key_usage_value.native == ["time_stamping"]
    assert tsa.critical_extensions == {"basic_constraints", "key_usage", "extended_key_usage"}
    assert root.crl_distribution_points == []
    assert issuing.crl_distribution_points[0].url.endswith(f"/pki/{family}-root.crl")
    years = [(one.not_valid_after - one.not_valid_before).days // 365 for one in (root, issuing, tsa)]
    assert years == [20, 10, 3]


def test_staff_are_certified_for_a_year_and_days_may_be_said(founded):
    made = authority.issue("staff:42", name="何志强", unit="云津区民政局")
    assert made.not_after == terms.later(made.not_before, 1)
    short = authority.issue("staff:42", name="何志强", days=30)
    assert short.not_after - short.not_before == timedelta(days=30)
    with pytest.raises(Refused):
        authority.issue("root", name="冒名")


def test_nothing_is_issued_before_it_is_founded(db):
    with pytest.raises(NoAuthority, match="国密"):
        authority.issue(**UNIT, family=Family.SM)


def test_what_is_issued_ends_with_its_issuer(founded):
    with clock.standing_at("2036-05-01T08:00"):
        made = authority.issue(**UNIT)
        assert made.not_after == authority.current("issuing", Family.CLASSIC).not_after


def test_rsa_by_setting(db, settings, tmp_path):
    settings.CLASSIC_ALGORITHM = "rsa_2048"
    authority.found(organisation="云津区人民政府")
    made = authority.issue(**UNIT)
    assert made.algorithm is Algorithm.RSA_2048
    assert judged(made, tmp_path) == ""
    by = signing.signer(made)
    assert verifying.verify(by.certificate, b"paper", by.sign(b"paper"))


@BOTH
def test_a_signer_signs_with_its_certificate(founded, family):
    by = signing.signer(authority.issue(**UNIT, family=family))
    signature = by.sign("关于同意设立的批复".encode())
    assert verifying.verify(by.certificate, "关于同意设立的批复".encode(), signature)
    assert not verifying.verify(by.certificate, "关于不同意设立的批复".encode(), signature)
    assert not verifying.verify(by.chain[0], "关于同意设立的批复".encode(), signature)
    assert [x509.Certificate.load(one).subject.native["common_name"][:8] for one in by.chain] == [
        "电子印章签发证书",
        "电子印章根证书"[:8] if family is Family.CLASSIC else "电子印章根证书（",
    ]


@BOTH
def test_a_revocation_is_told_at_once(founded, family, tmp_path):
    made, other = authority.issue(**UNIT, family=family), authority.issue("staff:1", name="陈", family=family)
    first = crl.CertificateList.load(authority.revocation_list(family))
    with clock.standing_at("2026-11-20T10:00"):
        authority.revoke(made, by="account:1", because="印章遗失", reason=authority.Reason.KEY_COMPROMISE)
        second = crl.CertificateList.load(authority.revocation_list(family))
        (line,) = second["tbs_cert_list"]["revoked_certificates"]
        assert line["user_certificate"].native == int(made.serial, 16)
        assert line.crl_reason_value.native == "key_compromise"
        assert second.crl_number_value.native == first.crl_number_value.native + 1
        assert "revoked" in judged(made, tmp_path)
        assert judged(other, tmp_path) == ""


def test_what_may_not_be_revoked(founded):
    made = authority.issue(**UNIT)
    for wrong in ({"because": " "}, {"because": "将来", "at": clock.now() + timedelta(days=1)}):
        with pytest.raises(Refused):
            authority.revoke(made, by="account:1", **wrong)
    authority.revoke(made, by="account:1", because="单位撤销")
    assert (made.revoked_by, made.revoked_because) == ("account:1", "单位撤销")
    [line] = listing.of(made.holder)
    assert (line.revoked_by, line.because) == ("account:1", "单位撤销")
    with pytest.raises(Refused, match="已经撤销"):
        authority.revoke(made, by="account:1", because="再次")
    with pytest.raises(Refused, match="根证书"):
        authority.revoke(authority.current("root", Family.CLASSIC), by="account:1", because="不再使用")
    with pytest.raises(Refused, match="续期"):
        authority.renew(made)


def test_lists_are_published_anew_when_a_day_has_passed(founded):
    first = authority.revocation_list(Family.CLASSIC)
    assert authority.revocation_list(Family.CLASSIC) == first
    with clock.standing_at("2026-11-21T09:31"):
        assert authority.revocation_list(Family.CLASSIC) != first
    assert RevocationList.objects.count() == 2


@BOTH
def test_renewed_with_a_new_key_for_the_same_term(founded, family, tmp_path):
    old = authority.issue(**UNIT, family=family, days=200)
    with clock.standing_at("2027-05-20T10:00"):
        new = authority.renew(old)
        assert (new.holder, new.name, new.unit, new.replaces) == (old.holder, old.name, old.unit, old)
        assert new.key != old.key and new.not_after - new.not_before == timedelta(days=200)
        assert old.latest() == new == authority.current(old.holder, family)
        assert judged(new, tmp_path) == judged(old, tmp_path) == ""
        with pytest.raises(Refused, match="已经续期"):
            authority.renew(old)


@BOTH
def test_an_issuing_certificate_that_is_renewed_keeps_its_key_and_its_list(founded, family, tmp_path):
    made = authority.issue(**UNIT, family=family)
    with clock.standing_at("2028-01-10T10:00"):
        new = authority.renew(authority.current("issuing", family))
        assert new.key == made.issuer.key
        authority.revoke(made, by="account:1", because="机构改革")
        assert "revoked" in judged(made, tmp_path)
        assert judged(authority.issue(**UNIT, family=family), tmp_path) == ""


@BOTH
def test_a_key_that_is_distrusted_ends_all_issuing_certificates_that_have_it(founded, family):
    old = authority.current("issuing", family)
    with clock.standing_at("2028-01-10T10:00"):
        new = authority.renew(old)
        authority.revoke(new, by="account:1", because="密钥泄露")
        old.refresh_from_db()
        assert (old.revoked_at, old.revoked_because) == (new.revoked_at, "密钥泄露")
        assert authority.current("issuing", family) is None
        with pytest.raises(Refused, match="已经撤销"):
            authority.revoke(old, by="account:1", because="密钥泄露")
        made = authority.found(organisation="云津区人民政府", families=[family])
        assert {one.holder for one in made} == {"issuing", "tsa"}
        assert all(one.key != old.key for one in made)
        assert {old.serial, new.serial} == set(listed(authority.revocation_list(family, of="root")))


def listed(der):
    found = crl.CertificateList.load(der)["tbs_cert_list"]["revoked_certificates"]
    return [f"{one['user_certificate'].native:032x}" for one in found]


def test_what_is_due_is_renewed_by_itself(founded):
    unit = authority.issue(**UNIT, days=100)
    gone = authority.issue("unit:440199-x", name="已撤销的单位", days=100)
    staff = authority.issue("staff:1", name="陈", days=100)
    left = authority.issue("staff:2", name="李", days=100)
    wanted = lambda one: one not in (gone, left)  # noqa: E731
    assert authority.keep_up(wanted) == (4, [], [])
    assert authority.keep_up(wanted) == (0, [], [])
    with clock.standing_at("2027-01-10T10:00"):  # 49 days are left
        assert authority.due_for_renewal(clock.now() + timedelta(days=60)) == sorted(
            [unit, gone, staff, left], key=lambda one: one.serial
        )
        lists, renewed, anew = authority.keep_up(wanted)
        assert (lists, set(renewed), anew) == (4, {unit.latest(), staff.latest()}, [])
        assert unit.latest() != unit and staff.latest() != staff
        assert gone.latest() == gone and left.latest() == left
    with clock.standing_at("2029-10-20T10:00"):
        authority.keep_up(wanted)
        assert authority.current("tsa", Family.SM).not_before.year == 2029
    with clock.standing_at("2033-10-20T10:00"):
        authority.keep_up(wanted)
        assert authority.current("issuing", Family.CLASSIC).not_before.year == 2033


def test_a_century_turns_in_the_form_of_times(founded):
    with clock.standing_at("2045-06-01T08:00"):
        authority.found(organisation="云津区人民政府")  # the issuing certificates ended in 2036
        made = authority.issue(**UNIT)
        assert made.not_after.year == 2046  # with the root
    with clock.standing_at("2049-06-01T08:00"):
        (root, *_) = authority.found(organisation="云津区人民政府")
        validity = x509.Certificate.load(bytes(root.der))["tbs_certificate"]["validity"]
        assert (validity["not_before"].name, validity["not_after"].name) == ("utc_time", "general_time")


@BOTH
def test_a_root_that_is_renewed_is_trusted_by_whoever_trusted_it(founded, family, tmp_path):
    """The key stays, so what was issued stands under the old certificate and under the new one."""
    made = authority.issue(**UNIT, family=family)
    old = authority.current("root", family)
    with clock.standing_at("2027-01-10T10:00"):
        new = authority.renew(old)
        assert new.key == old.key and new.issuer is None and new.not_after.year == 2047
        for one in (old, new):
            chain = [bytes(made.issuer.der), bytes(one.der)]
            at = int(clock.now().timestamp())
            sm2 = family is Family.SM
            assert openssl.accepts(bytes(made.der), chain, lists(family), tmp_path, at=at, sm2=sm2) == ""
