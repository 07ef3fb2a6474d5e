"""The keys at the command line: who revoked what is written down, and the authority is founded again when told so."""

from __future__ import annotations

import os
import pwd
from contextlib import nullcontext

import pytest

from yizhan.cli.__main__ import main
from yizhan.cli.commands import keys
from yizhan.journal.models import News
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate


@pytest.fixture
def founded(db, settings, monkeypatch):
    monkeypatch.setattr("yizhan.cli.packages.ensure", lambda _name: None)
    monkeypatch.setattr(keys, "application", nullcontext)
    settings.KEY_SECRET = "what these tests seal with"
    authority.found(organisation="云津区人民政府")


def run(*arguments):
    return main(["keys", *arguments])


def told(capsys):
    output = capsys.readouterr()
    return output.out + output.err


def current(holder):
    return authority.current(holder, Family.CLASSIC)


def test_who_revokes_is_who_the_machine_knows_whatever_variables_say(founded, monkeypatch):
    for variable in ("LOGNAME", "USER"):
        monkeypatch.setenv(variable, "mayor")
    serial = current("tsa").serial
    assert run("revoke", serial, "--because", "密钥可能泄露") == 0
    by = f"operator:{pwd.getpwuid(os.getuid()).pw_name}"
    assert Certificate.objects.get(serial=serial).revoked_by == by
    [line] = News.objects.filter(kind="certificate.revoked")
    assert (line.subject, line.actor, line.data["serial"]) == ("tsa", by, serial)


def test_a_name_of_any_length_is_kept(founded, monkeypatch):
    account = pwd.struct_passwd(("n" * 300, "x", 1, 1, "", "/", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", lambda _number: account)
    serial = current("tsa").serial
    assert run("revoke", serial, "--because", "密钥可能泄露") == 0
    assert Certificate.objects.get(serial=serial).revoked_by == "operator:" + "n" * 100


def test_whoever_revokes_an_issuer_is_told_what_makes_another_and_it_does(founded, capsys):
    root, old = current("root"), current("issuing")
    assert run("revoke", old.serial, "--because", "密钥泄露") == 0
    assert "keys found" in told(capsys)
    assert current("tsa") is None
    assert run("found") == 0
    assert "2 certificates made" in told(capsys)
    assert current("root") == root and current("issuing").key != old.key
    assert run("found") == 0
    assert "0 certificates made" in told(capsys)


def test_a_root_is_withdrawn_with_a_reason_and_all_has_new_keys(founded, capsys, tmp_path):
    before = set(Certificate.objects.values_list("key", flat=True))
    assert run("found", "--anew") != 0 and run("found", "--because", "泄露") != 0
    assert current("root").key_id in before
    assert run("found", "--anew", "--because", "口令和数据副本泄露") == 0
    assert "export-root" in told(capsys)
    made = [authority.current(holder, family) for family in Family for holder in ("root", "issuing", "tsa")]
    assert not before & {one.key_id for one in made}
    assert run("export-root", str(tmp_path)) == 0
    assert (tmp_path / "classic-root.cer").read_bytes() == bytes(current("root").der)
    assert (tmp_path / "roots.pem").read_text().count("BEGIN CERTIFICATE") == 2, "none that was withdrawn"


def test_the_first_authority_comes_with_the_first_seal(db, monkeypatch, capsys):
    monkeypatch.setattr("yizhan.cli.packages.ensure", lambda _name: None)
    monkeypatch.setattr(keys, "application", nullcontext)
    assert run("found") != 0
    assert "first seal" in told(capsys)
    assert not Certificate.objects.exists()
