"""Addresses of databases: ``postgresql://role:password@host:port/name?option=value``."""

from __future__ import annotations

from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

_DJANGO_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


class AddressError(ValueError):
    """The address of a database cannot be read; the text says what is wrong."""


def django_settings(address: str) -> dict[str, Any]:
    """Turn an address into an entry of Django's ``DATABASES``.

    Raises:
        AddressError: not an address of PostgreSQL, or no database is named in it.
    """
    if not address.startswith(("postgresql://", "postgres://")):
        raise AddressError("a database address begins with postgresql://")
    try:
        parts = dict(conninfo_to_dict(address))
    except ProgrammingError as fault:
        raise AddressError(f"the database address cannot be read: {str(fault).strip()}") from fault
    if not parts.get("dbname"):
        raise AddressError("the database address names no database (…/name)")
    named = {django: str(parts.pop(libpq) or "") for libpq, django in _DJANGO_KEYS.items() if libpq in parts}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": parts}


def role_of(address: str) -> str:
    """The role that an address logs in with.

    Raises:
        AddressError: the address cannot be read or names no role.
    """
    role = django_settings(address).get("USER")
    if not role:
        raise AddressError("the database address names no role (postgresql://role:password@…)")
    return str(role)
