"""Where a list of tasks is read from 待办来源: one's hands and one's queues, in SQL, narrowed by conditions.

A handful of queues, as most people have, are read one by one, each in the order of its index and no further than
wanted. More go into the statement as a list, which is looked up in the same index. A good part of all queues
goes in as a map, true at the number of each: the index of the due time is read in its order, and every task it finds
is looked up in the map. A list of six hundred would do the same, and the planner would weigh each of them every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from yizhan import calendar, clock
from yizhan.calendar.daytable import Table
from yizhan.cases import ends, holdings
from yizhan.database.asking import Question
from yizhan.identity.actor import Actor

Light = Literal["late", "soon", "normal", "suspended"]
_FEW = 4  # queues; a part of the statement for each
# Few clocks stand still: their cases come first, then the tasks of these are looked at, and no others.
_WITH_ONE = "array(select c.case_id from cases_clock c where c.state = 'suspended')"
# As ``pauses`` finds it: its own clock, or for a task without a limit of its own the case's.
_ITS_OWN = """exists (
    select from cases_clock c
    where c.case_id = cases_task.case_id and c.state = 'suspended'
        and (c.task = cases_task.id
            or c.task is null and cases_task.due_at is null and c.kind in ('acceptance', 'promised'))
)"""
Source = tuple[str, Any]
"""A condition, and the value in it."""


@dataclass
class Condition:
    """Conditions that hold together, and what fills their places."""

    words: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, words: str, *values: Any) -> None:
        """One more."""
        self.words.append(words)
        self.values.extend(values)

    def join(self, other: Condition) -> None:
        """All of the other's."""
        self.words += other.words
        self.values += other.values


def mine(actor: Actor) -> Source:
    """What lies in one's hands."""
    return "assignee = %s", actor.account_id


def sources(actor: Actor) -> list[Source]:
    """What lies in one's hands, and what is free in one's queues."""
    held = holdings.of(actor)
    if len(held.queues) <= _FEW:
        return [mine(actor), *(("assignee is null and queue_id = %s", queue) for queue in held.queues)]
    if held.broad:
        return [mine(actor), ("assignee is null and (%s::boolean[])[queue_id]", _map(held.queues))]
    return [mine(actor), ("assignee is null and queue_id = any(%s::bigint[])", _literal(held.queues))]


def of_light(light: Light, table: Table | None) -> Condition:
    """Late, soon due, standing still or neither; ``table`` is the calendar in force, where whoever asks has it."""
    condition, now = Condition(), clock.now()
    if light == "late":
        condition.add("due_at < %s", now)
    elif light == "soon":
        # The second bound says nothing new; it lets an index answer.
        until = ends.warned_until(table or calendar.table(), now)
        condition.add("warn_at < %s and due_at >= %s and due_at <= %s", now, now, until)
    else:
        condition.add("(warn_at is null or warn_at >= %s)", now)
        if light == "suspended":
            condition.add(
                f"(due_at is null or due_at >= %s) and case_id = any({_WITH_ONE}) and {_ITS_OWN}", now
            )
        else:
            condition.add(f"(case_id <> all({_WITH_ONE}) or not {_ITS_OWN})")
    return condition


def union(sources: list[Source], shared: Condition, columns: str, most: int) -> tuple[str, list[Any]]:
    """One statement over all sources, each read no further than ``most``; the caller adds the limit of all.

    ``columns`` names at least ``due_at``; what orders the tasks is read besides.
    """
    read = [
        f"(select {columns}, id as place {_from(words, shared)} order by due_at, id limit {most})"
        for words, _value in sources
    ]
    return (
        f"select {columns} from ({' union all '.join(read)}) task order by due_at, place",  # noqa: S608
        _values(sources, shared),
    )


def count(sources: list[Source], shared: Condition, most: int) -> Question:
    """How many there are, counted up to ``most`` only."""
    numbers = [
        f"(select count(*) from (select {_from(words, shared)} limit {most}) x)"  # noqa: S608
        for words, _value in sources
    ]
    return Question(f"select least({most}, {' + '.join(numbers)})", _values(sources, shared))


def _from(words: str, shared: Condition) -> str:
    return "from cases_task where " + " and ".join(
        ["state = 'open'", "audience = 'staff'", words, *shared.words]
    )


def _values(sources: list[Source], shared: Condition) -> list[Any]:
    return [value for _words, its in sources for value in (its, *shared.values)]


def _literal(ids: Sequence[int]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


@lru_cache(maxsize=512)
def _map(ids: tuple[int, ...]) -> str:
    """An array that is true at these places; before its first and beyond its last it is null, which finds nothing."""
    held, first, last = set(ids), min(ids), max(ids)
    return (
        f"[{first}:{last}]={{{','.join('t' if place in held else 'f' for place in range(first, last + 1))}}}"
    )
