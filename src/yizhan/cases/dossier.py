"""A case as those who handle it see it 办件卷宗: gathered from its rows when a page asks for them.

Opening one admits the transaction to the person the case is about, so that values of the register are shown
in full, each look with its line in the access log.
"""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from yizhan.calendar.daytable import Table
from yizhan.cases import (
    case_drawing,
    clock_board,
    clock_data,
    delivering,
    household,
    joining,
    lookup,
    means_words,
    naming,
    objections,
    offering,
    one_look,
    progress,
    reviewing,
    steering,
    task_files,
    trail,
)
from yizhan.cases.application import Application
from yizhan.cases.colleagues import Colleague, who_could_take
from yizhan.cases.models import Case, Event, Lapse, Status
from yizhan.cases.refusals import NotYours
from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.notices.inbox import Served, deliveries_of
from yizhan.records import papers
from yizhan.records.models import StoredFile
from yizhan.records.papers import Listed
from yizhan.ui.language import local
from yizhan.workflow.drawing import Drawing


def open_(number: str, *, by: Actor) -> Dossier:
    """Open the case with this number.

    Raises:
        NotYours: there is none, or the scope does not show it; nobody is told which.
    """
    case = lookup.exact(number)
    if case is None:
        raise NotYours
    one_look.take(case)
    return Dossier(case, by)


class Dossier:
    """One case, opened; every part is read once, when it is asked for."""

    def __init__(self, case: Case, by: Actor) -> None:
        self.case, self.by = case, by

    @property
    def standing(self) -> str:
        """Where the case stands in law, for this person's part of it, or how it ended."""
        if self.case.outcome:
            return naming.outcome(self.case)
        return naming.status(self.case) if self.waits_for_applicant else naming.status_beside(self.case)

    @cached_property
    def waits_for_applicant(self) -> bool:
        """Whether the applicant is to answer something that concerns this person's part.

        Of several departments only the one that asked waits; whoever sees the whole sees the whole wait.
        """
        asked = self.case.supplement
        if self.case.status != Status.CORRECTING or asked is None or not self.by.is_staff:
            return self.case.status == Status.CORRECTING
        parts = [one for review in self.reviews if review.open for one in review.opinions]
        mine = any(one.unit == self.by.unit and one.state != "left" for one in parts)
        asking = next((task.unit for task in self.case.tasks.all() if task.id == asked.task), "")
        return not mine or asking == self.by.unit

    @property
    def works_elsewhere(self) -> list[tuple[str, str]]:
        """Who works on it where this person's unit does not: place and unit, once each."""
        found = [(one.title, one.holder) for one in self.works if one.standing == "elsewhere"]
        return list(dict.fromkeys(found))

    @cached_property
    def works(self) -> list[offering.Work]:
        """Its open tasks and what can be done with them."""
        return offering.works(self.case, by=self.by)

    @cached_property
    def reviews(self) -> list[reviewing.Review]:
        """The joint approvals it has come to, the latest first."""
        return reviewing.reviews(self.case)

    @cached_property
    def coordinates(self) -> bool:
        """Whether this person coordinates the item."""
        return self.by.is_staff and joining.coordinates(self.case, self.by)

    @cached_property
    def may(self) -> steering.May:
        """What this person may do with the case as a whole."""
        return steering.may(self.case, self.by, coordinates=self.coordinates)

    def joinable(self, review: reviewing.Review) -> list[tuple[str, str]]:
        """The departments that could take part besides, by code and name."""
        return joining.joinable({one.unit for one in review.opinions if one.state != "left"})

    @cached_property
    def colleagues(self) -> list[Colleague]:
        """Who could take the task that lies in front."""
        queue = self.works[0].task.queue if self.works else None
        return who_could_take(queue, but=self.by) if queue else []

    @cached_property
    def findings(self) -> list[task_files.Finding]:
        """What officials recorded with their tasks, such as a visit at home; for those who handle the case."""
        return task_files.findings(self.case)

    @cached_property
    def application(self) -> Application:
        """What was filed, as far as it is for this person."""
        return Application(self.case, self.by)

    @cached_property
    def means(self) -> means_words.Report | None:
        """The latest check of the household's means, of an item that asks for the household."""
        return (
            means_words.latest(self.case)
            if self.by.is_staff and household.asked(self.application.form)
            else None
        )

    @cached_property
    def objection(self) -> objections.Shown | None:
        """The objection to a registered value that it handles, for staff; None for other cases."""
        return objections.of(self.case) if self.by.is_staff else None

    def file(self, wanted: uuid.UUID) -> StoredFile | None:
        """A file that came with the application, or that officials added to their task; None for any other."""
        recorded = {name for one in self.findings for name in one.files} if self.by.is_staff else set()
        if str(wanted) not in self.application.files | recorded:
            return None
        access.saw([self.case.subject], ["attachment"], purpose=f"case:{self.case.number}")
        return StoredFile.objects.filter(id=wanted, removed_at=None).first()

    @property
    def calendar(self) -> Table:
        """The calendar by which its limits are reckoned."""
        return self._course.calendar

    @cached_property
    def moments(self) -> list[progress.Moment]:
        """The time line, with explained dates."""
        return progress.timeline(self.case, self._course)

    @cached_property
    def deadlines(self) -> list[progress.Deadline]:
        """Its limits and why they end when they do."""
        return progress.deadlines(self.case, self._course)

    @cached_property
    def board(self) -> clock_board.Board:
        """Its clocks, for those who handle it."""
        return clock_board.board(self.case, self._course, self.works, by=self.by)

    @property
    def clocks(self) -> dict[str, Any]:
        """Its clocks, for programs."""
        return clock_data.data(self.case, self._course)

    @cached_property
    def trail(self) -> trail.Trail:
        """The proof of its steps."""
        return trail.trail(self.case, self._events, hidden=self.application.hidden_materials)

    @cached_property
    def why_by_hand(self) -> list[str]:
        """Why the rules left it to people; empty once it is decided."""
        return [] if self.case.decided_at else trail.why_by_hand(self._events)

    @property
    def reasons(self) -> list[str]:
        """Why it was decided so."""
        decision = getattr(self.case, "decision", None)
        return [local(one) if "zh" in one else one["words"] for one in decision.reasons] if decision else []

    @property
    def lapse(self) -> Lapse | None:
        """Since when and why what was granted is no longer in force; None while it is, or where nothing was."""
        return next((one for one in self.case.lapses.all() if one.undone_at is None), None)

    @property
    def terms(self) -> list[tuple[str, Any]]:
        """What was granted: title and value."""
        decision = getattr(self.case, "decision", None)
        known = decision.terms if decision else {}
        wanted = naming.item(self.case).terms
        return [(local(term.title), known[term.name]) for term in wanted if known.get(term.name) is not None]

    @cached_property
    def papers(self) -> list[Listed]:
        """The papers that were issued for it, and whether their files are there."""
        return papers.of_owner(f"case:{self.case.number}")

    @property
    def deliverable(self) -> list[tuple[str, str]]:
        """The papers whose delivery this person could record, by id and title; none where they may not."""
        there = delivering.deliverable(self.papers) if self.by.is_staff else []
        if not there or not delivering.may_record(self.case, self.by):
            return []
        return [(str(one.paper.pk), f"{one.paper.title} {one.paper.number}") for one in there]

    @property
    def delivery_ways(self) -> list[tuple[str, str]]:
        """How papers can be delivered."""
        return list(delivering.ways().items())

    @cached_property
    def deliveries(self) -> list[Served]:
        """What became of every message about it."""
        return deliveries_of(f"case:{self.case.number}")

    @cached_property
    def drawing(self) -> Drawing:
        """Its process, with where it stands, what it came through, and who takes part."""
        return case_drawing.drawing(self.case, self.reviews, self._course.passages)

    @cached_property
    def _events(self) -> list[Event]:
        return trail.events_of(self.case)

    @cached_property
    def _course(self) -> progress.Course:
        return progress.course(self.case)
