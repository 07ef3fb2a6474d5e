"""The units that a step needs 步骤所涉单位: looked up together with the queues of their roles, each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

from yizhan.cases.models import Queue
from yizhan.database.rows import Part, made
from yizhan.identity.models import Unit

_PARTS = (Part(Unit, "u"), Part(Queue, "q"))
_WITH_QUEUES = f"""
    select {", ".join(part.columns for part in _PARTS)}
    from identity_unit u left join cases_queue q on q.unit = u.code and q.role = any (%s)
    where u.code = any (%s)
"""  # noqa: S608 (columns of our models)
_MADE = """
    insert into cases_queue (role, unit, unit_path, area) values (%s, %s, %s, %s) on conflict (role, unit) do nothing
"""


class Units:
    """Units and queues by code, as they are on the day of the step."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._known: dict[str, Unit | None] = {}
        self._queues: dict[tuple[str, str], Queue] = {}

    def look_up(self, codes: Iterable[str], roles: Iterable[str] = ()) -> None:
        """Read the units that will be asked for, and their queues of these roles; one statement for all that is new."""
        wanted, of = {code for code in codes if code}, set(roles)
        if not of and wanted <= self._known.keys():
            return
        if wanted:
            self._known.update((code, None) for code in wanted - self._known.keys())
            with connection.cursor() as cursor:
                cursor.execute(_WITH_QUEUES, [sorted(of), sorted(wanted)])
                for row in cursor.fetchall():
                    unit, queue = made(_PARTS, row)
                    self._known[unit.code] = unit
                    if queue is not None:
                        self._queues[queue.role, queue.unit] = queue

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
        if key not in self._queues:
            self._queues[key] = _made(role, unit)
        return self._queues[key]


def _made(role: str, unit: Unit) -> Queue:
    with connection.cursor() as cursor:
        cursor.execute(_MADE, [role, unit.code, unit.path, unit.division])
    return Queue.objects.get(role=role, unit=unit.code)
