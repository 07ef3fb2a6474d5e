"""A million open tasks, entered and taken away again 百万待办: of them a thousand are one person's."""

from __future__ import annotations

from typing import Any

import psycopg

ALL, MINE = 1_000_000, 1_000
_CASES, _BLOCK = 20_000, 50_000
_BASE = 1_000_000_000  # numbers of cases that nobody else has
_PEOPLE, _QUEUES = 3_000, 2_000  # whose the other tasks are

# Copies of one case and of one of its tasks, and queues for them; every column is the original's but those that are named.
_CASE = """
    insert into cases_case select (jsonb_populate_record(original, jsonb_build_object(
        'id', {base} + n, 'number', 'INBOX-' || n, 'status', 'accepted', 'closed_at', null))).*
    from cases_case original, generate_series({first}, {last}) n where original.id = {case}
"""
_QUEUE = """
    insert into cases_queue (id, role, unit, unit_path, area)
    select {base} + n, 'bench.' || n % 40, 'bench-elsewhere-' || n, '440104/bench-elsewhere-' || n, '440104000000'
    from generate_series(0, {queues} - 1) n
"""
_TASK = """
    insert into cases_task ({columns})
    select {values} from cases_task t, generate_series({first}, {last}) n,
        lateral (select n % {share} = 0 as mine, n / {share} % 2 = 0 as free) whose
    where t.case_id = {case} and t.id = {task}
"""
_CHANGED = {
    "id": "nextval('cases_task_id_seq')",
    "case_id": "{base} + 1 + n % {cases}",
    "state": "'open'",
    "number": "'INBOX-' || 1 + n % {cases}",
    "unit": "case when mine then '{unit}' else 'bench-elsewhere-' || n % 400 end",
    "assignee": "case when mine then case when free then null else {account} end"
    " when n % 2 = 0 then {base} + n % {people} end",
    "queue_id": "case when mine then {queue} else {base} + n % {queues} end",
    "opened_at": "now() - (n % 40) * interval '7 hours'",
    "due_at": "now() + (n % 97) * interval '5 hours'",
    "warn_at": "now() + (n % 97 - 5) * interval '5 hours'",
    "done_at": "null",
    "done_by": "null",
}


def enter(database: psycopg.Connection, account: int, queue: int, unit: str) -> None:
    """Write a million open tasks: a thousand of somebody, half of them in hand, the others of many."""
    case, task = database.execute(
        "select case_id, t.id from cases_task t join cases_case c on c.id = t.case_id"
        " where c.number like 'BENCH-%' and audience = 'staff' order by t.id desc limit 1"
    ).fetchone() or (0, 0)
    given: dict[str, Any] = {
        "base": _BASE, "case": case, "task": task, "account": account, "queue": queue, "unit": unit, "cases": _CASES,
        "people": _PEOPLE, "queues": _QUEUES, "share": ALL // MINE,
    }  # fmt: skip
    names = [
        name
        for (name,) in database.execute(
            "select attname from pg_attribute where attrelid = 'cases_task'::regclass and attnum > 0"
            " and not attisdropped order by attnum"
        )
    ]
    values = ", ".join(_CHANGED.get(name, f't."{name}"') for name in names).format(**given)
    columns = ", ".join(f'"{name}"' for name in names)
    _say(database, _QUEUE.format(**given))
    _say(database, _CASE.format(first=1, last=_CASES, **given))
    for first in range(0, ALL, _BLOCK):
        last = first + _BLOCK - 1
        _say(database, _TASK.format(columns=columns, values=values, first=first, last=last, **given))
    database.execute("vacuum (analyze) cases_task, cases_case, cases_queue")


def clear(database: psycopg.Connection) -> None:
    """Take them away again."""
    _say(database, f"delete from cases_task where case_id > {_BASE}")
    _say(database, f"delete from cases_case where id > {_BASE}")
    _say(database, f"delete from cases_queue where id >= {_BASE}")
    database.execute("vacuum (analyze) cases_task, cases_case, cases_queue")


def _say(database: psycopg.Connection, statement: str) -> None:
    database.execute(statement.encode())
