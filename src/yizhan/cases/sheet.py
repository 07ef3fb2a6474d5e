"""The sheet of a step 步骤底稿: rows of its case that it reads, changes and adds; written together at its end.

A step holds the lock on its case, so nobody else changes these rows meanwhile. What is not yet written is on the
sheet, and is found there: open tasks, running clocks, timers. The reviewed function ``case_written``
(``migrations/0034_papers_with_their_step.py``) writes it, in one journey to the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from yizhan.cases.findings import Findings
from yizhan.cases.models import Case, Clock, Scope, Task, Token
from yizhan.cases.reading import Taken
from yizhan.cases.writable import ADDED, CHANGED
from yizhan.database.numbers import Numbers
from yizhan.database.rows import json_of, to_json
from yizhan.journal.models import News

M = TypeVar("M", bound=Model)

_WRITTEN = "select case_written(%s, %s::jsonb)"
_task_numbers, _clock_numbers = Numbers("cases_task_id_seq"), Numbers("cases_clock_id_seq")


class Sheet(Findings):
    """The rows of one case within one step."""

    def __init__(self, case: Case, at: datetime, found: Taken | None = None) -> None:
        """The sheet of a step at a moment; ``found``: what was read when the case was taken."""
        super().__init__(case, at, found)
        self._added: dict[str, list[Model]] = defaultdict(list)
        self._fresh: set[int] = set()
        self._changed: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._timers: dict[tuple[str, str], datetime | None] = {}
        self._lists: dict[str, list[Any]] = defaultdict(list)
        self._facts: dict[str, Any] = {}

    def add(self, row: Model) -> None:
        """A new row. Tasks and clocks get their number at once, and may change until they are written.

        Raises:
            TypeError: rows of this kind are written otherwise.
        """
        if not isinstance(row, ADDED):
            raise TypeError(f"a sheet has no {type(row).__name__}")
        if isinstance(row, Task):
            row.id = _task_numbers.next()
            self._known[row.id] = row
        elif isinstance(row, Clock):
            row.id = _clock_numbers.next()
            self._clocks.append(row)
        self._fresh.add(id(row))
        self._added[type(row)._meta.db_table].append(row)

    def last(self, model: type[M]) -> M | None:
        """The last row of a kind that was added."""
        found: list[Any] = self._added.get(model._meta.db_table, [])
        return found[-1] if found else None

    def change(self, row: Task | Clock, **fields: Any) -> None:
        """Change a task or a clock of the sheet.

        Raises:
            TypeError: a column of it stays as it is.
        """
        if not fields.keys() <= set(CHANGED[type(row)]):
            raise TypeError(f"of a {type(row).__name__} only {CHANGED[type(row)]} change")
        for name, value in fields.items():
            setattr(row, name, value)
        if id(row) not in self._fresh:
            self._changed[type(row)._meta.db_table].setdefault(row.id, {}).update(fields)

    def change_scope(self, number: int, **fields: Any) -> None:
        """Change what a scope of the case holds."""
        fresh = self._fresh_scope(number)
        if fresh is None:
            self._changed["cases_scope"].setdefault(number, {}).update(fields)
            return
        for name, value in fields.items():
            setattr(fresh, name, value)

    def close_scopes(self, numbers: Iterable[int]) -> None:
        """Scopes have ended; one may have begun in this very step."""
        for number in numbers:
            fresh = self._fresh_scope(number)
            if fresh is None:
                self._lists["scopes_closed"].append(number)
            else:
                fresh.closed_at = self._at

    def take_tokens(self, numbers: Iterable[int]) -> None:
        """The case no longer stands at these places; it may have come there in this very step."""
        gone = set(numbers)
        added = self._added.get(Token._meta.db_table, [])
        fresh = {row.number for row in added if isinstance(row, Token)} & gone
        added[:] = [row for row in added if not (isinstance(row, Token) and row.number in fresh)]
        self._lists["tokens_gone"] += gone - fresh

    def _fresh_scope(self, number: int) -> Scope | None:
        """A scope that is on the sheet and not yet written."""
        added = self._added.get(Scope._meta.db_table, ())
        return next((row for row in added if isinstance(row, Scope) and row.number == number), None)

    def errand(self, topic: str, key: str, body: dict[str, Any]) -> None:
        """An effect outside the database, performed once the step is there; a key that is known changes nothing."""
        self._lists["errands"].append({"topic": topic, "key": key, "body": body})

    @property
    def errands(self) -> int:
        """How many effects leave so far."""
        return len(self._lists["errands"])

    def end_spans(self, clocks: Iterable[int]) -> None:
        """The times in which these clocks stood still are over."""
        self._lists["spans_ended"] += clocks

    def end_suspensions(self, who: str) -> None:
        """Nothing is waited for any more, by the case or by one of its departments."""
        self._facts["suspensions_ended_by"] = who
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
        self._facts["all_timers_gone"] = True

    def write(self, **fields: Any) -> bool:
        """Write what has changed, and these columns of the case; nothing, and false, if the command is another's.

        Raises:
            DatabaseError: something was refused; nothing of it stays.
        """
        with connection.cursor() as cursor:
            cursor.execute(_WRITTEN, [self.case.pk, json_of(self._letter(fields))])
            return bool(cursor.fetchone()[0])

    def _letter(self, fields: dict[str, Any]) -> dict[str, Any]:
        letter: dict[str, Any] = {"at": self._at, "case": fields, **self._facts, **self._lists}
        added = {table: [to_json(row) for row in rows] for table, rows in self._added.items()}
        letter["news"] = added.pop(News._meta.db_table, [])
        letter["added"] = added
        letter["changed"] = self._changed  # by the numbers by which the rows are found
        timers = self._timers.items()
        set_ = [{"kind": kind, "ref": ref, "due": due} for (kind, ref), due in timers if due is not None]
        gone = [{"kind": kind, "ref": ref} for (kind, ref), due in timers if due is None]
        return {**letter, **({"timers": set_} if set_ else {}), **({"timers_gone": gone} if gone else {})}
