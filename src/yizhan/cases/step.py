"""A step: one command, one transaction, one event.

The case is locked first; a command that was carried out before gets its stored answer again; what the
command does is collected and written; one event closes the step. Whatever must happen outside the database
leaves with it as rows (messages, papers), never as a call.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yizhan import clock, journal
from yizhan.cases import ledger
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Command, Filing, Passage
from yizhan.cases.refusals import CommandReused, NotYours
from yizhan.identity.actor import Actor
from yizhan.journal import outbox
from yizhan.releases.models import definition
from yizhan.workflow.processes.events import Event
from yizhan.workflow.tables.decision import Decision

Answer = dict[str, Any]

# What a step may change of a case; the database grants no more.
CHANGING = ["status", "outcome", "rev", "units", "data", "marks", "accepted_at", "decided_at", "closed_at"]


class Step:
    """A step in the making: the locked case, who steps, and what has changed so far."""

    def __init__(self, case: Case, *, by: Actor, command: uuid.UUID, kind: str) -> None:
        self.case, self.by, self.command, self.kind = case, by, command, kind
        self.at: datetime = clock.now()
        self.counted_from: datetime | None = None  # where the law lets the handling clocks begin earlier
        self.node = ""
        self.delta: dict[str, Any] = {}
        self.reason = ""
        self.decisions: list[Decision] = []
        self.reports: list[Event] = []  # of works done within the step, still to be heard by the process
        self.rev = case.rev + 1

    @property
    def item(self) -> ItemDefinition:
        """The item as it was when the case began."""
        return definition(self.case.release_id, "item", self.case.item_id, ItemDefinition)

    @property
    def who(self) -> str:
        """Who steps, in words for the milestones: name and post of this moment."""
        return " · ".join(part for part in (self.by.name, self.by.post_title) if part)[:160]

    @property
    def filing(self) -> Filing:
        """What was filed last."""
        return max(self.case.filings.all(), key=lambda filing: filing.rev)

    def note(self, **facts: Any) -> None:
        """Add to what the event will say. Keys and plain values only, no personal data."""
        self.delta.update(facts)

    def passes(self, node: str) -> None:
        """Remember that the case entered a place of its process."""
        self.node = node
        Passage.objects.create(case=self.case, rev=self.rev, node=node, at=self.at)
        self.delta.setdefault("passed", []).append(node)

    def take_part(self, unit: str) -> None:
        """A unit takes part from now on, and may see the case."""
        if unit and unit not in self.case.units:
            self.case.units = [*self.case.units, unit]

    def news(self, kind: str, **data: Any) -> None:
        """Tell the rooms above."""
        journal.write(
            kind,
            subject=f"case:{self.case.number}",
            actor=self.by.key,
            case=self.case.id,
            item=self.case.item_id,
            unit=self.case.unit,
            channel=self.case.channel,
            **data,
        )

    def errand(self, topic: str, body: dict[str, Any], what: str) -> None:
        """Leave an effect outside the database with this step; performed once the step is there."""
        key = f"{self.case.number}/{self.rev}/{what}"
        outbox.put(topic, {"case": self.case.id, "number": self.case.number, **body}, key=key)

    def finish(self, answer: Answer) -> None:
        """Write the case, the event and the command's answer."""
        self.case.rev = self.rev
        self.case.save(update_fields=CHANGING)
        ledger.write_event(
            self.case,
            command=self.command,
            kind=self.kind,
            node=self.node,
            by=ledger.Hand(
                account=self.by.key,
                name=self.by.name,
                post=self.by.post_title,
                on_behalf_of=self.by.on_behalf_of.name if self.by.on_behalf_of else "",
            ),
            delta=self.delta,
            at=self.at,
        )
        try:
            with transaction.atomic():
                Command.objects.create(
                    id=self.command,
                    case=self.case,
                    actor=self.by.key,
                    kind=self.kind,
                    answer=answer,
                    at=self.at,
                )
        except IntegrityError as known:
            raise CommandReused from known


def take(
    case_id: int, *, by: Actor, command: uuid.UUID, kind: str, do: Callable[[Step], Answer | None]
) -> Answer:
    """Carry out a command on a case, once.

    Args:
        case_id: the case; one that the scope does not show is refused as if it did not exist.
        by: who steps.
        command: the command's id; the same id again gets the first answer again.
        kind: what is done, such as ``task.completed``.
        do: does it, with the step in its hands; what it returns is the answer.

    Raises:
        Refusal: it cannot be done as things stand; nothing was changed.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(id=case_id).first()
        if case is None:
            raise NotYours
        known = ledger.answered(command, actor=by.key, kind=kind)
        if known is not None:
            return known
        step = Step(case, by=by, command=command, kind=kind)
        answer = do(step) or {}
        step.finish(answer)
        return answer
