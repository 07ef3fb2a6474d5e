"""Which process learns what."""

import pytest

from yizhan.cli import environment
from yizhan.cli.environment import Database
from yizhan.cli.speech import Fault

OWN = Database(
    application="postgresql://clerk:clerks-word@db.example:5432/district",
    owner="postgresql://keeper:keepers-word@db.example:5432/district",
)


@pytest.fixture(autouse=True)
def _no_addresses(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "YIZHAN_PUBLIC_ADDRESS", "YIZHAN_ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("yizhan.cli.secret.SECRETS", tmp_path)


def test_the_application_learns_the_owners_name_and_not_its_password():
    told = environment.as_application(OWN)
    assert told["DATABASE_URL"] == OWN.application
    assert told["DATABASE_OWNER_URL"] == "postgresql://keeper@/district"
    assert not any("keepers-word" in value for value in told.values())


def test_a_migration_learns_both():
    told = environment.as_owner(OWN)
    assert told["DATABASE_OWNER_URL"] == OWN.owner
    assert told["YIZHAN_DATABASE_ROLE"] == "owner"


def test_the_embedded_database_serves_when_no_address_is_set():
    assert environment.database().cluster is not None


def test_one_address_without_the_other_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", OWN.application)
    with pytest.raises(Fault, match="both"):
        environment.database()


@pytest.mark.parametrize(
    "address", ["mysql://a:b@c/d", "postgresql://host/name", "postgresql://role:word@host", "x"]
)
def test_what_is_no_address_is_named(monkeypatch, address):
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("DATABASE_OWNER_URL", OWN.owner)
    with pytest.raises(Fault, match="DATABASE_URL is no address of PostgreSQL"):
        environment.database()


def test_the_users_own_server_is_administered_by_its_own_administrator(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", OWN.application)
    monkeypatch.setenv("DATABASE_OWNER_URL", OWN.owner)
    with pytest.raises(Fault, match="--admin-url"):
        _ = environment.database().superuser


def test_the_clock_is_told_with_the_moment_it_was_set():
    told = environment.clock("2026-11-20T09:30")
    assert told["YIZHAN_CLOCK"] == "2026-11-20T09:30"
    assert float(told["YIZHAN_CLOCK_STARTED"]) > 1_700_000_000
    assert environment.clock("") == {}
    assert environment.clock("=2026-11-20")["YIZHAN_CLOCK"] == "=2026-11-20"
    with pytest.raises(Fault, match="tomorrow is no time"):
        environment.clock("tomorrow")


@pytest.mark.parametrize(
    ("host", "address", "allowed"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", "127.0.0.1"),
        ("0.0.0.0", "http://127.0.0.1:8000", "127.0.0.1"),
        ("::1", "http://[::1]:8000", "::1"),
        ("10.1.2.3", "http://10.1.2.3:8000", "10.1.2.3"),
    ],
)
def test_the_public_address_follows_the_host(host, address, allowed):
    told = environment.served_at(host, 8000)
    assert told == {"YIZHAN_PUBLIC_ADDRESS": address, "YIZHAN_ALLOWED_HOSTS": allowed}


def test_a_public_address_that_is_set_is_kept_and_its_host_allowed(monkeypatch):
    monkeypatch.setenv("YIZHAN_PUBLIC_ADDRESS", "https://yizhan.example")
    monkeypatch.setenv("YIZHAN_ALLOWED_HOSTS", "inner.example")
    told = environment.served_at("0.0.0.0", 8000)
    assert told["YIZHAN_PUBLIC_ADDRESS"] == "https://yizhan.example"
    assert told["YIZHAN_ALLOWED_HOSTS"] == "inner.example,yizhan.example"
