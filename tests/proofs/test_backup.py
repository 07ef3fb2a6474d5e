"""A backup holds the whole district, comes back on another machine, and never half."""

from __future__ import annotations

import tarfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.product import Product
from yizhan.cli.cluster import Cluster
from yizhan.cli.cluster_use import in_use

pytestmark = pytest.mark.product

FILE = "files/ab/abcd"


@pytest.fixture(scope="module")
def district(product: Product) -> Product:
    """A row that row-level security hides from everybody, its owner included, and an uploaded file."""
    with psycopg.connect(product.superuser()) as database:
        database.execute("set role yizhan_owner")
        database.execute("create table hidden_from_all (name text)")
        database.execute("insert into hidden_from_all values ('陈婆婆')")
        database.execute("alter table hidden_from_all enable row level security")
        database.execute("alter table hidden_from_all force row level security")
        database.execute("revoke update, delete on hidden_from_all from yizhan_app")
    (product.home / FILE).parent.mkdir(parents=True)
    (product.home / FILE).write_text("申请表")
    return product


@pytest.fixture(scope="module")
def archive(district: Product) -> Path:
    target = district.home / "district.tar"
    done = district.run("backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def everything(product: Product) -> dict[str, object]:
    """Every table's rows, rights and policies, in a form that can be compared."""
    with psycopg.connect(product.superuser()) as database:
        tables = database.execute(
            """select oid::regclass::text, relkind::text, pg_get_userbyid(relowner),
                      relrowsecurity, relforcerowsecurity, array(select unnest(coalesce(
                          relacl, acldefault(case relkind when 'S' then 's'::"char" else 'r' end, relowner)
                      ))::text order by 1)
               from pg_class where relkind in ('r', 'p', 'S') and relnamespace = 'public'::regnamespace"""
        ).fetchall()
        policies = database.execute(
            """select polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid),
                      pg_get_expr(polwithcheck, polrelid) from pg_policy"""
        ).fetchall()
        functions = database.execute(
            """select oid::regprocedure::text, prosecdef, prosrc,
                      array(select unnest(coalesce(proacl, acldefault('f', proowner)))::text order by 1)
               from pg_proc where pronamespace = 'public'::regnamespace"""
        ).fetchall()
        rows = {
            name: database.execute(
                sql.SQL(
                    "select count(*), md5(string_agg(t::text, chr(10) order by t::text)) from {} t"
                ).format(
                    sql.SQL(name)  # as regclass has quoted it
                )
            ).fetchone()
            for name, kind, *_ in tables
            if kind != "S"
        }
    return {
        "tables": sorted(tables),
        "policies": sorted(policies),
        "functions": sorted(functions),
        "rows": rows,
    }


def hidden_rows(product: Product) -> list[tuple[str]]:
    with psycopg.connect(product.superuser()) as database:
        return database.execute("select name from hidden_from_all").fetchall()


def test_only_its_owner_may_read_an_archive(archive):
    assert archive.stat().st_mode & 0o777 == 0o600


def test_passwords_of_database_roles_stay_at_home(archive):
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert "secrets/session.key" in names
    assert [name for name in names if name.startswith("secrets/database.")] == []


def test_an_archive_is_never_overwritten(district, archive):
    content = archive.read_bytes()
    assert district.run("backup", str(archive)).returncode == 1
    assert archive.read_bytes() == content


def test_it_comes_back_on_another_machine_with_rows_rights_files_and_keys(district, archive):
    other = Product()
    try:
        done = other.run("restore", str(archive))
        assert done.returncode == 0, done.stderr
        with in_use(Cluster(other.home / "database")):
            restored, original = everything(other), everything(district)
        for part in original:
            assert restored[part] == original[part]
        other.start()
        assert hidden_rows(other) == [("陈婆婆",)]
        assert (other.home / FILE).read_text() == "申请表"
        for key in ("secrets/session.key", "district"):
            assert (other.home / key).read_text() == (district.home / key).read_text()
    finally:
        other.destroy()


def test_a_running_system_is_not_restored_over(district, archive):
    refused = district.run("restore", "--force", str(archive))
    assert refused.returncode == 1
    assert "runs already" in refused.stderr


def test_what_is_here_is_replaced_only_when_told_so(district, archive):
    district.stop()
    refused = district.run("restore", str(archive))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    (district.home / "files/ab/later").write_text("uploaded after the backup")
    done = district.run("restore", "--force", str(archive))
    assert done.returncode == 0, done.stderr
    district.start()
    assert hidden_rows(district) == [("陈婆婆",)]
    assert not (district.home / "files/ab/later").exists()


@pytest.mark.parametrize("damage", ["changed", "cut"])
def test_a_damaged_archive_changes_nothing(district, archive, tmp_path, damage):
    content = bytearray(archive.read_bytes())
    at = content.index("申请表".encode())
    damaged = tmp_path / "damaged.tar"
    content[at] ^= 1
    damaged.write_bytes(content if damage == "changed" else content[: len(content) // 2])
    district.stop()
    refused = district.run("restore", "--force", str(damaged))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    district.start()
    assert hidden_rows(district) == [("陈婆婆",)]
    assert (district.home / FILE).read_text() == "申请表"


def test_a_start_in_the_middle_of_an_exchange_is_refused(district, archive):
    district.stop()
    (district.home / "restoring").write_text(str(archive))
    refused = district.run("up", "--port", str(district.port))
    assert refused.returncode == 1
    assert f"restore {archive} --force" in refused.stderr
    assert district.run("restore", "--force", str(archive)).returncode == 0
    district.start()
    assert hidden_rows(district) == [("陈婆婆",)]
