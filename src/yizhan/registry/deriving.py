"""Working out again what is worked out of names 派生列重算: how persons are sorted and found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from uuid import UUID

from django.db import connection

from yizhan.identity import scope
from yizhan.registry import names

SET = 20_000
"""Persons of one set; each set is a transaction of its own."""
_FIRST = UUID(int=0)


@lru_cache(maxsize=50_000)
def found_by(name: str, former: str = "") -> tuple[str, list[str]]:
    """The sort key and the tokens: a million people share a tenth as many names."""
    return names.sort_key(name), names.tokens(name, former)


def of_persons(persons: Sequence[UUID]) -> int:
    """Work out again for these persons, in the scope that may change them; how many were not as they should be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct name, former_name from registry_person where id = any(%s)", [list(persons)]
        )
        known = cursor.fetchall()
        cursor.execute(_UPDATE.format(which="p.id = any(%s)"), [*_columns(known), list(persons)])
        return int(cursor.rowcount)


def all_again(after: UUID = _FIRST) -> Iterator[tuple[UUID, int, int]]:
    """Work out again for everybody, set by set, as a service of the house.

    Who is as she should be is left alone, so that another run goes quickly over what an earlier one did.

    Yields:
        the last person of the set, how many persons were in it, and how many were not as they should be.
    """
    while True:
        with scope.service(), connection.cursor() as cursor:
            cursor.execute(_SET, [after, SET])
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            known = dict.fromkeys(row[1:] for row in rows)
            cursor.execute(
                _UPDATE.format(which="p.id > %s and p.id <= %s"), [*_columns(list(known)), after, last]
            )
            changed = cursor.rowcount
        yield last, len(rows), changed
        after = last


_SET = "select id, name, former_name from registry_person where id > %s order by id limit %s"
_UPDATE = """
    with d as materialized (
        select name, former, sort, tokens::tsvector as tokens
        from unnest(%s::text[], %s::text[], %s::text[], %s::text[]) as given(name, former, sort, tokens))
    update registry_person p set name_sort = d.sort, name_tokens = d.tokens
    from d
    where p.name = d.name and p.former_name = d.former and {which}
      and (p.name_sort <> d.sort or p.name_tokens <> d.tokens)
"""


def _columns(known: Sequence[tuple[str, str]]) -> list[list[str]]:
    derived = [found_by(*pair) for pair in known]
    return [
        [name for name, _former in known],
        [former for _name, former in known],
        [sort for sort, _tokens in derived],
        [" ".join(_lexeme(token) for token in tokens) for _sort, tokens in derived],
    ]


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
