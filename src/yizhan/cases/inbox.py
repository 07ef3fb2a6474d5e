"""Lists of tasks for the desk: as many statements for somebody with 580 roles as for somebody with one.

First the queues the actor may take from (``holdings``), then the page of the list (``task_sources``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from yizhan import clock, hanzi
from yizhan.calendar.daytable import Table
from yizhan.cases import task_sources
from yizhan.cases.task_sources import Condition, Light
from yizhan.database.asking import Question, ask
from yizhan.identity.actor import Actor

PAGE = 50
MOST_COUNTED = 100

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
    kind: str
    urged: int


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


_COLUMN_NAMES = [one.name for one in fields(Line)]
_COLUMNS = ", ".join({"task_id": "id"}.get(name, name) for name in _COLUMN_NAMES)


def tasks(actor: Actor, wanted: Wanted, table: Table | None = None) -> Page:
    """A page of tasks, the most urgent first (done ones: the latest first).

    Here and below ``table`` is the calendar in force, where whoever asks has it already.
    """
    offset = (max(wanted.page, 1) - 1) * PAGE
    found = _done(actor, wanted, offset) if wanted.tab == "done" else _open(actor, wanted, offset, table)
    return Page(found[:PAGE], wanted.page, len(found) > PAGE)


def counts(actor: Actor, table: Table | None = None) -> Counts:
    """The numbers over the list, each counted up to a limit only."""
    statement, values = _first(actor, "due_at, warn_at, assignee")
    numbers, its_values = _numbering(actor, over="")
    with connection.cursor() as cursor:
        cursor.execute(f"select {numbers} from ({statement}) first", [*its_values, *values])  # noqa: S608
        return _counted(actor, table, cursor.fetchone())


def front(actor: Actor, table: Table | None = None) -> tuple[Page, Counts]:
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
    page = Page([Line(*row[:width]) for row in rows[:PAGE]], 1, len(rows) > PAGE)
    return page, _counted(actor, table, counted)


def waiting(actor: Actor) -> Question:
    """How many tasks one could work on, counted up to the limit only: the number in the menu of every page."""
    return task_sources.count(task_sources.sources(actor), Condition(), MOST_COUNTED)


def _first(actor: Actor, columns: str) -> tuple[str, list[Any]]:
    """Of what one could work on, as much as is counted, the most urgent first."""
    statement, values = task_sources.union(task_sources.sources(actor), Condition(), columns, MOST_COUNTED)
    return f"{statement} limit {MOST_COUNTED}", values


def _numbering(actor: Actor, over: str) -> tuple[str, list[Any]]:
    """How many there are, of them in one's hands, late, soon due; ``over`` makes it window functions."""
    now = clock.now()
    kinds = ("", "assignee = %s", "due_at < %s", "due_at >= %s and warn_at < %s")
    numbers = [f"count(*){f' filter (where {kind})' if kind else ''}{over}" for kind in kinds]
    return ", ".join(numbers), [actor.account_id, now, now, now]


def _counted(actor: Actor, table: Table | None, numbers: Sequence[int]) -> Counts:
    """The numbers; where there are more than were read, what stands further behind is counted by itself."""
    todo, mine, late, soon = numbers
    if todo == MOST_COUNTED:
        further = ask(
            {
                "mine": task_sources.count([task_sources.mine(actor)], Condition(), MOST_COUNTED),
                "soon": task_sources.count(
                    task_sources.sources(actor), task_sources.of_light("soon", table), MOST_COUNTED
                ),
            }
        )
        mine, soon = further["mine"], further["soon"]
    return Counts(todo, mine, late, soon)


def _open(actor: Actor, wanted: Wanted, offset: int, table: Table | None) -> list[Line]:
    shared = _shared(wanted)
    if wanted.light:
        shared.join(task_sources.of_light(wanted.light, table))
    sources = task_sources.sources(actor) if wanted.tab == "todo" else [task_sources.mine(actor)]
    statement, values = task_sources.union(sources, shared, _COLUMNS, offset + PAGE + 1)
    return _lines(f"{statement} limit {PAGE + 1} offset {offset}", values)


def _done(actor: Actor, wanted: Wanted, offset: int) -> list[Line]:
    shared = _shared(wanted)
    condition = " and ".join(["done_by = %s", "state = 'done'", *shared.words])
    statement = (
        f"select {_COLUMNS} from cases_task where {condition} "  # noqa: S608
        f"order by done_at desc limit {PAGE + 1} offset {offset}"
    )
    return _lines(statement, [actor.account_id, *shared.values])


def _shared(wanted: Wanted) -> Condition:
    condition = Condition()
    if wanted.item:
        condition.add("item = %s", wanted.item)
    if wanted.words:
        words = hanzi.fold(wanted.words)
        condition.add("(starts_with(number, %s) or strpos(origin, %s) > 0)", words.upper(), words)
    return condition


def _lines(statement: str, values: list[Any]) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Line(*row) for row in cursor.fetchall()]
