"""The migrated database that every run's own is a copy of 模板库: made once for a state of the migrations.

Each of the runs side by side has a server; the first to need it migrates, and the others read what it wrote out.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases
from psycopg import sql
from psycopg.conninfo import make_conninfo

from yizhan.calendar import loading as calendar_loading
from yizhan.cli.cluster_making import programs
from yizhan.codes import loading as codes_loading

ROOT = Path(__file__).resolve().parents[1]
_HOME = Path(os.environ.get("YIZHAN_HOME") or ROOT / "var")
_LOCK = _HOME / "test/template.lock"
"""One for all servers: to make two templates at once takes no less."""
_MAKES_IT = (
    "src/yizhan/*/migrations/*.py",
    "src/yizhan/*/models/**/*.py",
    "src/yizhan/*/models.py",
    *(
        f"src/yizhan/{room}/**/*.{kind}"
        for room in ("database", "codes", "calendar")
        for kind in ("py", "csv")
    ),
)
_PREFIX = "template_"


def made(log_in: Callable[[str], None]) -> str:
    """The name of the template, made now if nobody has; the connection then works as the application.

    Args:
        log_in: lets the default connection use an address' role.
    """
    name = _PREFIX + _digest()
    with _one_at_a_time(), psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as server:
        known = server.execute("select datname from pg_database where starts_with(datname, %s)", [_PREFIX])
        if name not in (names := {row[0] for row in known}):
            for old in names:
                server.execute(sql.SQL("drop database {}").format(sql.Identifier(old)))
            if not _read_in(written := _LOCK.with_name(f"{name}.dump")):
                _make(log_in)
                _write_out(written)
            making = sql.SQL("alter database {} rename to {}")
            server.execute(making.format(sql.Identifier(_MAKING), sql.Identifier(name)))
    return name


_MAKING = "making_template"


def _make(log_in: Callable[[str], None]) -> None:
    """Under another name until it is whole."""
    test = settings.DATABASES["default"]["TEST"]
    own, connection = test["NAME"], connections["default"]
    before = connection.settings_dict["NAME"]
    test["NAME"] = _MAKING
    try:
        log_in(settings.DATABASE_OWNER_URL)
        setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        log_in(settings.DATABASE_URL)
        calendar_loading.load()
        codes_loading.load()
    finally:
        connection.close()
        test["NAME"] = own
        connection.settings_dict["NAME"] = before


def _read_in(written: Path) -> bool:
    """Whether another server's run had written it out."""
    if not written.exists():
        return False
    with psycopg.connect(_superuser("postgres"), autocommit=True) as server:
        server.execute(f"drop database if exists {_MAKING}")
        server.execute(f"create database {_MAKING} owner {settings.DATABASE_OWNER_ROLE}")
    _program("pg_restore", "--exit-on-error", "--dbname", _superuser(_MAKING), written)
    return True


def _write_out(written: Path) -> None:
    """Whole or not at all; what earlier states of the migrations left is thrown away."""
    for old in written.parent.glob(f"{_PREFIX}*"):
        old.unlink()
    unfinished = written.with_suffix(".unfinished")
    _program("pg_dump", "--format=custom", "--compress=0", "--file", unfinished, _superuser(_MAKING))
    unfinished.rename(written)


def _program(name: str, *arguments: str | Path) -> None:
    subprocess.run([programs() / name, *arguments], check=True)


def _superuser(database: str) -> str:
    """Neither reading nor writing it may be narrowed by row-level security."""
    password = (_HOME / "secrets/database.postgres").read_text()
    return make_conninfo(settings.DATABASE_OWNER_URL, user="postgres", password=password, dbname=database)


def _digest() -> str:
    files = sorted(path for pattern in _MAKES_IT for path in ROOT.glob(pattern) if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    _LOCK.parent.mkdir(parents=True, exist_ok=True)
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
