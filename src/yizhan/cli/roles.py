"""Makes the two roles and the database on a server 建立账户与数据库; what is there already is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from yizhan.cli.speech import Fault
from yizhan.database.roles import creation, grants

OLDEST = 18


def connect(address: str) -> psycopg.Connection:
    """Log in, each statement its own transaction.

    Raises:
        Fault: no address, no server there, a wrong password, or a server that is too old.
    """
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.Error as fault:
        raise _explain(address, str(fault)) from fault
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        connection.close()
        raise Fault(
            en=f"The database server is PostgreSQL {version}; {OLDEST} or newer is needed.",
            zh=f"数据库服务器为 PostgreSQL {version}，需要 {OLDEST} 或更高版本。",
        )
    return connection


def require_unicode(address: str) -> None:
    """See that a database holds every character.

    Raises:
        Fault: it was made with another encoding than UTF-8.
    """
    with connect(address) as database:
        encoding = database.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        name = _part(address, "dbname")
        raise Fault(
            en=f"The database {name} has the encoding {encoding}; UTF8 is needed. Drop it while it is empty, "
            "and let ./yizhan database prepare make it, on any server.",
            zh=f"数据库 {name} 的编码为 {encoding}，需要 UTF8。请在其尚无数据时删除，"
            "再用 ./yizhan database prepare 建立；服务器本身的编码不限。",
        )


def prepare(administrator: str, owner: str, application: str) -> None:
    """Make the roles and the database that two addresses name, and the grants, on an administrator's server.

    Raises:
        Fault: an address is wrong, or the administrator may not do this.
    """
    try:
        with connect(administrator) as server:
            # Of two that begin together the second finds all made; it is let go with the connection.
            server.execute("select pg_advisory_lock(hashtext('yizhan database prepare'))")
            for statement in _missing(server, owner, application):
                server.execute(statement)
            require_unicode(_inside(administrator, owner))
            with connect(_inside(administrator, owner)) as database:
                _grant_once(database, _part(owner, "user"), _part(application, "user"))
    except psycopg.Error as fault:
        raise Fault(
            en=f"The database server refuses: {_first_line(fault)}",
            zh=f"数据库服务器拒绝：{_first_line(fault)}",
        ) from fault


def script(owner: str, application: str) -> str:
    """The same as SQL for an administrator's own hands (psql)."""
    database, owner_name = _part(owner, "dbname"), _part(owner, "user")
    connect_line = sql.SQL("\\connect {}").format(sql.Identifier(database)).as_string(None)
    statements = [statement.as_string(None) + ";" for statement in creation(*_names(owner, application))]
    role = sql.SQL("set role {};").format(sql.Identifier(owner_name)).as_string(None)
    return "\n".join(
        [*statements, connect_line, role, grants(owner_name, _part(application, "user")).as_string(None)]
    )


def _grant_once(database: psycopg.Connection, owner: str, application: str) -> None:
    """Not again on a database in use: its migrations have taken rights away where rows must not change."""
    granted = "select 1 from pg_default_acl where defaclrole = %s::regrole"
    if not database.execute(granted, [sql.Identifier(owner).as_string(None)]).fetchone():
        database.execute(sql.SQL("set role {}").format(sql.Identifier(owner)))
        database.execute(grants(owner, application))


def name_of(address: str) -> str:
    """The role that an address names."""
    return _part(address, "user")


def _missing(server: psycopg.Connection, owner: str, application: str) -> Iterator[sql.Composed]:
    """What must be run: creation where a thing is missing, the password anew where a role is there."""
    make_owner, make_application, make_database = creation(*_names(owner, application))
    for address, make in ((owner, make_owner), (application, make_application)):
        name, password = _part(address, "user"), _part(address, "password")
        if server.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone():
            yield sql.SQL("alter role {} password {}").format(sql.Identifier(name), sql.Literal(password))
        else:
            yield make
    if not server.execute(
        "select 1 from pg_database where datname = %s", [_part(owner, "dbname")]
    ).fetchone():
        # An administrator who is no superuser must be a member of the role it gives the database to.
        if server.execute("select 1 from pg_roles where rolname = current_user and not rolsuper").fetchone():
            yield sql.SQL("grant {} to current_user").format(sql.Identifier(_part(owner, "user")))
        yield make_database


def _names(owner: str, application: str) -> tuple[str, tuple[str, str], tuple[str, str]]:
    pairs = [(_part(address, "user"), _part(address, "password")) for address in (owner, application)]
    return _part(owner, "dbname"), pairs[0], pairs[1]


def _inside(administrator: str, owner: str) -> str:
    """The administrator's address, but in our database."""
    return make_conninfo(administrator, dbname=_part(owner, "dbname"))


def _part(address: str, key: str) -> str:
    try:
        value = conninfo_to_dict(address).get(key)
    except psycopg.ProgrammingError as fault:
        raise Fault(
            en=f"The database address cannot be read: {_first_line(fault)}",
            zh=f"数据库地址无法识别：{_first_line(fault)}",
        ) from fault
    if not value:
        raise Fault(
            en=f"The database address lacks its {key}; write postgresql://role:password@host:port/name.",
            zh=f"数据库地址缺少 {key}，应写成 postgresql://账户:密码@主机:端口/库名。",
        )
    return str(value)


@dataclass(frozen=True)
class _Answer:
    """A word in what a server or its absence says, and the sentence for a person."""

    mark: str
    en: str
    zh: str


_ANSWERS = (
    _Answer(
        "password authentication failed",
        en="the password or role is wrong, or ./yizhan database prepare has not made the role yet",
        zh="账户或密码不正确，或尚未用 ./yizhan database prepare 建立账户",
    ),
    _Answer("no password supplied", en="a password is needed", zh="需要密码"),
    _Answer(
        "does not exist",
        en="that role or database does not exist; ./yizhan database prepare makes both",
        zh="账户或数据库不存在，可用 ./yizhan database prepare 建立",
    ),
    _Answer("could not translate host name", en="no server of that name is known", zh="找不到该名称的服务器"),
    _Answer("failed to resolve host", en="no server of that name is known", zh="找不到该名称的服务器"),
    _Answer("Connection refused", en="no database server answers there", zh="该地址没有数据库服务器应答"),
    _Answer(
        "No such file or directory", en="no database server answers there", zh="该地址没有数据库服务器应答"
    ),
    _Answer("timeout expired", en="the server does not answer", zh="服务器没有应答"),
    _Answer(
        "no pg_hba.conf entry",
        en="the server admits no log-in from here (pg_hba.conf)",
        zh="服务器不允许从本机登录（pg_hba.conf）",
    ),
)


def _explain(address: str, words: str) -> Fault:
    where = _without_password(address)
    for answer in _ANSWERS:
        if answer.mark in words:
            return Fault(en=f"Database {where}: {answer.en}.", zh=f"数据库 {where}：{answer.zh}。")
    first = words.strip().partition("\n")[0]
    return Fault(en=f"Database {where}: {first}", zh=f"数据库 {where}：{first}")


def _without_password(address: str) -> str:
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        return "?"
    return (
        f"{parts.get('user', '')}@{parts.get('host', '')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"
    )


def _first_line(fault: Exception) -> str:
    return str(fault).strip().partition("\n")[0]
