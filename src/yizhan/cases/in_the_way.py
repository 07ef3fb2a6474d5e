"""An earlier case that stands in the way 已有办件: for items of which a person has one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connection

from yizhan.cases.item import ItemDefinition

State = Literal["under_way", "in_force"]


@dataclass(frozen=True)
class Earlier:
    """The case that is there already.

    Attributes:
        number: empty for whoever may not see that case.
        state: handed in and not yet decided, or granted and in force.
        since: when it was handed in, or decided.
    """

    number: str
    state: State
    since: datetime


def earlier(item: ItemDefinition, subject: str) -> Earlier | None:
    """The case because of which nothing can be handed in for somebody now, if there is one.

    The database answers about those only for whom the scope lets one open a case.
    """
    if item.at_a_time != "one":
        return None
    with connection.cursor() as cursor:
        cursor.execute("select number, state, since from case_in_the_way(%s, %s)", [item.code, subject])
        found = cursor.fetchone()
    return Earlier(found[0] or "", found[1], found[2]) if found else None


def one_by_one(item_code: str, subject: str) -> None:
    """Let whoever else begins or hands in the same for the same person wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [item_code, subject])
