"""The units that a step needs 步骤所涉单位: looked up together with the queues of their roles, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection, transaction

from yizhan.cases.models import Queue
from yizhan.database.rows import Part, made
from yizhan.database.savepoints import only_reads
from yizhan.identity.models import Unit

_PARTS = (Part(Unit, "u"), Part(Queue, "q"))
_WITH_QUEUES = only_reads(f"""
    select {", ".join(part.columns for part in _PARTS)}
    from identity_unit u left join cases_queue q on q.unit = u.code and q.role = any (%s)
    where u.code = any (%s)
""")  # noqa: S608 (columns of our models)
_MADE = """
    insert into cases_queue (role, unit, unit_path, area) values (%s, %s, %s, %s) on conflict (role, unit) do nothing
"""


class _Remembered:
    """Units and queues as whole transactions have read them, under one mark of rights; None where there is none."""

    def __init__(self, mark: str | None) -> None:
        self.mark = mark
        self.units: dict[str, Unit | None] = {}
        self.queues: dict[tuple[str, str], Queue | None] = {}


_latest = _Remembered(None)


def _under(mark: str | None) -> _Remembered:
    """What this process remembers under the mark: any change of a unit gives another, and with it nothing."""
    global _latest  # noqa: PLW0603 (one memory in a process)
    if mark is None:
        return _Remembered(None)
    if _latest.mark != mark:
        _latest = _Remembered(mark)
    return _latest


class Units:
    """Units and queues by code, as they are on the day of the step."""

    def __init__(self, on: date, mark: str | None = None) -> None:
        """On a day; ``mark``: the present mark of rights, if it was read: what is known under it is not read again."""
        self._on, self._remembered = on, _under(mark)
        self._known: dict[str, Unit | None] = {}
        self._queues: dict[tuple[str, str], Queue | None] = {}

    def look_up(self, codes: Iterable[str], roles: Iterable[str] = ()) -> None:
        """Read the units that will be asked for, and their queues of these roles; one statement for all that is new."""
        wanted, of = {code for code in codes if code}, set(roles)
        pairs = {(role, code) for role in of for code in wanted}
        units, queues = self._remembered.units, self._remembered.queues
        self._known.update({code: units[code] for code in wanted & units.keys()})
        self._queues.update({pair: queues[pair] for pair in pairs & queues.keys() - self._queues.keys()})
        if wanted <= self._known.keys() and pairs <= self._queues.keys():
            return
        read: dict[str, Unit | None] = dict.fromkeys(wanted)
        waiting: dict[tuple[str, str], Queue | None] = dict.fromkeys(pairs)
        with connection.cursor() as cursor:
            cursor.execute(_WITH_QUEUES, [sorted(of), sorted(wanted)])
            for row in cursor.fetchall():
                unit, queue = made(_PARTS, row)
                read[unit.code] = unit
                if queue is not None:
                    waiting[queue.role, queue.unit] = queue
        self._known.update(read)
        self._queues.update(waiting)
        self._remember(read, waiting)

    def _remember(
        self, units: Mapping[str, Unit | None], queues: Mapping[tuple[str, str], Queue | None]
    ) -> None:
        """For the steps to come, once this one is there: a queue that was made and taken back never was."""
        if self._remembered.mark is None:
            return

        def remember() -> None:
            self._remembered.units.update(units)
            self._remembered.queues.update(queues)

        transaction.on_commit(remember)

    def known(self, code: str) -> Unit | None:
        """A unit by its code, whether it is still open or not; None if there is none."""
        self.look_up([code])
        return self._known.get(code)

    def any(self, code: str) -> Unit:
        """A unit by its code, whether it is still open or not.

        Raises:
            Unit.DoesNotExist: there is none.
        """
        found = self.known(code)
        if found is None:
            raise Unit.DoesNotExist(code)
        return found

    def open(self, code: str) -> Unit | None:
        """A unit by its code, if it exists on this day."""
        found = self.known(code)
        if found is None or found.valid_from > self._on or (found.valid_to and found.valid_to < self._on):
            return None
        return found

    def queue(self, role: str, unit: Unit) -> Queue:
        """The queue of a role at a unit, made when it is first needed."""
        key = role, unit.code
        if key not in self._queues:
            self.look_up([unit.code], [role])
        queue = self._queues[key]
        if queue is None:
            queue = self._queues[key] = _made(role, unit)
            self._remember({}, {key: queue})
        return queue


def _made(role: str, unit: Unit) -> Queue:
    with connection.cursor() as cursor:
        cursor.execute(_MADE, [role, unit.code, unit.path, unit.division])
    return Queue.objects.get(role=role, unit=unit.code)
