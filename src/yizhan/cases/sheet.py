"""The sheet of a step 步骤底稿: rows of its case that it reads, changes and adds; written together at its end.

A step holds the lock on its case, so nobody else changes these rows meanwhile. What is not yet written is on the
sheet, and is found there: open tasks, running clocks, timers. Whoever asks the database itself for such rows within a
step lets the sheet be written first (:meth:`Sheet.write`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Model

from yizhan.cases.models import Case, Clock, ClockState, Queue, Suspension, Task, TaskState
from yizhan.database.rows import Part, made
from yizhan.database.sending import Letter, Numbers

_TASK, _CLOCK = (Part(Task, "t"), Part(Queue, "q")), (Part(Clock, "c"),)
_TASKS = f"""
    select {", ".join(part.columns for part in _TASK)} from cases_task t left join cases_queue q on q.id = t.queue_id
    where t.case_id = %s and
"""  # noqa: S608 (columns of our models)
_CLOCKS = f"select {_CLOCK[0].columns} from cases_clock c where c.case_id = %s and c.state <> 'stopped'"  # noqa: S608
_TIMERS = """
    insert into cases_timer (case_id, kind, ref, due)
    select %s, kind, ref, due from unnest(%s::text[], %s::text[], %s::timestamptz[]) one (kind, ref, due)
    on conflict (case_id, kind, ref) do update set due = excluded.due
"""
_task_numbers, _clock_numbers = Numbers("cases_task_id_seq"), Numbers("cases_clock_id_seq")


class Sheet:
    """The rows of one case within one step."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._added: dict[type[Model], list[Model]] = {}
        self._changed: dict[tuple[type[Model], int], tuple[Model, set[str]]] = {}
        self._timers: dict[tuple[str, str], datetime | None] = {}
        self._besides = Letter()
        self._known: dict[int, Task] = {}
        self._all_tasks = False

    # --- what is there --------------------------------------------------------------------------------

    def task(self, number: int) -> Task | None:
        """A task of the case, whatever its state."""
        if number not in self._known:
            self._read("t.id = %s", number)
        return self._known.get(number)

    @property
    def tasks(self) -> list[Task]:
        """The tasks that are open or held, in the order of their numbers."""
        if not self._all_tasks:
            self._read("t.state in ('open', 'held')")
            self._all_tasks = True
        alive = {TaskState.OPEN, TaskState.HELD}
        return sorted((one for one in self._known.values() if one.state in alive), key=lambda one: one.id)

    def open_tasks(self, audience: str = "staff") -> list[Task]:
        """The open tasks of officials, or of the applicant."""
        return [one for one in self.tasks if one.audience == audience and one.state == TaskState.OPEN]

    @cached_property
    def _clocks(self) -> list[Clock]:
        with connection.cursor() as cursor:
            cursor.execute(_CLOCKS, [self.case.pk])
            return [made(_CLOCK, row)[0] for row in cursor.fetchall()]

    @property
    def clocks(self) -> list[Clock]:
        """The clocks that run or stand still."""
        return [one for one in self._clocks if one.state != ClockState.STOPPED]

    @cached_property
    def suspensions(self) -> list[Suspension]:
        """What the case as a whole waits for."""
        return list(Suspension.objects.filter(case=self.case, until=None, task=None))

    def forget_suspensions(self) -> None:
        """One has begun or ended."""
        self.__dict__.pop("suspensions", None)

    def _read(self, which: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"{_TASKS} {which}", [self.case.pk, *values])
            for row in cursor.fetchall():
                task, queue = made(_TASK, row)
                if task.id not in self._known:
                    task.queue = queue
                    self._known[task.id] = task

    # --- what is to be written ------------------------------------------------------------------------

    def add(self, row: Model) -> None:
        """A new row. Tasks and clocks get their number at once."""
        if isinstance(row, Task):
            row.id = _task_numbers.next()
            self._known[row.id] = row
        elif isinstance(row, Clock):
            row.id = _clock_numbers.next()
            self._clocks.append(row)
        self._added.setdefault(type(row), []).append(row)

    def change(self, row: Task | Clock, **fields: Any) -> None:
        """Change a task or a clock of the sheet."""
        for name, value in fields.items():
            setattr(row, name, value)
        if row not in self._added.get(type(row), ()):
            self._changed.setdefault((type(row), row.id), (row, set()))[1].update(fields)

    def change_found(self, row: Model, names: Iterable[str], key: dict[str, Any]) -> None:
        """Change some columns of the row that a key finds; ``row`` holds the values."""
        self._besides.change(row, names, key)

    def run(self, statement: str, values: Iterable[Any]) -> None:
        """Any statement about the case's rows."""
        self._besides.run(statement, list(values))

    def end_spans(self, clocks: Iterable[int], at: datetime) -> None:
        """The times in which these clocks stood still are over."""
        self.run(
            "update cases_span set until = %s where case_id = %s and clock = any (%s) and until is null",
            [at, self.case.pk, list(clocks)],
        )

    def end_suspensions(self, who: str, at: datetime) -> None:
        """Nothing is waited for any more, by the case or by one of its departments."""
        self.run(
            "update cases_suspension set until = %s, ended_by = %s where case_id = %s and until is null",
            [at, who, self.case.pk],
        )
        self.run("update cases_span set until = %s where case_id = %s and until is null", [at, self.case.pk])
        self.suspensions = []

    def set_timer(self, kind: str, ref: str, due: datetime) -> None:
        """Have something happen at a time; another time for the same replaces it."""
        self._timers[kind, ref] = due

    def drop_timers(self, kind: str, refs: Iterable[str]) -> None:
        """Something is no longer to happen."""
        self._timers.update(((kind, ref), None) for ref in refs)

    def drop_all_timers(self) -> None:
        """Nothing is to happen any more."""
        self._timers.clear()
        self.run("delete from cases_timer where case_id = %s", [self.case.pk])

    def write(self, letter: Letter | None = None) -> None:
        """Write what has changed, with the rest of a letter if there is one; the sheet goes on."""
        whole = letter or Letter()
        whole.join(self._besides)
        for row, names in self._changed.values():
            whole.change(row, names, {"case_id": self.case.pk, "id": row.id})  # type: ignore[attr-defined]
        for rows in self._added.values():
            whole.add(rows)
        for kind, refs in self._dropped().items():
            whole.run(
                "delete from cases_timer where case_id = %s and kind = %s and ref = any (%s)",
                [self.case.pk, kind, refs],
            )
        wanted = [(kind, ref, due) for (kind, ref), due in self._timers.items() if due is not None]
        if wanted:
            whole.run(_TIMERS, [self.case.pk, *(list(column) for column in zip(*wanted, strict=True))])
        self._changed.clear()
        self._added.clear()
        self._timers.clear()
        whole.send()

    def _dropped(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for (kind, ref), due in self._timers.items():
            if due is None:
                found.setdefault(kind, []).append(ref)
        return found
