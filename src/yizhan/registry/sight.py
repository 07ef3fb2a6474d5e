"""How far one sees into somebody's data 可见范围, where no value of the register itself is asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from django.db import connection

from yizhan.journal import access
from yizhan.registry.catalogue import CATEGORIES
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import ForCase, Own, Purpose


def shown() -> tuple[str, ...]:
    """The categories that a person's file has for whoever is in scope, in their order (``registry_shown``).

    Several roles show theirs together; a role that names none shows all. What is not among them is not there: neither its
    fields, nor their past, nor their unmasking.
    """
    with connection.cursor() as cursor:
        cursor.execute("select registry_shown()")
        (limits,) = cursor.fetchone() or ([],)
    return tuple(name for name in CATEGORIES if limits is None or name in limits)


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
