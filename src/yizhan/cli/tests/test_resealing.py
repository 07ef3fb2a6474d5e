"""The secret of the keys in its file: the new one takes the old one's place, wherever the command was stopped."""

from __future__ import annotations

import stat
from contextlib import nullcontext
from urllib.parse import urlsplit

import pytest
from django.db import connections

from yizhan.cli import environment, machine, resealing
from yizhan.cli.__main__ import main
from yizhan.cli.speech import Fault
from yizhan.keys import authority, health, keeping


@pytest.fixture
def secrets(monkeypatch, tmp_path):
    """The folder of secrets, the database that asks for them, and what it was asked."""
    monkeypatch.setattr("yizhan.cli.secret.SECRETS", tmp_path)
    monkeypatch.setattr(resealing, "SECRETS", tmp_path)
    monkeypatch.setattr(machine, "SECRETS", tmp_path)
    monkeypatch.setattr("yizhan.cli.packages.ensure", lambda _name: None)
    monkeypatch.setattr("yizhan.cli.home.claimed", lambda _what: nullcontext())
    monkeypatch.delenv("YIZHAN_KEY_SECRET", raising=False)
    (tmp_path / "keys.key").write_text("the old secret of this house")
    (tmp_path / "keys.key").chmod(0o600)
    return tmp_path


@pytest.fixture
def asked(secrets, monkeypatch):
    """What the database was asked to do; it fails as often as it is told."""
    asked: list[tuple[str, str]] = []
    failing: list[BaseException] = []

    def in_database(old, new, former):
        asked.append((old, new) if not former else (old, new, former))
        if failing:
            raise failing.pop()
        return 3, 0

    monkeypatch.setattr(resealing, "_in_database", in_database)
    asked.append(failing)
    return asked


def test_a_secret_in_a_file_is_made_anew_and_for_this_account_only(secrets, asked, capsys):
    assert main(["keys", "reseal"]) == 0
    [(old, new)] = asked[1:]
    assert old == "the old secret of this house" and len(new) > 40
    assert (secrets / "keys.key").read_text() == new
    assert stat.S_IMODE((secrets / "keys.key").stat().st_mode) == 0o600
    assert [one.name for one in secrets.iterdir()] == ["keys.key"]
    told = capsys.readouterr()
    assert "backup" in told.out + told.err
    assert new not in told.out + told.err


def test_stopped_after_the_keys_the_same_command_finishes_with_the_same_secret(secrets, asked):
    asked[0].append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        resealing.reseal(None)
    assert (secrets / "keys.key").read_text() == "the old secret of this house"
    [found] = machine._secrets()
    assert "keys reseal" in found.remedy
    resealing.reseal(None)
    assert asked[1] == asked[2]
    assert list(machine._secrets()) == []
    assert (secrets / "keys.key").read_text() == asked[2][1]


def test_a_change_that_was_cut_off_is_finished_before_another_begins(secrets, asked, monkeypatch):
    asked[0].append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        resealing.reseal(None)
    monkeypatch.setenv("YIZHAN_NEW_KEY_SECRET", "a third secret, which is another one")
    with pytest.raises(Fault, match="cut off"):
        resealing.reseal(None)


def test_what_was_refused_leaves_no_file_behind(secrets, asked):
    asked[0].append(Fault(en="refused", zh="拒绝"))
    with pytest.raises(Fault, match="refused"):
        resealing.reseal(None)
    assert [one.name for one in secrets.iterdir()] == ["keys.key"]
    assert (secrets / "keys.key").read_text() == "the old secret of this house"


def test_the_new_secret_comes_from_a_file_and_never_from_the_command_line(secrets, asked, tmp_path):
    given = tmp_path / "given"
    given.write_text("a secret that somebody chose\n")
    resealing.reseal(given)
    assert asked[1][1] == "a secret that somebody chose"
    with pytest.raises(Fault, match="cannot be read"):
        resealing.reseal(tmp_path / "nowhere")


def test_an_empty_file_is_no_secret_and_nothing_is_made_in_its_place(secrets, asked, tmp_path):
    given = tmp_path / "given"
    given.write_text("\n")
    for arguments in (["--new-secret"], ["--former-secret"]):
        assert main(["keys", "reseal", *arguments, str(given)]) != 0
    assert asked[1:] == []
    assert (secrets / "keys.key").read_text() == "the old secret of this house"


def test_an_earlier_secret_goes_along(secrets, asked, tmp_path):
    former = tmp_path / "former"
    former.write_text("the one before the old one\n")
    assert main(["keys", "reseal", "--former-secret", str(former)]) == 0
    assert asked[1][2] == "the one before the old one"


def test_in_a_database_that_is_there(secrets, committed, settings, monkeypatch):
    """Nothing is replaced but what would let this process become another one."""
    settings.KEY_SECRET = "the old secret of this house"
    authority.found(organisation="云津区人民政府")
    connections.close_all()
    name = settings.DATABASES["default"]["NAME"]
    owner = urlsplit(settings.DATABASE_OWNER_URL)._replace(path=f"/{name}").geturl()
    where = environment.Database(owner, owner)
    monkeypatch.setattr(environment, "database", lambda: where)
    monkeypatch.setattr(environment, "become", lambda _variables: None)
    assert main(["keys", "reseal"]) == 0
    settings.KEY_SECRET = (secrets / "keys.key").read_text()
    assert settings.KEY_SECRET != "the old secret of this house"
    keeping._opened.clear()
    assert health.fault() == ""


def test_a_secret_in_the_environment_needs_the_new_one_there_too(secrets, asked, monkeypatch, capsys):
    monkeypatch.setenv("YIZHAN_KEY_SECRET", "the old secret, from outside")
    with pytest.raises(Fault, match="YIZHAN_NEW_KEY_SECRET"):
        resealing.reseal(None)
    monkeypatch.setenv("YIZHAN_NEW_KEY_SECRET", "the new secret, from outside")
    assert resealing.reseal(None) == 0
    assert asked[1:] == [("the old secret, from outside", "the new secret, from outside")]
    assert (secrets / "keys.key").read_text() == "the old secret of this house"
    told = capsys.readouterr()
    assert "YIZHAN_KEY_SECRET" in told.out + told.err
