"""The doctor learns whether the house can sign."""

from __future__ import annotations

from yizhan import clock
from yizhan.keys import authority, health, keeping, sm2
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import Unavailable


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
        assert "没有有效证书" in health.fault()


def test_timestamps_that_were_revoked(founded):
    authority.revoke(authority.current("tsa", Family.SM), by="account:1", because="密钥泄露")
    assert "国密" in health.fault()
    assert health.hindrance([Family.CLASSIC]) == ""
    kept = authority.keep_up()
    assert [(one.holder, one.family) for one in kept.anew] == [("tsa", Family.SM)]
    assert health.fault() == ""
