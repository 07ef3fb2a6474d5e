"""What a step finds of its case 步骤所见: open tasks, running clocks, what is waited for; each read once.

Most came along when the case was taken (:mod:`yizhan.cases.reading`); of many tasks only those that are asked for.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection

from yizhan.cases.models import Case, Clock, ClockState, Queue, Suspension, Task, TaskState
from yizhan.cases.reading import Taken
from yizhan.database.rows import Part, made
from yizhan.database.savepoints import only_reads

_TASK = (Part(Task, "t"), Part(Queue, "q"))
_TASKS = f"""
    select {", ".join(part.columns for part in _TASK)} from cases_task t left join cases_queue q on q.id = t.queue_id
    where t.case_id = %s and
"""  # noqa: S608 (columns of our models)
_ONE = only_reads(f"{_TASKS} t.id = %s")
_OPEN_OR_HELD = only_reads(f"{_TASKS} t.state in ('open', 'held')")
_ALIVE = {TaskState.OPEN, TaskState.HELD}


class Findings:
    """The rows of one case as a step sees them, with its own changes."""

    def __init__(self, case: Case, at: datetime, found: Taken | None) -> None:
        """Of a case at a moment; ``found``: what was read when it was taken."""
        self.case, self._at, self._found = case, at, found
        self._known: dict[int, Task] = {task.id: task for task in found.tasks} if found else {}
        self._all_tasks = found is not None and found.all_tasks

    def task(self, number: int) -> Task | None:
        """A task of the case, whatever its state."""
        if number not in self._known:
            self._read(_ONE, number)
        return self._known.get(number)

    @property
    def tasks(self) -> list[Task]:
        """The tasks that are open or held, in the order of their numbers."""
        if not self._all_tasks:
            self._read(_OPEN_OR_HELD)
            self._all_tasks = True
        return sorted((one for one in self._known.values() if one.state in _ALIVE), key=lambda one: one.id)

    def open_tasks(self, audience: str = "staff") -> list[Task]:
        """The open tasks of officials, or of the applicant."""
        return [one for one in self.tasks if one.audience == audience and one.state == TaskState.OPEN]

    def tasks_at(self, node: str) -> list[Task]:
        """The tasks of officials at a node, those that this step has ended among them."""
        alive = {task.id for task in self.tasks}
        found = (one for one in self._known.values() if one.node == node and one.audience == "staff")
        here = [one for one in found if one.id in alive or one.done_at == self._at]
        return sorted(here, key=lambda one: one.id)

    @cached_property
    def _clocks(self) -> list[Clock]:
        if self._found is not None:
            return self._found.clocks
        return list(Clock.objects.filter(case=self.case).exclude(state=ClockState.STOPPED))

    @property
    def clocks(self) -> list[Clock]:
        """The clocks that run or stand still."""
        return [one for one in self._clocks if one.state != ClockState.STOPPED]

    @cached_property
    def suspensions(self) -> list[Suspension]:
        """What the case as a whole waits for."""
        if self._found is not None:
            return self._found.waited_for
        return list(Suspension.objects.filter(case=self.case, until=None, task=None))

    def forget_suspensions(self) -> None:
        """One has begun or ended."""
        self.suspensions = list(Suspension.objects.filter(case=self.case, until=None, task=None))

    def _read(self, tasks: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(tasks, [self.case.pk, *values])
            for row in cursor.fetchall():
                task, queue = made(_TASK, row)
                if task.id not in self._known:
                    task.queue = queue
                    self._known[task.id] = task
