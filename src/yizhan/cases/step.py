"""A step: one command, one transaction, one event.

The case is locked first; a command that was carried out before gets its stored answer again; what the
command does is collected and written; one event closes the step. Whatever must happen outside the database
leaves with it as rows (messages, papers), never as a call.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db import connection

from yizhan import calendar, clock
from yizhan.calendar.daytable import Table
from yizhan.cases import ledger, reading
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Command, Filing, Passage
from yizhan.cases.reading import Taken
from yizhan.cases.refusals import CommandReused, NotYours
from yizhan.cases.sheet import Sheet
from yizhan.cases.step_units import Units
from yizhan.cases.writable import OF_THE_CASE
from yizhan.database import savepoints
from yizhan.database.rows import Part, made, new
from yizhan.identity.actor import Actor
from yizhan.journal import writing
from yizhan.releases.models import definition
from yizhan.workflow.processes.events import Event
from yizhan.workflow.processes.situation import Situation
from yizhan.workflow.tables.decision import Decision

Answer = dict[str, Any]
T = TypeVar("T")

_FILING = (Part(Filing, "f"),)
_LAST_FILING = savepoints.only_reads(
    f"select {_FILING[0].columns} from cases_filing f where f.case_id = %s order by f.rev desc limit 1"  # noqa: S608 (columns of our model)
)


class Step:
    """A step in the making: the locked case, who steps, and what has changed so far."""

    def __init__(
        self, case: Case, *, by: Actor, command: uuid.UUID, kind: str, found: Taken | None = None
    ) -> None:
        """A step of a case; ``found``: what was read when it was taken, for a step that will be written."""
        self.case, self.by, self.command, self.kind, self.found = case, by, command, kind, found
        self.at: datetime = clock.now()
        self.sheet = Sheet(case, self.at, found)
        self.units = Units(self.at.date(), found.rights if found else None)
        self.situation: Situation | None = None  # where it stands, once it has moved in this step
        self.leads_to: Situation | None = None  # where the move that is being written down leads
        self._once: dict[str, Any] = {}
        self._loaded = {name: getattr(case, name) for name in OF_THE_CASE}
        self.counted_from: datetime | None = None  # where the law lets the handling clocks begin earlier
        self.at_last: list[Callable[[], None]] = []  # what tells of all the rest, once that is on the sheet
        self.node = ""
        self.delta: dict[str, Any] = {}
        self.reason = ""
        self.decisions: list[Decision] = []
        self.reports: list[Event] = []  # of works done within the step, still to be heard by the process
        self.rev = case.rev + 1

    @cached_property
    def calendar(self) -> Table:
        """The working days in force; asked for once in a step."""
        return calendar.table(last=self.found.calendar if self.found else None)

    @property
    def item(self) -> ItemDefinition:
        """The item as it was when the case began."""
        return definition(self.case.release_id, "item", self.case.item_id, ItemDefinition)

    @property
    def who(self) -> str:
        """Who steps, in words for the milestones: name and post of this moment."""
        return " · ".join(part for part in (self.by.name, self.by.post_title) if part)[:160]

    @cached_property
    def filing(self) -> Filing:
        """What was filed last."""
        with connection.cursor() as cursor:
            cursor.execute(_LAST_FILING, [self.case.pk])
            found: Filing = made(_FILING, cursor.fetchone())[0]
            return found

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Something that is worked out once in a step, whoever asks for it."""
        if key not in self._once:
            self._once[key] = make()
        found: T = self._once[key]
        return found

    def note(self, **facts: Any) -> None:
        """Add to what the event will say. Keys and plain values only, no personal data."""
        self.delta.update(facts)

    def passes(self, node: str) -> None:
        """Remember that the case entered a place of its process."""
        self.node = node
        self.sheet.add(new(Passage, case_id=self.case.pk, rev=self.rev, node=node, at=self.at))
        self.delta.setdefault("passed", []).append(node)

    def take_part(self, unit: str) -> None:
        """A unit takes part from now on, and may see the case."""
        if unit and unit not in self.case.units:
            self.case.units = [*self.case.units, unit]

    def news(self, kind: str, **data: Any) -> None:
        """Tell the rooms above."""
        about = {
            "case": self.case.id,
            "item": self.case.item_id,
            "unit": self.case.unit,
            "channel": self.case.channel,
        }
        self.sheet.add(
            writing.line(kind, subject=f"case:{self.case.number}", actor=self.by.key, data={**about, **data})
        )

    def errand(self, topic: str, body: dict[str, Any], what: str) -> None:
        """Leave an effect outside the database with this step; performed once the step is there."""
        about = {"case": self.case.id, "number": self.case.number, "rev": self.rev}
        self.sheet.errand(topic, self.key(what), {**about, **body})

    def key(self, what: str) -> str:
        """What is left with this step and never twice, by a key of its own."""
        return f"{self.case.number}/{self.rev}/{what}"

    def finish(self, answer: Answer, *, undone: savepoints.Late | None = None) -> None:
        """Write the case, all that is on the sheet, the event and the command's answer.

        ``undone``: hears of the one statement that writes it all, when that is the next.

        Raises:
            CommandReused: the command's id belongs to another command.
        """
        for tell in self.at_last:
            tell()
        if undone:
            undone.last()
        case = self.case
        case.rev = self.rev
        hand = ledger.Hand(
            account=self.by.key,
            name=self.by.name,
            post=self.by.post_title,
            on_behalf_of=self.by.on_behalf_of.name if self.by.on_behalf_of else "",
        )
        said = ledger.Said(self.command, self.kind, self.node, self.delta, self.at)
        self.sheet.add(ledger.event(case, said, by=hand, previous=self.found.previous if self.found else ""))
        self.sheet.add(
            new(
                Command,
                id=self.command,
                case_id=case.pk,
                actor=self.by.key,
                kind=self.kind,
                answer=answer,
                at=self.at,
            )
        )
        if not self.sheet.write(**self._changed()):
            raise CommandReused

    def _changed(self) -> dict[str, Any]:
        now = {name: getattr(self.case, name) for name in OF_THE_CASE}
        return {name: value for name, value in now.items() if value is not self._loaded[name]}


def take(
    case_id: int,
    *,
    by: Actor,
    command: uuid.UUID,
    kind: str,
    do: Callable[[Step], Answer | None],
    task: int | None = None,
    guarded: bool = False,
) -> Answer:
    """Carry out a command on a case, once.

    Args:
        case_id: the case; one that the scope does not show is refused as if it did not exist.
        by: who steps.
        command: the command's id; the same id again gets the first answer again.
        kind: what is done, such as ``task.completed``.
        do: does it, with the step in its hands; what it returns is the answer.
        task: the task that it is about, if there is one: it is read with the case.
        guarded: the caller has set a savepoint just before.

    Raises:
        Refusal: it cannot be done as things stand; nothing was changed.
        DatabaseError: the database refused a statement. Within a transaction that one has failed, unless the caller
            has set a savepoint.
    """
    with savepoints.undone_if_it_fails(guarded=guarded) as undone:
        found = reading.taken(case_id, command, task)
        if found is None:
            raise NotYours
        if found.known is not None and found.known.case_id != case_id:
            raise CommandReused
        if found.known is not None:
            return ledger.answer_of(found.known, actor=by.key, kind=kind)
        step = Step(found.case, by=by, command=command, kind=kind, found=found)
        answer = do(step) or {}
        step.finish(answer, undone=undone)
        return answer
