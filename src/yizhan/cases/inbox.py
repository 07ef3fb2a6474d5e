"""Lists of tasks for the desk: two statements, whatever rights somebody has.

First the queues the actor may take from, then the page of the list. The queues go into the statement as a
literal, so that the planner knows whether it is one of six hundred or all of them, and chooses between the
index of the queue and the index of the due time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from yizhan import clock, hanzi
from yizhan.cases.models import Queue
from yizhan.identity.actor import Actor

PAGE = 50
MOST_COUNTED = 100

Light = Literal["late", "soon", "normal"]
Tab = Literal["todo", "mine", "done"]


@dataclass(frozen=True)
class Wanted:
    """What a list is filtered by."""

    tab: Tab = "todo"
    light: Light | None = None
    item: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One line of a list of tasks; nothing that the list does not show."""

    case_id: int
    task_id: int
    number: str
    item: str
    release: int
    node: str
    subject_mask: str
    origin: str
    opened_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    assignee: int | None
    done_at: datetime | None
    action: str


@dataclass(frozen=True)
class Page:
    """A page of lines; whether another one follows is known, how many there are in all is not counted."""

    lines: list[Line]
    number: int
    more: bool


@dataclass(frozen=True)
class Counts:
    """Numbers for the head of the desk, counted no further than :data:`MOST_COUNTED`."""

    todo: int
    mine: int
    late: int
    soon: int


@dataclass
class _Condition:
    words: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, words: str, *values: Any) -> None:
        self.words.append(words)
        self.values.extend(values)


_COLUMNS = """case_id, id, number, item, release, node, subject_mask, origin,
              opened_at, due_at, warn_at, assignee, done_at, action"""


def queues_of(actor: Actor) -> list[int]:
    """The queues an actor may take tasks from: role and reach of every grant, in one statement."""
    if not actor.grants:
        return []
    grants = actor.grants
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select coalesce(array_agg(distinct q.id), '{{}}')
                from {Queue._meta.db_table} q
                join unnest(%s::text[], %s::text[], %s::text[], %s::text[]) as g (role, reach, path, area)
                  on g.role = q.role
                 and case g.reach
                       when 'all' then true
                       when 'own_unit' then q.unit_path = g.path
                       when 'unit_subtree' then starts_with(q.unit_path, g.path)
                       else starts_with(q.unit_path, g.path)
                            or (g.area <> '' and starts_with(q.area, g.area))
                     end""",  # noqa: S608 (a table's name)
            [
                [grant.role for grant in grants],
                [grant.reach for grant in grants],
                [grant.unit_path for grant in grants],
                [grant.area for grant in grants],
            ],
        )
        return list(cursor.fetchone()[0])


def tasks(actor: Actor, wanted: Wanted) -> Page:
    """A page of tasks, the most urgent first (done ones: the latest first)."""
    offset = (max(wanted.page, 1) - 1) * PAGE
    found = _done(actor, wanted, offset) if wanted.tab == "done" else _open(actor, wanted, offset)
    return Page(found[:PAGE], wanted.page, len(found) > PAGE)


def counts(actor: Actor, queues: Sequence[int] | None = None) -> Counts:
    """The numbers over the list, each counted up to a limit only."""
    mine = list(queues) if queues is not None else queues_of(actor)
    now = clock.now()
    todo = "(assignee = %s or (assignee is null and queue_id = any(%s::bigint[])))"
    who: list[Any] = [actor.account_id, _literal(mine)]
    capped = """(select count(*) from (select 1 from cases_task
                 where state = 'open' and audience = 'staff' and {} limit {}) x)"""
    parts = [
        (todo, who),
        ("assignee = %s", [actor.account_id]),
        (f"due_at < %s and {todo}", [now, *who]),
        (f"warn_at < %s and due_at >= %s and {todo}", [now, now, *who]),
    ]
    statement = "select " + ", ".join(capped.format(words, MOST_COUNTED) for words, _ in parts)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _, values in parts for value in values])
        return Counts(*cursor.fetchone())


def _open(actor: Actor, wanted: Wanted, offset: int) -> list[Line]:
    shared = _shared(wanted)
    now = clock.now()
    if wanted.light == "late":
        shared.add("due_at < %s", now)
    elif wanted.light == "soon":
        shared.add("warn_at < %s and due_at >= %s", now, now)
    elif wanted.light == "normal":
        shared.add("(warn_at is null or warn_at >= %s)", now)
    sources: list[tuple[str, Any]] = [("assignee = %s", actor.account_id)]
    if wanted.tab == "todo":
        sources.append(("assignee is null and queue_id = any(%s::bigint[])", _literal(queues_of(actor))))
    last = offset + PAGE + 1
    parts, values = [], []
    for words, value in sources:
        condition = " and ".join(["state = 'open'", "audience = 'staff'", words, *shared.words])
        parts.append(
            f"(select {_COLUMNS} from cases_task where {condition} order by due_at, id limit {last})"  # noqa: S608
        )
        values += [value, *shared.values]
    statement = f"{' union all '.join(parts)} order by due_at, id limit {PAGE + 1} offset {offset}"
    return _lines(statement, values)


def _done(actor: Actor, wanted: Wanted, offset: int) -> list[Line]:
    shared = _shared(wanted)
    condition = " and ".join(["done_by = %s", "state = 'done'", *shared.words])
    statement = (
        f"select {_COLUMNS} from cases_task where {condition} "  # noqa: S608
        f"order by done_at desc limit {PAGE + 1} offset {offset}"
    )
    return _lines(statement, [actor.account_id, *shared.values])


def _shared(wanted: Wanted) -> _Condition:
    condition = _Condition()
    if wanted.item:
        condition.add("item = %s", wanted.item)
    if wanted.words:
        words = hanzi.fold(wanted.words)
        condition.add("(starts_with(number, %s) or strpos(origin, %s) > 0)", words.upper(), words)
    return condition


def _literal(ids: Sequence[int]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


def _lines(statement: str, values: list[Any]) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Line(*row) for row in cursor.fetchall()]
