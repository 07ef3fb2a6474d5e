"""Tasks whose clock stands still 计时中止的待办: since when and for what, for a whole list in one look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple, Protocol

from django.db import connection

from yizhan.cases.item import ItemDefinition
from yizhan.releases.models import definition

_STANDING = """
    select c.case_id, c.task, s.reason, s.since, w.expected_on
    from cases_clock c
    join cases_span s on s.case_id = c.case_id and s.clock = c.id and s.until is null
    left join cases_suspension w on w.id = s.suspension_id
    where c.case_id = any(%s) and c.state = 'suspended'
        and (c.task is not null or c.kind in ('acceptance', 'promised'))
    order by s.since, s.id
"""


class Waiting(Protocol):
    """An open task, as far as it matters here."""

    @property
    def case_id(self) -> int: ...  # noqa: D102
    @property
    def task_id(self) -> int: ...  # noqa: D102
    @property
    def item(self) -> str: ...  # noqa: D102
    @property
    def release(self) -> int: ...  # noqa: D102
    @property
    def due_at(self) -> datetime | None: ...  # noqa: D102


class Pause(NamedTuple):
    """That a clock stands still: what is waited for, since when, and until when as was told."""

    kind: str
    since: datetime
    expected_on: date | None


def of(tasks: Iterable[Waiting]) -> dict[int, Pause]:
    """The open tasks whose own clock stands still, by number; of those without one, where the case's does.

    One statement, and none where no task of the list can stand still.
    """
    asked = [task for task in tasks if _may_stand_still(task)]
    if not asked:
        return {}
    own: dict[int, Pause] = {}
    whole: dict[int, Pause] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [sorted({task.case_id for task in asked})])
        for case, number, *pause in cursor.fetchall():
            if number is None:
                whole.setdefault(case, Pause(*pause))
            else:
                own.setdefault(number, Pause(*pause))
    found = {
        task.task_id: own.get(task.task_id) or (whole.get(task.case_id) if task.due_at is None else None)
        for task in asked
    }
    return {number: pause for number, pause in found.items() if pause is not None}


def _may_stand_still(task: Waiting) -> bool:
    """Whether its light could tell something else than it does: nothing runs, or its own clock alone may stand still."""
    if task.due_at is None:
        return True
    rules = definition(task.release, "item", task.item, ItemDefinition).limits.suspensions
    return any(
        "internal" in rule.clocks and not (rule.of == "case" and "promised" in rule.clocks) for rule in rules
    )
