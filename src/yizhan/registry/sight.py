"""How far one sees into somebody's data 可见范围, where no value of the register itself is asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from django.db import connection

from yizhan.journal import access
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import ForCase, Own, Purpose


def opened(subject: str, keys: Iterable[str], *, purpose: Purpose) -> Collection[str]:
    """Look at somebody for a purpose; the categories that the database opens (``registry_sight``), or ``*`` for all.

    Args:
        subject: ``person:<uuid>``.
        keys: what will be shown, for the access log.
        purpose: why.

    Raises:
        NotHere: no such person in the present scope, or the purpose is ``Own`` and it is somebody else.
        NobodyLooks: outside of a request or a worker's step that keeps an access log.
    """
    person = person_id(subject)
    access.saw([subject], keys, purpose=str(purpose))
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from registry_person where id = %s), registry_sight(%s, %s)",
            [person, person, isinstance(purpose, ForCase)],
        )
        here, told = cursor.fetchone() or (False, "{}")
    if not here:
        raise NotHere(subject)
    sight = json.loads(told)
    if sight["marks"]:
        access.saw([subject], (), purpose=str(purpose), marks=sight["marks"])
    opens: list[str] = sight["opens"]
    if isinstance(purpose, Own) and "*" not in opens:
        raise NotHere(subject)
    return opens
