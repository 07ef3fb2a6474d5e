"""A hundred thousand open tasks: the demo's undecided cases, written again and again by set-based statements.

Every copy is a whole case: filing, passages, clocks, messages, and a chain of events whose hashes are right,
so that its page is the page of a real case. Batches are committed one by one; a second run goes on.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from tests.benchmarks.rig import services
from yizhan.cases import ledger
from yizhan.cases.models import Case, Event, Queue, Task
from yizhan.identity.models import Unit

MANY = 100_000
_BATCH = 10_000
_WEEKS_EARLIER = (0, 0, 0, 0, 1, 1, 2)  # most tasks are of these days, some are older

# Columns of the copies; timestamps move by the copy's shift, every other column is the original's.
_CHANGED = {
    "cases_case": {"id": "c.id", "number": "c.number", "item_id": "c.item", "release_id": "c.release"},
    "cases_task": {"case_id": "c.id", "number": "c.number", "item": "c.item", "release": "c.release",
                   "queue_id": "case when t.state = 'open' then c.queue else t.queue_id end"},
    **{f"cases_{part}": {"case_id": "c.id"}
       for part in ("filing", "acceptance", "passage", "scope", "token", "clock", "span")},
    "notices_message": {"id": "md5(t.id::text || c.n)::uuid", "subject": "'case:' || c.number",
                        "release_id": "c.release"},
    "notices_delivery": {"id": "md5(t.id::text || c.n)::uuid", "message_id": "md5(t.message_id::text || c.n)::uuid"},
}  # fmt: skip
_JOINED = {
    "cases_case": "t.id = c.template",
    "notices_message": "t.subject = 'case:' || c.template_number",
    "notices_delivery": "t.message_id = any (c.messages)",
}


def enter() -> None:
    """Write the copies that are missing, then let the planner know."""
    templates = _templates()
    made = Case.objects.filter(item__code__startswith="service").count()
    for first in range(made, MANY, _BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            _plan(cursor, templates, range(first, min(first + _BATCH, MANY)))
            for table in _CHANGED:
                cursor.execute(_statement(cursor, table))
            _events(cursor, templates)
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")


def _templates() -> list[Case]:
    """Cases of the demo that wait for the decision."""
    waiting = Task.objects.filter(state="open", node="decision", item="elderly_allowance").values("case_id")
    return list(Case.objects.filter(id__in=waiting).order_by("id"))


def _plan(cursor: CursorWrapper, templates: list[Case], numbers: range) -> None:
    """A row for each copy: of which case, under which number, of which item, how much earlier."""
    cursor.execute(
        """create temporary table copies (n int, template bigint, template_number text, messages uuid[],
               id bigint, number text, item text, release bigint, queue bigint, shift interval) on commit drop"""
    )
    releases, queues = _releases(cursor), _queues()
    with cursor.copy(
        "copy copies (n, template, template_number, number, item, release, queue, shift) from stdin"
    ) as rows:
        for n in numbers:
            template, code = templates[n % len(templates)], services.code(n % services.MANY + 1)
            shift = -timedelta(weeks=_WEEKS_EARLIER[n % len(_WEEKS_EARLIER)])
            number = f"{template.number[:12]}{n + 100_000}"
            rows.write_row(
                (n, template.id, template.number, number, code, releases[code], queues[code], shift)
            )
    cursor.execute("update copies set id = nextval(pg_get_serial_sequence('cases_case', 'id'))")
    cursor.execute(
        """update copies set messages = array(
               select id from notices_message where subject = 'case:' || template_number)"""
    )
    cursor.execute("analyze copies")


def _releases(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute("select code, release_id from cases_item")
    return dict(cursor.fetchall())


def _queues() -> dict[str, int]:
    """The queue of every item's decision."""
    unit = Unit.objects.get(code="440104-mz")
    found = {}
    for number in range(1, services.MANY + 1):
        code = services.code(number)
        queue, _made = Queue.objects.get_or_create(
            role=f"{code}.approver",
            unit=unit.code,
            defaults={"unit_path": unit.path, "area": unit.division},
        )
        found[code] = queue.pk
    return found


def _statement(cursor: CursorWrapper, table: str) -> str:
    """The statement that writes a table's rows of the planned copies."""
    cursor.execute(
        """select column_name, data_type, is_identity from information_schema.columns
           where table_schema = 'public' and table_name = %s order by ordinal_position""",
        [table],
    )
    changed, columns, values = _CHANGED[table], [], []
    for column, kind, identity in cursor.fetchall():
        if identity == "YES" and column not in changed:
            continue
        columns.append(column)
        moved = f"t.{column} + c.shift" if kind == "timestamp with time zone" else f"t.{column}"
        values.append(changed.get(column, moved))
    joined = _JOINED.get(table, "t.case_id = c.template")
    return f"insert into {table} ({', '.join(columns)}) select {', '.join(values)} from {table} t join copies c on {joined}"


def _events(cursor: CursorWrapper, templates: list[Case]) -> None:
    """The chains of the planned copies, each with its own hashes, and the commands they answered."""
    chains = {case.id: list(Event.objects.filter(case=case).order_by("rev")) for case in templates}
    names = [field.column for field in Event._meta.concrete_fields]
    cursor.execute("create temporary table chains (like cases_event) on commit drop")
    cursor.execute("select template, id, shift from copies order by id")
    copies = cursor.fetchall()
    with cursor.copy(f"copy chains ({', '.join(names)}) from stdin") as rows:
        for template, case, shift in copies:
            for event in _chain(chains[template], case, shift):
                rows.write_row(
                    [_plain(getattr(event, field.attname)) for field in Event._meta.concrete_fields]
                )
    cursor.execute(f"insert into cases_event ({', '.join(names)}) select {', '.join(names)} from chains")
    cursor.execute(
        """insert into cases_command (id, case_id, actor, kind, answer, at)
           select command, case_id, actor, kind, '{}', at from chains"""
    )


def _chain(originals: list[Event], case: int, shift: timedelta) -> Iterator[Event]:
    previous = ""
    for original in originals:
        event = copy.copy(original)
        event.case_id, event.command = case, uuid.uuid4()
        event.at, event.previous = original.at + shift, previous
        event.hash = previous = ledger.digest(event)
        yield event


def _plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value
