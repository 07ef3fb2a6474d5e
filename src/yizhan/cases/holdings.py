"""What somebody's grants come to 岗位所及: queues to take tasks from, items to filter a list by.

Both follow from the grants and from tables that seldom change, so a process remembers them: for somebody with
580 roles working them out costs more than the list they are for. What is remembered holds as long as the grants
are the very same object (the mark of rights sees to that) and nothing was added to the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from yizhan.cases.catalogue import title_column
from yizhan.identity.actor import Actor, Grant

Items = tuple[tuple[str, str], ...]
_ASKED = "holdings_of_cases"
_REMEMBERED = 512  # people; 580 queues and items take about 100 kB
_MANY = 64  # queues; fewer are looked up one by one
_GOOD_PART = 4  # a quarter

_Key = tuple[int | None, int | None, int | None, str]
_known: dict[_Key, _Known] = {}


@dataclass(frozen=True)
class Holdings:
    """Queues by their numbers; items as code and title, by title, in the language of the page.

    ``broad`` says that the queues are a good part of all there are: how a list is best read depends on it.
    """

    queues: tuple[int, ...] = ()
    items: Items = ()
    broad: bool = False


@dataclass(frozen=True)
class _Known:
    grants: tuple[Grant, ...]
    tables: tuple[Any, ...]
    holdings: Holdings


def of(actor: Actor) -> Holdings:
    """What an actor's grants come to; one statement when it is remembered, three when not.

    An actor lives as long as a request, and is asked once.
    """
    asked = vars(actor)
    if _ASKED not in asked:
        asked[_ASKED] = _of(actor) if actor.grants else Holdings()
    found: Holdings = asked[_ASKED]
    return found


def _of(actor: Actor) -> Holdings:
    key = (actor.account_id, actor.post_id, actor.delegation_id, get_language() or "")
    tables = _tables()
    known = _known.get(key)
    if known is None or known.grants is not actor.grants or known.tables != tables:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        queues = _queues(actor)
        held = Holdings(queues, _items(actor), _broad(queues, of_all=tables[0]))
        known = _known[key] = _Known(actor.grants, tables, held)
    return known.holdings


def _broad(queues: Sequence[int], of_all: int) -> bool:
    """Whether these are many, a good part of all, and lie close together."""
    if len(queues) < _MANY:
        return False
    return len(queues) * _GOOD_PART >= max(of_all, queues[-1] - queues[0] + 1)


def _tables() -> tuple[Any, ...]:
    """How many rows there are and which is the last: rows are added, and a late commit changes the number."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select q.count, q.max, r.count, r.max
               from (select count(*), max(id) from cases_queue) q, (select count(*), max(id) from releases_release) r"""
        )
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _queues(actor: Actor) -> tuple[int, ...]:
    """Role and reach of every grant, in one statement."""
    grants = actor.grants
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct q.id
               from cases_queue q
               join unnest(%s::text[], %s::text[], %s::text[], %s::text[]) as g (role, reach, path, area)
                 on g.role = q.role
                and case g.reach
                      when 'all' then true
                      when 'own_unit' then q.unit_path = g.path
                      when 'unit_subtree' then starts_with(q.unit_path, g.path)
                      else starts_with(q.unit_path, g.path)
                           or (g.area <> '' and starts_with(q.area, g.area))
                    end
               order by q.id""",
            [
                [grant.role for grant in grants],
                [grant.reach for grant in grants],
                [grant.unit_path for grant in grants],
                [grant.area for grant in grants],
            ],
        )
        return tuple(number for (number,) in cursor.fetchall())


def _items(actor: Actor) -> Items:
    """The items that the packs of one's roles hold."""
    packs = sorted({role.partition(".")[0] for role in actor.roles})
    title = title_column()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select i.code, i.{title} from cases_item i join releases_release r on r.id = i.release_id
                where i.in_use and r.pack = any(%s) order by i.sort""",  # noqa: S608 (one of two columns)
            [packs],
        )
        return tuple(cursor.fetchall())
