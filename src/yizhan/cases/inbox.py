"""Lists of tasks for the desk: as many statements for somebody with 580 roles as for somebody with one.

First the queues the actor may take from (``holdings``), then the page of the list. The queues go into the statement as a
literal, so that the planner knows whether it is one of six hundred or all of them, and chooses between the
index of the queue and the index of the due time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from yizhan import calendar, clock, hanzi
from yizhan.cases import holdings, limits
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

    def join(self, other: _Condition) -> None:
        self.words += other.words
        self.values += other.values


_COLUMN_NAMES = [one.name for one in fields(Line)]
_COLUMNS = ", ".join({"task_id": "id"}.get(name, name) for name in _COLUMN_NAMES)
_Source = tuple[str, Any]


def tasks(actor: Actor, wanted: Wanted) -> Page:
    """A page of tasks, the most urgent first (done ones: the latest first)."""
    offset = (max(wanted.page, 1) - 1) * PAGE
    found = _done(actor, wanted, offset) if wanted.tab == "done" else _open(actor, wanted, offset)
    return Page(found[:PAGE], wanted.page, len(found) > PAGE)


def counts(actor: Actor) -> Counts:
    """The numbers over the list, each counted up to a limit only."""
    statement, values = _first(actor, "due_at, warn_at, assignee")
    numbers, its_values = _numbering(actor, over="")
    with connection.cursor() as cursor:
        cursor.execute(f"select {numbers} from ({statement}) first", [*its_values, *values])  # noqa: S608
        return _counted(actor, *cursor.fetchone())


def front(actor: Actor) -> tuple[Page, Counts]:
    """The first page of what is to do, and the numbers over it: one look at the tasks does for both."""
    statement, values = _first(actor, _COLUMNS)
    numbers, its_values = _numbering(actor, over=" over ()")
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {_COLUMNS}, {numbers} from ({statement}) first order by due_at, id limit {PAGE + 1}",  # noqa: S608
            [*its_values, *values],
        )
        rows = cursor.fetchall()
    width = len(_COLUMN_NAMES)
    counted = rows[0][width:] if rows else (0, 0, 0, 0)
    return Page([Line(*row[:width]) for row in rows[:PAGE]], 1, len(rows) > PAGE), _counted(actor, *counted)


def waiting(actor: Actor) -> int:
    """How many tasks one could work on, counted up to the limit only: the number in the menu of every page."""
    return _numbers((_sources(actor), _Condition()))[0]


def _first(actor: Actor, columns: str) -> tuple[str, list[Any]]:
    """Of what one could work on, as much as is counted, the most urgent first."""
    statement, values = _union(_sources(actor), _Condition(), columns, MOST_COUNTED)
    return f"{statement} limit {MOST_COUNTED}", values


def _numbering(actor: Actor, over: str) -> tuple[str, list[Any]]:
    """How many there are, of them in one's hands, late, soon due; ``over`` makes it window functions."""
    now = clock.now()
    kinds = ("", "assignee = %s", "due_at < %s", "due_at >= %s and warn_at < %s")
    numbers = [f"count(*){f' filter (where {kind})' if kind else ''}{over}" for kind in kinds]
    return ", ".join(numbers), [actor.account_id, now, now, now]


def _counted(actor: Actor, todo: int, mine: int, late: int, soon: int) -> Counts:
    """The numbers; where there are more than were read, what stands further behind is counted by itself."""
    if todo == MOST_COUNTED:
        mine, soon = _numbers(([_mine(actor)], _Condition()), (_sources(actor), _of_light("soon")))
    return Counts(todo, mine, late, soon)


def _numbers(*wanted: tuple[list[_Source], _Condition]) -> list[int]:
    """How many there are of each, counted up to the limit; one statement."""
    parts, values = [], []
    for sources, shared in wanted:
        statement, its_values = _union(sources, shared, "due_at", MOST_COUNTED)
        parts.append(f"(select count(*) from ({statement} limit {MOST_COUNTED}) x)")  # noqa: S608
        values += its_values
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(parts)}", values)
        return list(cursor.fetchone())


def _open(actor: Actor, wanted: Wanted, offset: int) -> list[Line]:
    shared = _shared(wanted)
    if wanted.light:
        shared.join(_of_light(wanted.light))
    sources = _sources(actor) if wanted.tab == "todo" else [_mine(actor)]
    statement, values = _union(sources, shared, _COLUMNS, offset + PAGE + 1)
    return _lines(f"{statement} limit {PAGE + 1} offset {offset}", values)


def _mine(actor: Actor) -> _Source:
    return "assignee = %s", actor.account_id


def _sources(actor: Actor) -> list[_Source]:
    """What lies in one's hands, and what is free in one's queues."""
    queues = holdings.of(actor).queues
    return [_mine(actor), ("assignee is null and queue_id = any(%s::bigint[])", _literal(queues))]


def _of_light(light: Light) -> _Condition:
    condition, now = _Condition(), clock.now()
    if light == "late":
        condition.add("due_at < %s", now)
    elif light == "soon":
        # The second bound says nothing new; it lets an index answer.
        condition.add("warn_at < %s and due_at >= %s and due_at <= %s", now, now, _warned_until())
    else:
        condition.add("(warn_at is null or warn_at >= %s)", now)
    return condition


def _warned_until() -> datetime:
    return limits.warned_until(calendar.table(), clock.now())


def _union(sources: list[_Source], shared: _Condition, columns: str, most: int) -> tuple[str, list[Any]]:
    """One statement over all sources, each read no further than wanted; the caller adds the limit."""
    parts, values = [], []
    read = columns if columns == _COLUMNS else f"{columns}, id"
    order = "order by due_at, id"
    for words, value in sources:
        condition = " and ".join(["state = 'open'", "audience = 'staff'", words, *shared.words])
        parts.append(f"(select {read} from cases_task where {condition} {order} limit {most})")  # noqa: S608
        values += [value, *shared.values]
    return f"select {columns} from ({' union all '.join(parts)}) task {order}", values  # noqa: S608


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
