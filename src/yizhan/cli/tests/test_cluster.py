"""The embedded PostgreSQL: closed without a password, shared by commands, safe against leftovers."""

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from yizhan.cli import account, cluster_settings, processes, roles
from yizhan.cli.cluster import APPLICATION, DATABASE, OWNER, Cluster
from yizhan.cli.cluster_making import SUPERUSER, last_words
from yizhan.cli.cluster_use import Watch, in_use
from yizhan.cli.places import HOME
from yizhan.cli.speech import Fault

pytestmark = pytest.mark.long


@pytest.fixture
def cluster(monkeypatch):
    """A cluster of its own, in a folder that its account can reach."""
    HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HOME, prefix="try-") as folder:
        Path(folder).chmod(0o755)
        yield Cluster(Path(folder) / "cluster", lasting=False)


def test_it_is_made_started_and_stopped_by_its_users(cluster):
    with in_use(cluster):
        with in_use(cluster), psycopg.connect(cluster.address(SUPERUSER, "postgres")) as database:
            asked = "data_checksums", "server_encoding", "listen_addresses", "password_encryption"
            answers = [database.execute("select current_setting(%s)", [name]).fetchone() for name in asked]
            assert answers == [("on",), ("UTF8",), ("",), ("scram-sha-256",)]
            [kind] = database.execute("select datlocprovider from pg_database where datname = 'postgres'")
            assert kind == ("b",)
        assert cluster.is_ready(), "the outer user still works"
    assert not cluster.is_ready()
    assert cluster.server_pid() is None


def test_nobody_gets_in_without_the_password(cluster):
    with in_use(cluster):
        address = f"postgresql://{SUPERUSER}@/postgres?host={cluster.socket_folder}"
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(address)


def test_only_its_account_enters_its_data_and_only_web_and_worker_come_to_its_socket(cluster):
    with in_use(cluster):
        assert cluster.data.stat().st_mode & 0o077 == 0
        beside = cluster.folder.stat()
        assert beside.st_mode & 0o067 == 0, "nobody lists it, nobody else passes through"
        service = account.service_account()
        assert (beside.st_mode & 0o010 == 0) if service is None else (beside.st_gid == service.group)


def test_roles_and_database_are_made_once_by_those_who_begin_in_the_same_moment(cluster):
    with in_use(cluster):
        addresses = (
            cluster.address(SUPERUSER, "postgres"),
            cluster.address(OWNER),
            cluster.address(APPLICATION),
        )
        with ThreadPoolExecutor(8) as many:
            for done in [many.submit(roles.prepare, *addresses) for _ in range(24)]:
                done.result()
        for address in addresses[1:]:
            with psycopg.connect(address) as database:
                assert database.execute("select current_database()").fetchone() == (DATABASE,)


def test_a_long_path_gets_a_socket_in_the_temporary_folder(tmp_path):
    long = Cluster(tmp_path / ("x" * 100))
    assert str(long.socket_folder).startswith(tempfile.gettempdir())
    assert len(os.fsencode(long.socket_folder / ".s.PGSQL.5432")) <= 107


def test_a_server_that_nobody_owns_any_more_is_taken_over(cluster):
    cluster.prepare()
    orphan = cluster.start(bound_to_us=False)
    with in_use(cluster):
        assert cluster.server_pid() == orphan.pid
    assert orphan.wait(10) == 0


def test_who_watches_ends_a_leftover_and_starts_anew(cluster):
    cluster.prepare()
    orphan = cluster.start(bound_to_us=False)
    watch = Watch(cluster)
    server = watch.begin()
    try:
        orphan.wait(10)
        assert cluster.server_pid() == server.pid
    finally:
        cluster.stop()
        server.wait(10)


def test_who_watches_does_not_take_the_database_from_a_command(cluster):
    with in_use(cluster), pytest.raises(Fault, match="Another command is using the database"):
        Watch(cluster).begin()


def test_a_killed_server_starts_again_on_its_data(cluster):
    with in_use(cluster):
        pid = cluster.server_pid()
        os.kill(pid, signal.SIGKILL)
        processes.end([pid], signal.SIGKILL, 5)
        server = cluster.start(bound_to_us=False)
        with psycopg.connect(cluster.address(SUPERUSER, "postgres")) as database:
            assert database.execute("select 1").fetchone() == (1,)
    server.wait(10)


def test_another_major_version_is_refused_with_the_way_out(cluster):
    cluster.prepare()
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Fault, match="made by PostgreSQL 17"):
        cluster.prepare()


def test_why_it_did_not_start_is_its_last_complaint_not_its_last_line():
    said = (
        "2026-11-26 11:47:13 UTC [28900]  FATAL:  could not open shared memory segment: Permission denied\n"
        "2026-11-26 11:47:13 UTC [28900]  LOG:  database system is shut down\n"
    )
    assert last_words(said) == "could not open shared memory segment: Permission denied"
    assert last_words("initdb: error: no room\n") == "initdb: error: no room"


def test_memory_scales_with_one_setting(monkeypatch):
    monkeypatch.setenv("YIZHAN_DATABASE_MEMORY", "4 GB")
    text = cluster_settings.settings(Path("/run/x"), lasting=True)
    assert "shared_buffers = '4096MB'" in text
    assert "effective_cache_size = '12288MB'" in text
    assert "fsync" not in text
    monkeypatch.setenv("YIZHAN_DATABASE_MEMORY", "much")
    with pytest.raises(Fault, match="512MB or 4GB"):
        cluster_settings.settings(Path("/run/x"), lasting=True)


def test_a_bound_child_ends_with_its_parent():
    program = (
        "import signal, subprocess, sys, os\n"
        "from yizhan.cli.processes import dying_with_parent\n"
        "child = subprocess.Popen(['sleep', '60'], preexec_fn=dying_with_parent(signal.SIGTERM))\n"
        "print(child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, check=False
    )
    child = int(parent.stdout)
    processes.end([child], signal.Signals(signal.SIGCONT), 5)
    assert not processes.is_alive(child)
