"""The units that a step needs 步骤所涉单位: looked up together, each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

from yizhan.cases.models import Queue
from yizhan.identity.models import Unit


class Units:
    """Units and queues by code, as they are on the day of the step."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._known: dict[str, Unit | None] = {}
        self._queues: dict[tuple[str, str], Queue] = {}

    def look_up(self, codes: Iterable[str]) -> None:
        """Read the units that will be asked for; one statement for all that are not known."""
        wanted = {code for code in codes if code} - self._known.keys()
        if wanted:
            found = {unit.code: unit for unit in Unit.objects.filter(code__in=wanted)}
            self._known.update((code, found.get(code)) for code in wanted)

    def any(self, code: str) -> Unit:
        """A unit by its code, whether it is still open or not.

        Raises:
            Unit.DoesNotExist: there is none.
        """
        self.look_up([code])
        found = self._known[code]
        if found is None:
            raise Unit.DoesNotExist(code)
        return found

    def open(self, code: str) -> Unit | None:
        """A unit by its code, if it exists on this day."""
        self.look_up([code])
        found = self._known[code]
        if found is None or found.valid_from > self._on or (found.valid_to and found.valid_to < self._on):
            return None
        return found

    def queue(self, role: str, unit: Unit) -> Queue:
        """The queue of a role at a unit, made when it is first needed; those of a role are read together."""
        key = role, unit.code
        if key not in self._queues:
            codes = list(self._known)
            for queue in Queue.objects.filter(role=role, unit__in=codes or [unit.code]):
                self._queues[queue.role, queue.unit] = queue
        if key not in self._queues:
            self._queues[key] = _made(role, unit)
        return self._queues[key]


def _made(role: str, unit: Unit) -> Queue:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into cases_queue (role, unit, unit_path, area) values (%s, %s, %s, %s)
               on conflict (role, unit) do nothing""",
            [role, unit.code, unit.path, unit.division],
        )
    return Queue.objects.get(role=role, unit=unit.code)
