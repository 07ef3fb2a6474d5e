"""The session store 会话存储: Django's own, which reads together with a session who is present in it.

Every page of somebody signed in wants three rows: what the session remembers, its presence, the account. One
statement gives them.
"""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from yizhan.database.rows import Part, made
from yizhan.identity import presences
from yizhan.identity.models import Account, Presence

_PARTS = (Part(Session, "s"), Part(Presence, "p"), Part(Account, "a"))
_ARRIVING = f"""
    select {", ".join(part.columns for part in _PARTS)}, (select mark from identity_rightsversion)
    from django_session s
    left join (identity_presence p join identity_account a on a.id = p.account_id)
        on p.key = %s and {presences.LIVES}
    where s.session_key = %s and s.expire_date > %s
"""  # noqa: S608 (columns of our models)


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
            cursor.execute(_ARRIVING, [presences.key_of(key), key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        session: Session
        session, presence, account = made(_PARTS, row)
        if presence is not None:
            presence.account, presence.rights_mark = account, row[-1]
            self._arrived = presence
        return session
