"""What each step leaves in the database 逐步核对: its statements, and the rows of its case by kind.

The hand-written table must leave what the product leaves, or nothing is measured. The statements are counted by the
server, beginning and end of the transaction too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import psycopg

from tests.benchmarks.rig.district import District
from tests.benchmarks.rig.flow.engines import Engine

# Rows by kind, told by each engine's own tables; places are where the case stands at that moment.
_OWN_CASE, _HAND_CASE = "(select max(id) from cases_case)", "(select max(id) from hand.filed)"
_OWN_NUMBER = "(select number from cases_case order by id desc limit 1)"
_HAND_NUMBER = "(select number from hand.filed order by id desc limit 1)"
_PARTS = {
    "filings": "filing", "tasks": "task", "clocks": "clock", "timers": "timer", "places": "token", "bodies": "scope",
    "passages": "passage", "events": "event", "commands": "command",
}  # fmt: skip
_OF_HAND = {"token": "place", "scope": "body"}
_OWN = {
    **{kind: f"from cases_{table} where case_id = {_OWN_CASE}" for kind, table in _PARTS.items()},
    "milestones": f"""from (select case_id from cases_acceptance union all select case_id from cases_decision
        union all select case_id from cases_closure) m where case_id = {_OWN_CASE}""",
    "news": f"from journal_news where subject = 'case:' || {_OWN_NUMBER}",
    "papers": f"from records_paper where owner = 'case:' || {_OWN_NUMBER}",
    "approvals": f"""from seals_approval a join records_paper p on a.document = 'paper:' || p.id
        where p.owner = 'case:' || {_OWN_NUMBER}""",
    "effects": f"from journal_effect where starts_with(key, {_OWN_NUMBER})",
    "units": f"from unnest((select units from cases_case where id = {_OWN_CASE}))",
}
_HAND = {
    **{
        kind: f"from hand.{_OF_HAND.get(table, table)} where filed = {_HAND_CASE}"
        for kind, table in _PARTS.items()
    },
    "milestones": f"from hand.milestone where filed = {_HAND_CASE}",
    "news": f"from hand.news where subject = 'case:' || {_HAND_CASE}",
    "papers": f"from hand.paper where owner = 'case:' || {_HAND_CASE}",
    "approvals": f"""from hand.approval a join hand.paper p on a.document = 'paper:' || p.id
        where p.owner = 'case:' || {_HAND_CASE}""",
    "effects": f"from hand.effect where starts_with(key, {_HAND_NUMBER})",
    "units": f"from unnest((select units from hand.filed where id = {_HAND_CASE}))",
}
KINDS = {"own": _OWN, "hand": _HAND}

_CALLS = """
    select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query not like 'SELECT % FROM ONLY %'
"""  # what a foreign key asks at the end of a transaction is nobody's statement


@dataclass(frozen=True)
class Step:
    """A step by name: how many statements it took, and what rows its case has after it."""

    name: str
    statements: int
    rows: dict[str, int]


def at(engines: Iterable[Engine], district: District, departments: int) -> dict[str, list[Step]]:
    """The steps of one case of every engine; the hand-written one must leave what the product leaves."""
    with district.database() as database:
        _counting(database, "top")
        seen = {engine.name: _steps(engine, database, departments) for engine in engines}
        _counting(database, "none")  # counted only where it is not timed
    for own, hand in zip(seen["own"], seen["hand"], strict=True):
        assert (own.name, own.rows) == (hand.name, hand.rows), f"other rows by hand: {own}, {hand}"
    return seen


def clear(district: District) -> None:
    """Take the effects of the measured cases out of the outbox: nobody wants their papers."""
    with district.database() as database:
        database.execute("delete from journal_effect where starts_with(key, 'BENCH-') and done_at is null")


def _steps(engine: Engine, database: psycopg.Connection, departments: int) -> list[Step]:
    found: list[Step] = []
    for _ in range(2):  # once for caches and prepared statements, once to be counted
        found.clear()
        before = _number(database, _CALLS)
        for step in engine.steps(departments):
            calls = _number(database, _CALLS)
            asked = KINDS.get(engine.name, {})
            rows = {kind: _number(database, f"select count(*) {words}") for kind, words in asked.items()}
            found.append(Step(step, calls - before, rows))
            before = calls
    return found


def _counting(database: psycopg.Connection, what: str) -> None:
    """Let the server count statements or not; those of this connection never."""
    database.execute("set pg_stat_statements.track = 'none'")
    database.execute(f"alter system set pg_stat_statements.track = '{what}'")
    database.execute("select pg_reload_conf()")


def _number(database: psycopg.Connection, statement: str) -> int:
    row = database.execute(statement).fetchone()
    assert row is not None
    return int(row[0])
