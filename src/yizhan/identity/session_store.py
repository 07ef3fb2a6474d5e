"""The session store 会话存储: Django's own, which reads together with a session who is present in it.

Every page of somebody signed in wants three rows: what the session remembers, its presence, the account. One
statement gives them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from yizhan.identity import presences
from yizhan.identity.models import Account, Presence

_PARTS: dict[str, type[Model]] = {"s": Session, "p": Presence, "a": Account}


class SessionStore(db.SessionStore):
    """A session in the database."""

    _arrived: Presence | None = None

    def arrived(self) -> Presence | None:
        """The living presence, with its account and the mark of rights, that was read with the session.

        Told once: whoever asks again wants to know it as it is then.
        """
        presence, self._arrived = self._arrived, None
        return presence

    def _get_session_from_db(self) -> Session | None:
        key = str(self.session_key)
        with connection.cursor() as cursor:
            cursor.execute(_arriving(), [presences.key_of(key), key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        session: Session
        session, presence, account = _made(row)
        if presence is not None:
            presence.account, presence.rights_mark = account, row[-1]
            self._arrived = presence
        return session


@cache
def _arriving() -> str:
    columns = [
        f'{name}."{one.column}"' for name, model in _PARTS.items() for one in model._meta.concrete_fields
    ]
    return f"""
        select {", ".join(columns)}, (select mark from identity_rightsversion)
        from django_session s
        left join (identity_presence p join identity_account a on a.id = p.account_id)
            on p.key = %s and {presences.LIVES}
        where s.session_key = %s and s.expire_date > %s
    """  # noqa: S608 (columns of our models)


def _made(row: tuple[Any, ...]) -> list[Any]:
    """The rows as their models; None where there is no such row."""
    found, at = [], 0
    for model in _PARTS.values():
        names = [one.attname for one in model._meta.concrete_fields]
        values = row[at : at + len(names)]
        at += len(names)
        there = any(value is not None for value in values)
        found.append(model.from_db("default", names, values) if there else None)
    return found
