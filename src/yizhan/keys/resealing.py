"""Another secret for all keys 更换密钥口令: every sealed private key is opened and sealed anew, all or none.

The application may not read or change sealed keys, so this works with the owner's connection, by whoever runs the house.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from yizhan.keys import sealing
from yizhan.keys.faults import Refused, Unopenable

SHORTEST = 20
"""Characters of a new secret."""


class Resealed(NamedTuple):
    """How many keys were sealed anew, and how many were under the new secret already."""

    anew: int
    before: int


@sensitive_variables()
def reseal(connection: psycopg.Connection[Any], *, old: str, new: str, former: str = "") -> Resealed:
    """Seal all keys with another secret, in one transaction of the owner's; stopped in between nothing is changed.

    Done again with the same two it does nothing, and takes along what a forgotten process added under the old one.

    Args:
        connection: the owner's.
        old: the secret in use; ``new`` the one to come.
        former: one before the old, where a forgotten process added keys under it.

    Raises:
        Refused: the new secret is none, too short, or the old one; or somebody still works with the application's role.
        Unopenable: a key opens with none of them; nothing was changed.
    """
    if len(new) < SHORTEST or new != new.strip():
        raise Refused(_("新口令至少 %(n)s 个字符，首尾不能有空白。") % {"n": SHORTEST})
    if new == old:
        raise Refused(_("新口令与现用口令相同。"))
    with connection.transaction():
        _require_nobody_works(connection)
        connection.execute("lock table keys_sealedkey in access exclusive mode")
        kept = connection.execute(
            "select key_id, content, public from keys_sealedkey join keys_key on keys_key.id = key_id order by key_id"
        ).fetchall()
        anew = 0
        for number, content, public in kept:
            if _opens(content, public, new):
                continue
            by_former = former and not _opens(content, public, old)
            plain = sealing.opened(content, bound_to=public, secret=former if by_former else old)
            again = sealing.seal(plain, bound_to=public, secret=new)
            connection.execute("update keys_sealedkey set content = %s where key_id = %s", [again, number])
            anew += 1
    return Resealed(anew, len(kept) - anew)


def _require_nobody_works(connection: psycopg.Connection[Any]) -> None:
    """A process that has the old secret would open no key any more, and seal new ones so that nobody else opens them."""
    found = connection.execute(
        "select count(*) from pg_stat_activity where datname = current_database() and usename = %s",
        [settings.DATABASE_APP_ROLE],
    ).fetchone()
    if found and found[0]:
        raise Refused(
            _("数据库还有 %(n)s 个应用连接；请先停止所有机器上的网页进程和后台进程。") % {"n": found[0]}
        )


@sensitive_variables()
def _opens(content: bytes, public: bytes, secret: str) -> bool:
    try:
        sealing.opened(content, bound_to=public, secret=secret)
    except Unopenable:
        return False
    return True
