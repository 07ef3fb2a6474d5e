"""The doctor learns whether the house can sign."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.keys import authority, health, keeping, sm2
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import IssuerGone, Unavailable


def test_nothing_is_wrong_before_there_is_an_authority_nor_after(db):
    assert health.fault() == ""
    authority.found(organisation="云津区人民政府")
    assert health.fault() == ""


def test_a_secret_that_is_another_one(founded, settings):
    keeping._opened.clear()
    settings.KEY_SECRET = "of another machine"
    assert "YIZHAN_KEY_SECRET" in health.fault()


def test_a_machine_without_sm2_on_which_there_is_an_authority_for_it(founded, monkeypatch):
    def nowhere(_pkcs8):
        raise Unavailable("没有 SM2")

    keeping._opened.clear()
    monkeypatch.setattr(sm2, "load", nowhere)
    assert health.fault() == "没有 SM2"


def test_what_has_ended(founded):
    authority.issue("unit:440199-scj", name="市场监督管理局", days=10)
    with clock.standing_at("2027-01-01T09:00"):
        assert "1 张证书" in health.fault()
        authority.keep_up()
        assert health.fault() == ""
    with clock.standing_at("2047-01-01T09:00"):
        assert "keys found" in health.fault()


@pytest.mark.parametrize("family", list(Family))
def test_a_revoked_issuer_is_told_and_the_upkeep_goes_on(founded, family):
    authority.revoke(authority.current("issuing", family), by="account:1", because="密钥泄露")
    made = authority.issue("unit:440199-scj", name="市场监督管理局", family=other(family), days=30)
    assert f"{family.label}的签发证书已撤销或失效" in health.fault()
    assert health.hindrance([other(family)]) == ""
    kept = authority.keep_up()
    assert [one.replaces for one in kept.renewed] == [made] and kept.anew == []
    assert authority.current("tsa", family) is None
    with pytest.raises(IssuerGone, match="keys found"):
        authority.issue("unit:440199-scj", name="市场监督管理局", family=family)


def other(family):
    return Family.SM if family is Family.CLASSIC else Family.CLASSIC


def test_the_root_signs_nothing_to_be_examined(founded, monkeypatch):
    roots, opened = {authority.current("root", family).key for family in Family}, keeping.opened
    monkeypatch.setattr(
        keeping, "opened", lambda row: opened(row) if row not in roots else pytest.fail("root")
    )
    assert health.fault() == ""


def test_timestamps_that_were_revoked(founded):
    authority.revoke(authority.current("tsa", Family.SM), by="account:1", because="密钥泄露")
    assert "国密" in health.fault()
    assert health.hindrance([Family.CLASSIC]) == ""
    kept = authority.keep_up()
    assert [(one.holder, one.family) for one in kept.anew] == [("tsa", Family.SM)]
    assert health.fault() == ""
