"""What an account may do today: read in one statement, remembered under the present mark of rights."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.identity.actor import Actor, Grant, Principal
from yizhan.identity.models import Account, Presence
from yizhan.ui.language import in_english

# Accounts whose rights a process remembers; 580 grants take about 50 kB.
_REMEMBERED = 512


@dataclass(frozen=True)
class Choice:
    """One way in which an account may act: in a post of its own, or for a post's holder."""

    appointment_id: int
    delegation_id: int | None
    principal: Principal | None
    is_main: bool
    post_id: int
    post_title: str
    post_title_en: str
    unit: str
    unit_name: str
    unit_name_en: str
    unit_path: str
    grants: tuple[Grant, ...]

    @property
    def key(self) -> str:
        """How a form names it: ``appointment:7`` or ``delegation:3``."""
        own = self.delegation_id is None
        return f"appointment:{self.appointment_id}" if own else f"delegation:{self.delegation_id}"

    @property
    def title(self) -> str:
        """Title of the post on the present page."""
        return self.post_title_en if self.post_title_en and in_english() else self.post_title


def choices(account_id: int, *, mark: uuid.UUID | None = None, day: date | None = None) -> tuple[Choice, ...]:
    """How an account may act today, its main post first; at most one statement, none when remembered.

    Args:
        account_id: whose rights.
        mark: the present mark of rights, read before; without it nothing is remembered.
        day: today if none is named.
    """
    on = day or clock.today()
    return _read(account_id, on) if mark is None else _remembered(account_id, on, mark)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(account_id: int, day: date, mark: uuid.UUID) -> tuple[Choice, ...]:
    return _read(account_id, day)


_HELD = """
    select appointment_id, delegation_id, giver_id, giver_name, is_main, post_id, post_title, post_title_en,
           unit, unit_name, name_en, unit_path, area, roles, reaches
    from identity_held(%s, %s) join identity_unit on code = unit
    order by delegation_id nulls first, is_main desc, appointment_id
"""


def _read(account_id: int, day: date) -> tuple[Choice, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [account_id, day])
        return tuple(_choice(row) for row in cursor.fetchall())


def _choice(row: Sequence[Any]) -> Choice:
    (appointment, delegation, giver, giver_name, is_main, *post, area, roles, reaches) = row
    path = post[6]
    return Choice(
        appointment_id=appointment,
        delegation_id=delegation,
        principal=Principal(giver, giver_name) if delegation is not None else None,
        is_main=is_main,
        post_id=post[0],
        post_title=post[1],
        post_title_en=post[2],
        unit=post[3],
        unit_name=post[4],
        unit_name_en=post[5],
        unit_path=path,
        grants=tuple(
            Grant(intern(role), intern(reach), path, area)  # type: ignore[arg-type]  # a check holds the reach
            for role, reach in zip(roles, reaches, strict=True)
        ),
    )


def chosen(found: Sequence[Choice], presence: Presence) -> Choice | None:
    """The way of acting that a session chose; the main post when that is no longer there."""
    if presence.delegation_id is not None:
        for choice in found:
            if choice.delegation_id == presence.delegation_id:
                return choice
    for choice in found:
        if choice.delegation_id is None and choice.appointment_id == presence.appointment_id:
            return choice
    return default(found)


def default(found: Sequence[Choice]) -> Choice | None:
    """What an account acts as by itself: the main post, else another of its own, never a delegation."""
    return next((choice for choice in found if choice.delegation_id is None), None)


def actor(account: Account, choice: Choice | None) -> Actor:
    """The actor that an account is in a post, or in none."""
    if not account.is_staff_member:
        return Actor(account.pk, "citizen", account.name, assurance=account.assurance)
    if choice is None:
        return Actor(account.pk, "staff", account.name)
    return Actor(
        account_id=account.pk,
        kind="staff",
        name=account.name,
        post_id=choice.post_id,
        post_title=choice.post_title,
        post_title_en=choice.post_title_en,
        unit=choice.unit,
        unit_name=choice.unit_name,
        unit_name_en=choice.unit_name_en,
        unit_path=choice.unit_path,
        on_behalf_of=choice.principal,
        delegation_id=choice.delegation_id,
        grants=choice.grants,
    )


def actor_in(account: Account, post_id: int | None = None) -> Actor:
    """The actor an account is today, in a post of its own; for the command line and for tests.

    Raises:
        LookupError: the account does not hold that post today.
    """
    found = choices(account.pk)
    if post_id is None:
        return actor(account, default(found))
    for choice in found:
        if choice.post_id == post_id and choice.delegation_id is None:
            return actor(account, choice)
    raise LookupError(f"account {account.pk} does not hold post {post_id}")
