"""The stage 排演: one case, the moment the clock stands at, and what the house does by itself meanwhile.

All lies in one transaction that will be undone. What the worker would do is called here: followers hear the news,
papers are made, timers fire, each at its own moment. Letters are written and never leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple, TypeAlias

from yizhan import clock
from yizhan.cases import telling, timers, works
from yizhan.cases.models import Card, Case, Colour, Task
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.journal import access, outbox, reading
from yizhan.notices.models import Message
from yizhan.records.models import Paper
from yizhan.rehearsal.cast import Cast

_PAPERS = "case.paper"


class Came(NamedTuple):
    """A paper, message or card that came: its row, the key a journey calls it by, what it is called."""

    id: str
    key: str
    title: str


Fresh: TypeAlias = Mapping[str, list[Came]]


class Stage:
    """Where the journey stands.

    Attributes:
        at: the moment the clock stands at.
        case_id: the case, once it was handed in.
    """

    def __init__(self, cast: Cast, at: datetime) -> None:
        self.cast, self.at = cast, at
        self.case_id: int | None = None
        self._heard, self._left = reading.last(), outbox.last()
        self._told: set[str] = set()

    @contextmanager
    def now(self) -> Iterator[None]:
        """The clock stands at the journey's moment."""
        with clock.standing_at(self.at):
            yield

    def begun(self, number: str) -> None:
        """The case is there."""
        with scope.service():
            case = Case.objects.get(number=number)
        self.case_id, self.cast.area = case.pk, case.area

    def goes_on_with(self, case: Case) -> None:
        """The house opened a case after the one that was played: the journey is about that now."""
        self.case_id = case.pk

    def case(self) -> Case:
        """The case as it stands; in the house's scope."""
        return Case.objects.select_related("item", "decision", "acceptance", "closure").get(
            id=self.case_id or 0
        )

    def tasks(self) -> list[Task]:
        """All tasks that are open or held, the oldest first; in the house's scope."""
        found = Task.objects.filter(case_id=self.case_id or 0, state__in=["open", "held"])
        return list(found.select_related("queue").order_by("id"))

    def follow(self) -> None:
        """What the house does at once: hears the news, makes papers, does works of its own."""
        with self.house():
            done = 1
            while done:
                heard, self._heard = self._heard, reading.hear_own(self._heard)
                done, self._left = outbox.perform_here(
                    (_PAPERS, works.TOPIC), after=self._left, wanted=self._is_done_here
                )
                done += self._heard - heard

    def _is_done_here(self, errand: outbox.Errand) -> bool:
        """Papers of the case, and its works that touch nothing outside."""
        work = works.known().get(errand.body.get("work", ""))
        at_home = errand.topic == _PAPERS or (work is not None and work.at_home)
        return at_home and errand.body.get("case") == self.case_id

    def pass_to(self, moment: datetime) -> list[tuple[datetime, list[str]]]:
        """Let the clock move on; when which timers fired on the way."""
        fired: list[tuple[datetime, list[str]]] = []
        while self.case_id is not None:
            with self.house():
                due = timers.next_due(self.case_id)
                if due is None or due > moment:
                    break
                self.at = max(self.at, due)
                with self.now():
                    kinds = timers.fire_here(self.case_id)
            with self.now():
                self.follow()
            if kinds:
                fired.append((self.at, kinds))
        self.at = moment
        return fired

    @contextmanager
    def house(self) -> Iterator[None]:
        """The house's own scope, its looks logged."""
        with scope.service(), access.watching(HOUSE.viewer()):
            yield

    def fresh(self, number: str) -> Fresh:
        """What came since this was asked last; in the house's scope."""
        found = {
            "papers": [
                Came(str(one.pk), one.document, one.title)
                for one in Paper.objects.filter(owner=f"case:{number}")
            ],
            "messages": [
                Came(str(one.pk), one.template, one.title)
                for one in Message.objects.filter(subject=f"case:{number}").exclude(link_name=telling.PAGE)
            ],
            "told": [
                Came(str(one.pk), one.template, one.title)
                for one in Message.objects.filter(subject=f"case:{number}", link_name=telling.PAGE)
            ],
            "cards": [
                Came(str(one.pk), f"{one.colour} {one.kind}", str(Colour(one.colour).label))
                for one in Card.objects.filter(case=self.case_id)
            ],
        }
        new = {kind: [one for one in rows if one.id not in self._told] for kind, rows in found.items()}
        self._told |= {one.id for rows in found.values() for one in rows}
        new["told"] = list({one.key: one for one in new["told"]}.values())  # however many hold the role
        return new
