"""How far one sees into somebody's data 可见范围, where no value of the register itself is asked for."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from yizhan.journal import access
from yizhan.registry.catalogue import CATEGORIES
from yizhan.registry.facts import opens, person_id
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
    return _in_order(limits)


@dataclass(frozen=True)
class Look:
    """A look at somebody for a purpose 查看: whoever tells more of the person asks it instead of the database.

    Attributes:
        subject: ``person:<uuid>``.
        purpose: why.
        opened: the categories that the database opens (``registry_sight``), or ``*`` for all.
        shown: the categories that are there for whoever is in scope, in their order.
    """

    subject: str
    purpose: Purpose
    opened: Collection[str]
    shown: tuple[str, ...]

    @property
    def person(self) -> uuid.UUID:
        """The person's key."""
        return person_id(self.subject)

    def opens(self, key: str) -> bool:
        """Whether the value of a key is told in full."""
        return opens(self.opened, key)

    def at(self, keys: Iterable[str], *, of: Iterable[str] = ()) -> None:
        """Note for the access log what is told of the person, or ``of`` others beside."""
        access.saw(list(of) or [self.subject], keys, purpose=str(self.purpose))


def look(subject: str, *, purpose: Purpose) -> Look:
    """Look at somebody for a purpose; one statement.

    Args:
        subject: ``person:<uuid>``.
        purpose: why.

    Raises:
        NotHere: no such person in the present scope, or the purpose is ``Own`` and it is somebody else.
        NobodyLooks: outside of a request or a worker's step that keeps an access log.
    """
    person = person_id(subject)
    access.saw([subject], (), purpose=str(purpose))
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from registry_person where id = %s), registry_sight(%s, %s), registry_shown()",
            [person, person, isinstance(purpose, ForCase)],
        )
        here, told, limits = cursor.fetchone() or (False, "{}", [])
    if not here:
        raise NotHere(subject)
    sight = json.loads(told)
    if sight["marks"]:
        access.saw([subject], (), purpose=str(purpose), marks=sight["marks"])
    if isinstance(purpose, Own) and "*" not in sight["opens"]:
        raise NotHere(subject)
    return Look(subject, purpose, sight["opens"], _in_order(limits))


def _in_order(limits: Collection[str] | None) -> tuple[str, ...]:
    return tuple(name for name in CATEGORIES if limits is None or name in limits)
