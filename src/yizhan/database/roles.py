"""The two roles: the owner migrates, the application owns nothing."""

from __future__ import annotations

from psycopg import sql


def grants(owner: str, application: str) -> sql.Composed:
    """SQL, run by the owner inside its empty database, that lets the application use the tables to come.

    Default privileges cover what migrations create; a migration takes rights away again where rows must
    never change (see :mod:`yizhan.database.migration`). So it may be run again at any time: it never gives
    back what was taken away.
    """
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(application)}
    return sql.SQL(
        """
        revoke create on schema public from public;
        grant usage on schema public to {app};
        alter default privileges for role {owner} in schema public
            grant select, insert, update, delete on tables to {app};
        alter default privileges for role {owner} in schema public
            grant usage, select on sequences to {app};
        """
    ).format(**names)


def creation(database: str, owner: tuple[str, str], application: tuple[str, str]) -> list[sql.Composed]:
    """Statements for an administrator of the server: both roles (name, password) and the database.

    They are run one by one outside a transaction, since CREATE DATABASE wants it so.
    """
    make_role = sql.SQL("create role {name} login {extra} password {password}")
    return [
        make_role.format(
            name=sql.Identifier(owner[0]), extra=sql.SQL("createdb"), password=sql.Literal(owner[1])
        ),
        make_role.format(
            name=sql.Identifier(application[0]),
            extra=sql.SQL("nocreatedb"),
            password=sql.Literal(application[1]),
        ),
        new_database(database, owner[0]),
    ]


def new_database(name: str, owner: str) -> sql.Composed:
    """A statement that makes a database which sorts and folds alike on every server, whatever its locale."""
    return sql.SQL(
        "create database {db} owner {owner} template template0 encoding 'UTF8' "
        "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
    ).format(db=sql.Identifier(name), owner=sql.Identifier(owner))
