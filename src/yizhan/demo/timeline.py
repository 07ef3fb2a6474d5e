"""Acts in the order of time 时间线: each at its own moment, and the house hears of it at once.

All lies in one transaction, which the readers of news cannot look into. So what follows a fact is called here,
as the worker would call it; when it reads the news later, nothing is left to do, since followers are repeatable.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from yizhan import clock
from yizhan.cases import by_the_house, timers
from yizhan.cases.models import Timer
from yizhan.journal import outbox, reading

Do = Callable[[], object]
_HALF_AN_HOUR = 30  # minutes


class Timeline:
    """Acts that wait for their moment; what lies later than the last full half hour is done then.

    Not at the moment of loading: a loading that takes a minute longer must give the same district.
    """

    def __init__(self) -> None:
        now = clock.now()
        self.end = now.replace(minute=now.minute // _HALF_AN_HOUR * _HALF_AN_HOUR, second=0, microsecond=0)
        self._acts: list[tuple[datetime, int, Do]] = []
        self._order = count()
        self._heard = reading.last()

    def at(self, moment: datetime, do: Do) -> None:
        """Put an act in its place; those of one moment keep the order in which they were put."""
        heapq.heappush(self._acts, (min(moment, self.end), next(self._order), do))

    def run(self) -> int:
        """Do them all, also those that acts put in on the way; how many there were."""
        done = 0
        while self._acts:
            moment, _order, do = heapq.heappop(self._acts)
            self._let_pass(moment)
            with clock.standing_at(moment):
                do()
                self._hear()
                while outbox.deliver():
                    pass
            done += 1
        self._let_pass(self.end)
        return done

    def _let_pass(self, until: datetime) -> None:
        """What the house does by itself until a moment, each at its own: limits that pass, cards that fall."""
        while True:
            due = self._next(until)
            if due is None:
                return
            with clock.standing_at(due):
                if not timers.fire() + by_the_house.open_due():
                    return
                self._hear()
                while outbox.deliver():
                    pass

    @staticmethod
    def _next(until: datetime) -> datetime | None:
        timer = Timer.objects.filter(due__lte=until).order_by("due").values_list("due", flat=True).first()
        return min((due for due in (timer, by_the_house.next_due(until)) if due is not None), default=None)

    def _hear(self) -> None:
        """Hand the latest news to all who follow them; what they write is news again."""
        self._heard = reading.hear_own(self._heard)
