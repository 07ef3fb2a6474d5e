"""A PostgreSQL server of the user's own: prepared by one command, used without anything embedded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.product import Product, free_port
from yizhan.cli.cluster import Cluster
from yizhan.cli.cluster_making import SUPERUSER
from yizhan.cli.cluster_use import in_use

pytestmark = pytest.mark.product

DATABASE = "district"


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    prepared = Product("--empty")
    yield prepared
    prepared.destroy()


@pytest.fixture(scope="module")
def administrator(product: Product) -> Iterator[str]:
    """A server beside, which the product knows by its addresses only."""
    cluster = Cluster(product.home / "server", lasting=False)
    with in_use(cluster):
        address = cluster.address(SUPERUSER, "postgres")
        host = f"host={cluster.socket_folder}"
        for role, variable in (("clerk", "DATABASE_URL"), ("keeper", "DATABASE_OWNER_URL")):
            product.env[variable] = f"postgresql://{role}:{role}-secret@/{DATABASE}?{host}"
        yield address


@pytest.fixture(scope="module")
def prepared(product: Product, administrator: str) -> Product:
    done = product.run("database", "prepare", "--admin-url", administrator)
    assert done.returncode == 0, done.stderr
    return product


def test_the_sql_for_an_administrators_own_hands(product, administrator):
    printed = product.run("database", "prepare", "--print").stdout
    for words in (
        'create role "keeper"',
        'create role "clerk"',
        f'create database "{DATABASE}"',
        "grant usage",
    ):
        assert words in printed


def test_before_it_is_prepared_the_sentence_names_the_remedy(product, administrator):
    refused = product.run("up", "--port", str(product.port))
    assert refused.returncode == 1
    assert "./yizhan database prepare" in refused.stderr or "password or role is wrong" in refused.stderr


def test_preparing_twice_changes_no_rights(prepared, administrator):
    """Migrations take rights away where rows must not change; a second run must not give them back."""
    with psycopg.connect(prepared.env["DATABASE_OWNER_URL"]) as database:
        database.execute("create table if not exists proof (id int)")
        database.execute("revoke update, delete on proof from clerk")
    assert prepared.run("database", "prepare", "--admin-url", administrator).returncode == 0
    with psycopg.connect(prepared.env["DATABASE_URL"]) as database:
        rights = database.execute(
            "select has_table_privilege('proof', 'insert'), has_table_privilege('proof', 'update')"
        )
        assert rights.fetchone() == (True, False)


def test_its_database_sorts_alike_whatever_the_servers_locale(prepared, administrator):
    with psycopg.connect(administrator) as server:
        made = server.execute(
            """select pg_encoding_to_char(encoding), datlocprovider, datlocale, datcollate
               from pg_database where datname = %s""",
            [DATABASE],
        ).fetchone()
    assert made == ("UTF8", "b", "C.UTF-8", "C")


def test_a_database_that_does_not_hold_every_character_is_refused(prepared, administrator):
    with psycopg.connect(administrator, autocommit=True) as server:
        server.execute(
            "create database ascii owner keeper template template0 encoding 'SQL_ASCII' "
            "locale_provider libc locale 'C'"
        )
    addresses = {
        name: prepared.env[name].replace(f"/{DATABASE}?", "/ascii?")
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    for command in (
        ("up", "--port", str(free_port())),
        ("database", "prepare", "--admin-url", administrator),
    ):
        refused = prepared.run(*command, **addresses)
        assert refused.returncode == 1
        assert "has the encoding SQL_ASCII; UTF8 is needed" in refused.stderr


def test_nothing_embedded_is_started(prepared):
    prepared.start()
    assert not (prepared.home / "database").exists()
    assert "127.0.0.1" in prepared.said()
    assert prepared.stop() == 0


def test_a_backup_needs_a_role_that_sees_all_rows(prepared, administrator, tmp_path):
    with psycopg.connect(prepared.env["DATABASE_OWNER_URL"]) as database:
        database.execute("alter table proof enable row level security")
        database.execute("alter table proof force row level security")
    without = prepared.run("backup", str(tmp_path / "without.tar"))
    assert "--admin-url" in without.stderr
    as_owner = prepared.run(
        "backup", str(tmp_path / "owner.tar"), "--admin-url", prepared.env["DATABASE_OWNER_URL"]
    )
    assert "BYPASSRLS" in as_owner.stderr
    assert list(tmp_path.iterdir()) == []


def test_backup_and_restore_by_an_administrator(prepared, administrator, tmp_path):
    archive = str(tmp_path / "district.tar")
    assert prepared.run("backup", archive, "--admin-url", administrator).returncode == 0
    with psycopg.connect(prepared.env["DATABASE_OWNER_URL"]) as database:
        database.execute("drop table proof")
    done = prepared.run("restore", "--force", archive, "--admin-url", administrator)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(prepared.env["DATABASE_OWNER_URL"]) as database:
        assert database.execute("select has_table_privilege('clerk', 'proof', 'update')").fetchone() == (
            False,
        )


def test_a_restore_while_somebody_is_connected_changes_nothing(prepared, administrator, tmp_path):
    archive = str(tmp_path / "district.tar")
    assert prepared.run("backup", archive, "--admin-url", administrator).returncode == 0
    with psycopg.connect(prepared.env["DATABASE_OWNER_URL"]) as database:
        database.execute("create table later (id int)")
        database.commit()
        refused = prepared.run("restore", "--force", archive, "--admin-url", administrator)
        assert refused.returncode == 1
        assert "stop everything that uses it" in refused.stderr
        assert database.execute("select count(*) from later").fetchone() == (0,)
    assert not (prepared.home / "restoring").exists()


@pytest.mark.parametrize(
    ("application", "sentence"),
    [
        ("postgresql://clerk:wrong@/district", "the password or role is wrong"),
        ("postgresql://keeper:keeper-secret@/district", "two different roles"),
    ],
)
def test_wrong_roles_are_one_sentence(prepared, administrator, application, sentence):
    host = prepared.env["DATABASE_URL"].partition("?")[2]
    refused = prepared.run("up", "--port", str(free_port()), DATABASE_URL=f"{application}?{host}")
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


def test_web_alone_asks_for_its_address(product):
    refused = product.run("web", DATABASE_URL="")
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr


def test_no_state_of_a_database_is_left_in_the_folder(prepared):
    assert not Path(prepared.home, "database").exists()
