"""Backup and restore 备份与恢复: database, uploaded files, keys, in one archive.

The database is read and written as an administrator, since forced row-level security would hide rows from
its own owner. Passwords of database roles are not in the archive: they belong to a server, not to a district.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from psycopg import Connection, Error, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from yizhan import __version__
from yizhan.cli import archive, roles
from yizhan.cli.children import complete
from yizhan.cli.cluster_making import programs
from yizhan.cli.environment import Database
from yizhan.cli.home import DISTRICT, RESTORING
from yizhan.cli.places import FILES, HOME, SECRETS, forget_stamps, private_folder, write_whole
from yizhan.cli.speech import Fault
from yizhan.cli.troubles import full_disk, last_line
from yizhan.database.roles import new_database

DUMP = "database.dump"
_ROLE_PASSWORDS = "database.*"


def make(target: Path, where: Database, administrator: str) -> None:
    """Back up everything into one file.

    The database is read first: what it names among the files is there, since files are only ever added.

    Raises:
        Fault: the administrator may not read all rows, or the file cannot be written.
    """
    archive.require_new(target)
    manifest = archive.Manifest(
        version=__version__,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        district=DISTRICT.read_text() if DISTRICT.exists() else "empty",
        owner=roles.name_of(where.owner),
        application=roles.name_of(where.application),
    )
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".yizhan-backup-") as scratch:
        dump = Path(scratch) / DUMP
        with _as_service(_in_our_database(administrator, where)) as variables:
            complete([programs() / "pg_dump", "--format=custom", "-f", dump], variables, explained=_explain)
        archive.write(target, manifest, [(DUMP, dump), *_kept_files()])


def restore(source: Path, where: Database, administrator: str, *, force: bool) -> archive.Manifest:
    """Put the state of a backup in the place of what is here: all of it, or nothing.

    Raises:
        Fault: the archive is not whole, something is here and ``force`` is not given, or a step failed. When
            the fault came before the exchange, everything is as it was.
    """
    manifest = archive.verify(source)
    _require_same_roles(manifest, where)
    roles.prepare(administrator, where.owner, where.application)
    with roles.connect(_in_our_database(administrator, where)) as ours:
        if not force and (_has_tables(ours) or _has_files()):
            raise Fault(
                en=f"{HOME} or its database is not empty; --force replaces what is there.",
                zh=f"{HOME} 或其数据库不是空的；加 --force 才会替换现有内容。",
            )
    with tempfile.TemporaryDirectory(dir=HOME, prefix=".restore-") as scratch:
        unpacked = Path(scratch)
        archive.unpack(source, unpacked)
        _fill_new_database(unpacked / DUMP, where, administrator)
        # While this file is there, no start mixes old and new.
        write_whole(RESTORING, str(source.absolute()))
        _exchange_database(where, administrator)
        _exchange_files(unpacked)
        write_whole(DISTRICT, manifest.district)
        RESTORING.unlink()
    _forget_what_was_done(where)
    return manifest


def _kept_files() -> Iterator[tuple[str, Path]]:
    for folder in (FILES, SECRETS):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.match(_ROLE_PASSWORDS):
                yield str(path.relative_to(HOME)), path


def _require_same_roles(manifest: archive.Manifest, where: Database) -> None:
    here = (roles.name_of(where.owner), roles.name_of(where.application))
    if (manifest.owner, manifest.application) != here:
        raise Fault(
            en=f"The backup has the roles {manifest.owner} and {manifest.application}, here are {here[0]} "
            f"and {here[1]}; use database addresses with the same role names.",
            zh=f"备份中的账户为 {manifest.owner} 和 {manifest.application}，此处为 {here[0]} 和 {here[1]}；"
            "请使用账户名相同的数据库地址。",
        )


def _has_tables(ours: Connection) -> bool:
    return ours.execute("select 1 from pg_tables where schemaname = 'public' limit 1").fetchone() is not None


def _has_files() -> bool:
    return DISTRICT.exists() or (FILES.exists() and any(FILES.iterdir()))


def _fill_new_database(dump: Path, where: Database, administrator: str) -> None:
    """Load the dump into a database beside ours; a failure leaves ours untouched."""
    names = _names(where)
    with roles.connect(administrator) as server:
        server.execute(sql.SQL("drop database if exists {beside}").format(**names))
        server.execute(new_database(_database(where) + _BESIDE, roles.name_of(where.owner)))
    beside = make_conninfo(administrator, dbname=_database(where) + _BESIDE)
    with _as_service(beside) as variables:
        options = ["--exit-on-error", "--jobs=2", "-d", "service=yizhan"]
        complete([programs() / "pg_restore", *options, dump], variables, explained=_explain)


def _exchange_database(where: Database, administrator: str) -> None:
    """Give the new database our name, in one transaction, and drop the old one."""
    names = _names(where)
    with roles.connect(administrator) as server:
        server.execute(sql.SQL("drop database if exists {old}").format(**names))
        try:
            with server.transaction():
                server.execute(sql.SQL("alter database {ours} rename to {old}").format(**names))
                server.execute(sql.SQL("alter database {beside} rename to {ours}").format(**names))
        except Error as fault:
            RESTORING.unlink()  # nothing has been exchanged
            reason = str(fault).strip().partition("\n")[0]
            raise Fault(
                en=f"The database cannot be exchanged ({reason}); stop everything that uses it.",
                zh=f"无法替换数据库（{reason}），请先停止所有使用它的程序。",
            ) from fault
        server.execute(sql.SQL("drop database {old}").format(**names))


def _exchange_files(unpacked: Path) -> None:
    shutil.rmtree(FILES, ignore_errors=True)
    if (unpacked / "files").exists():
        (unpacked / "files").rename(FILES)
    for path in private_folder(SECRETS).rglob("*"):
        if path.is_file() and not path.match(_ROLE_PASSWORDS):
            path.unlink()
    for path in (unpacked / "secrets").rglob("*"):
        if path.is_file():
            kept = SECRETS / path.relative_to(unpacked / "secrets")
            private_folder(kept.parent)
            path.rename(kept)


def _forget_what_was_done(where: Database) -> None:
    """The next start looks at migrations, packs and demo afresh."""
    if where.cluster:
        forget_stamps(where.cluster.folder)


_BESIDE, _OLD = "_restored", "_replaced"


def _names(where: Database) -> dict[str, sql.Identifier]:
    ours = _database(where)
    return {
        "ours": sql.Identifier(ours),
        "beside": sql.Identifier(ours + _BESIDE),
        "old": sql.Identifier(ours + _OLD),
    }


def _database(where: Database) -> str:
    return str(conninfo_to_dict(where.owner)["dbname"])


def _in_our_database(administrator: str, where: Database) -> str:
    return make_conninfo(administrator, dbname=_database(where))


@contextmanager
def _as_service(address: str) -> Iterator[dict[str, str]]:
    """The variables that tell PostgreSQL's programs an address; others could read it on a command line."""
    with tempfile.NamedTemporaryFile("w", prefix="yizhan-", suffix=".conf") as file:  # made with mode 0600
        lines = [f"{key}={value}" for key, value in conninfo_to_dict(address).items()]
        file.write("[yizhan]\n" + "\n".join(lines) + "\n")
        file.flush()
        yield {**os.environ, "PGSERVICEFILE": file.name, "PGSERVICE": "yizhan"}


def _explain(output: str, log: Path) -> Fault:
    if full := full_disk(output, log):
        return full
    if "database" in output and "does not exist" in output:
        return Fault(
            en="There is no database yet, so there is nothing to back up.",
            zh="数据库尚未建立，没有可备份的内容。",
        )
    if "row-level security" in output or "row security" in output or "permission denied" in output:
        return Fault(
            en="The role may not read all rows; --admin-url must name a superuser, or one with BYPASSRLS "
            "and pg_read_all_data.",
            zh="该账户无权读取全部数据；--admin-url 须为超级用户或具有 BYPASSRLS、pg_read_all_data 的账户。",
        )
    return Fault(en=f"{last_line(output)} (details: {log})", zh=f"{last_line(output)}（详见 {log}）")
