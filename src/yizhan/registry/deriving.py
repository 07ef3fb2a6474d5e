"""Working out again what is worked out of names 派生列重算: how persons are sorted and found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from yizhan.identity import scope
from yizhan.registry import names

SET = 20_000
"""Persons of one set; each set is a transaction of its own."""
FIRST, _LAST = UUID(int=0), UUID(int=2**128 - 1)


@lru_cache(maxsize=200_000)
def found_by(name: str, former: str = "") -> tuple[str, list[str]]:
    """The sort key and the tokens: a million people share a tenth as many names."""
    return names.sort_key(name), names.tokens(name, former)


def of_persons(persons: Sequence[UUID]) -> int:
    """Work out again for these persons, in the scope that may change them; how many were not as they should be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, name, former_name from registry_person where id = any(%s)", [list(persons)]
        )
        return _put_right(cursor, cursor.fetchall())


def all_again(after: UUID = FIRST, until: UUID | None = None) -> Iterator[tuple[UUID, int, int]]:
    """Work out again for everybody, set by set, as a service of the house.

    Who is as she should be is left alone, so that another run goes quickly over what an earlier one did.

    Args:
        after: only persons after this one.
        until: only persons up to this one; all of them if left out.

    Yields:
        the last person of the set, how many persons were in it, and how many were not as they should be.
    """
    while True:
        with scope.service(), connection.cursor() as cursor:
            cursor.execute(_SET, [after, until or _LAST, SET])
            changed = _put_right(cursor, rows := cursor.fetchall())
        if not rows:
            return
        after = rows[-1][0]
        yield after, len(rows), changed


def middle() -> UUID | None:
    """The person in the middle: two can then work, each on a half. None where there are too few for that."""
    with scope.service(), connection.cursor() as cursor:
        cursor.execute(
            "select id from registry_person order by id offset (select count(*) / 2 from registry_person) limit 1"
        )
        row = cursor.fetchone()
    return row[0] if row else None


def leave() -> None:
    """Let go of this thread's connection."""
    connection.close()


INDEX, INDEXED = (
    "registry_person_found",
    "create index if not exists registry_person_found on registry_person "
    "using gin (name_tokens, registry_areas_of(register_division, living_division))",
)
"""The index by which names are found, and how it is made again (``migrations/0015_finding``)."""

_SET = "select id, name, former_name from registry_person where id > %s and id <= %s order by id limit %s"
_UPDATE = """
    update registry_person p set name_sort = d.sort, name_tokens = d.tokens
    from (select id, name, former, sort, tokens::tsvector as tokens from unnest(
        %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[]) as given(id, name, former, sort, tokens)) d
    where p.id = d.id and p.name = d.name and p.former_name = d.former
      and (p.name_sort <> d.sort or p.name_tokens <> d.tokens)
"""


def _put_right(cursor: CursorWrapper, rows: Sequence[tuple[UUID, str, str]]) -> int:
    """Joined by key, since a join by name is planned badly for names that the planner has not counted."""
    if not rows:
        return 0
    derived = [_found_by(name, former) for _id, name, former in rows]
    cursor.execute(_UPDATE, [*map(list, zip(*rows, strict=True)), *map(list, zip(*derived, strict=True))])
    return int(cursor.rowcount)


@lru_cache(maxsize=200_000)
def _found_by(name: str, former: str) -> tuple[str, str]:
    """As ``found_by``, the tokens written as PostgreSQL reads them."""
    sort, tokens = found_by(name, former)
    return sort, " ".join(_lexeme(token) for token in tokens)


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
