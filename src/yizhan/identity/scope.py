"""The scope of row-level security 数据范围: opened in a transaction, gone at its end.

The database verifies the session (or the service's token) itself and seals what it found; policies read
the scope through functions that check the seal (``migrations/0002_scope.py``). Without a scope every
protected table is empty.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from yizhan import clock
from yizhan.identity import presences, rights, service_token
from yizhan.identity.models import Account, Post

if TYPE_CHECKING:
    from yizhan.identity.actor import Actor
    from yizhan.identity.middleware import Request

# The settings that hold a scope: what it tells and its seal; its units and theirs.
_SETTINGS = ("scope", "seal", "units", "seal_of_units")
_TAKEN_NOTE = "select " + ", ".join(f"current_setting('yizhan.{name}', true)" for name in _SETTINGS)
_PUT_BACK = "select " + ", ".join(f"set_config('yizhan.{name}', %s, true)" for name in _SETTINGS)

_opened = threading.local()


class NoTransaction(RuntimeError):
    """A scope was opened outside a transaction, where it would end at once: a mistake in the program."""


class NotOpened(RuntimeError):
    """The database did not accept the session or the token."""


def open_for(request: Request) -> None:
    """Open the scope of the request's person; once in a transaction, however often it is asked for.

    Nothing is opened for somebody not signed in, or who owes something first.

    Raises:
        NoTransaction: outside a transaction.
    """
    presence = request.standing.presence
    if presence is None or presence.owes:
        _close_what_is_open()
        return
    _open(f"session {presence.key}", "scope_open_session(%s, %s)", request.session.session_key, clock.today())


@contextmanager
def service() -> Iterator[None]:
    """The house's own scope, for the worker, the command line and the preparations of a test.

    Raises:
        service_token.Missing: no token lies where it should.
        NotOpened: the database does not know the token.
    """
    with transaction.atomic(), _kept():
        open_as_service()
        yield


def open_as_service() -> None:
    """Open the house's own scope for the rest of the present transaction.

    Raises:
        service_token.Missing: no token lies where it should.
        NotOpened: the database does not know the token.
    """
    if not _open("service", "scope_open_service(%s)", service_token.read()):
        raise NotOpened("the database does not know the service's token: run the migrations as owner again")


@contextmanager
def as_account(account: Account, post: Post | None = None) -> Iterator[Actor]:
    """The scope of an account through a real session that lasts as long as the block: demo, tests.

    Args:
        account: who.
        post: one of the account's own posts; the main one if none is named.

    Raises:
        LookupError: the account does not hold that post today.
        NotOpened: the account is closed.
    """
    actor = rights.actor_in(account, post.pk if post else None)
    session_key = f"block-{secrets.token_urlsafe(24)}"
    with transaction.atomic(), _kept():
        presence = presences.begin(session_key, account, excused=True)
        if post is not None:
            presence.appointment_id = account.appointments.live().get(post=post).pk
            presence.save(update_fields=["appointment"])
        if not _open(session_key, "scope_open_session(%s, %s)", session_key, clock.today()):
            raise NotOpened(f"account {account.pk} cannot have a session")
        yield actor
        presences.end(presence)


def _open(name: str, call: str, *arguments: Any) -> bool:
    """Call one of the opening functions, unless its scope is open in this transaction already."""
    blocks = _blocks()
    if not blocks:
        raise NoTransaction("a scope lives in a transaction; open one first")
    if _present() == name:
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"select {call}", arguments)
        accepted = bool(cursor.fetchone()[0])
    _remember(name if accepted else None)
    return accepted


def _close_what_is_open() -> None:
    """Somebody else's scope may be open in this transaction: in a test, whose requests share one."""
    if _present() is not None:
        with connection.cursor() as cursor:
            cursor.execute(_PUT_BACK, [""] * len(_SETTINGS))
        _remember(None)


@contextmanager
def _kept() -> Iterator[None]:
    """Put back, at the end of the block, the scope that was open before; a rollback does it by itself."""
    name = _present()
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_NOTE)
        before = cursor.fetchone()
        yield
        cursor.execute(_PUT_BACK, [value or "" for value in before])
    _remember(name)


def _blocks() -> list[Any]:
    """The atomic blocks around us: the first is the transaction, the others are savepoints."""
    return list(connection.atomic_blocks)


def _present() -> str | None:
    """What we opened, as long as every block around the opening is still there: a setting ends with its
    savepoint's rollback, and a block that has ended may have been rolled back.
    """
    name, blocks = getattr(_opened, "scope", (None, []))
    now = _blocks()
    there = len(blocks) <= len(now) and all(a is b for a, b in zip(blocks, now, strict=False))
    return name if there and blocks else None


def _remember(name: str | None) -> None:
    _opened.scope = (name, _blocks())
