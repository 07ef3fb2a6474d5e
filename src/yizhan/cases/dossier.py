"""A case as those who handle it see it 办件卷宗: gathered from its rows when a page asks for them.

Opening one admits the transaction to the person the case is about, so that values of the register are shown
in full, each look with its line in the access log.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from yizhan.calendar.daytable import Table
from yizhan.cases import (
    clock_board,
    comparison,
    earlier,
    filed,
    household,
    joining,
    material_words,
    means_words,
    naming,
    offering,
    one_look,
    participants,
    parts,
    processes,
    progress,
    reviewing,
    steering,
    task_files,
    trail,
)
from yizhan.cases.application_form import form_of
from yizhan.cases.colleagues import Colleague, who_could_take
from yizhan.cases.material_words import Line
from yizhan.cases.models import Case, Event, Filing, Item, Lapse
from yizhan.cases.needed import held_in, needed
from yizhan.cases.refusals import NotYours
from yizhan.database.rows import Part, made
from yizhan.forms.field import Field
from yizhan.forms.form import Form
from yizhan.forms.paths import Data, get
from yizhan.forms.prefill import Prefill
from yizhan.forms.showing import Attached, FormSheet
from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.notices.inbox import Served, deliveries_of
from yizhan.records import papers
from yizhan.records.models import Paper, StoredFile
from yizhan.ui.language import local
from yizhan.workflow.drawing import Drawing, Participant, draw


def open_(number: str, *, by: Actor) -> Dossier:
    """Open the case with this number.

    Raises:
        NotYours: there is none, or the scope does not show it; nobody is told which.
    """
    case = _found(number)
    if case is None:
        raise NotYours
    one_look.take(case)
    return Dossier(case, by)


_PARTS = (Part(Case, "c"), Part(Item, "i", without=("card", "search")))
_CASE = f"""
    select {", ".join(part.columns for part in _PARTS)}
    from cases_case c join cases_item i on i.code = c.item_id where c.number = %s
"""  # noqa: S608 (columns of our models)


def _found(number: str) -> Case | None:
    """The case and its item; plainly, since every page of a case asks."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE, [number])
        row = cursor.fetchone()
    if row is None:
        return None
    case: Case
    case, case.item = made(_PARTS, row)
    return case


class Dossier:
    """One case, opened; every part is read once, when it is asked for."""

    def __init__(self, case: Case, by: Actor) -> None:
        self.case, self.by = case, by

    @property
    def standing(self) -> str:
        """Where the case stands in law, or how it ended."""
        return naming.outcome(self.case) if self.case.outcome else naming.status(self.case)

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
    def hidden(self) -> frozenset[str]:
        """The questions whose answers are for other departments."""
        return parts.hidden(self.case, self.case.item.definition, self.form, by=self.by)

    @property
    def filing(self) -> Filing:
        """What was filed last."""
        return self._filings[0]

    @cached_property
    def form(self) -> Form:
        """The form it was filed with."""
        return form_of(self.case.release_id, self.case.item_id, self.filing.form)

    @cached_property
    def compared(self) -> comparison.Comparison | None:
        """What was filed beside what is registered now."""
        return comparison.compared(self.case, self.filing, self.form, hidden=self.hidden)

    def answers(self, address: Callable[[uuid.UUID], str]) -> FormSheet:
        """What was filed, to be read; ``address`` says where a file is opened."""
        files = self._files()
        stored = StoredFile.objects.filter(id__in=files, removed_at=None) if files else ()
        attached = {str(one.id): Attached(one.name, one.size, address(one.id)) for one in stored}
        access.saw([self.case.subject], ["application"], purpose=f"case:{self.case.number}")
        sheet = self.form.answers_sheet(
            self.filing.data, facts=self._conditions, prefill=self._prefill, attached=attached
        )
        return sheet.without(self.hidden) if self.hidden else sheet

    @property
    def materials(self) -> list[Line]:
        """The materials that its situation needs, as they were filed, as far as they are for the actor."""
        wanted = [one for one in self.case.item.definition.materials if one.at not in self.hidden]
        if not any(one.at or one.held_by for one in wanted):
            return []
        held = held_in(self.filing.facts)
        return material_words.lines(needed(wanted, self.form, self.filing.data, self._conditions, held))

    @cached_property
    def findings(self) -> list[task_files.Finding]:
        """What officials recorded with their tasks, such as a visit at home; for those who handle the case."""
        return task_files.findings(self.case)

    @cached_property
    def means(self) -> means_words.Report | None:
        """The latest check of the household's means, of an item that asks for the household."""
        return means_words.latest(self.case) if self.by.is_staff and household.asked(self.form) else None

    def file(self, wanted: uuid.UUID) -> StoredFile | None:
        """A file that came with the application; None for any other."""
        if str(wanted) not in self._files():
            return None
        access.saw([self.case.subject], ["attachment"], purpose=f"case:{self.case.number}")
        return StoredFile.objects.filter(id=wanted, removed_at=None).first()

    @property
    def questions(self) -> list[tuple[str, str]]:
        """The questions that were asked, as (path, label): what a supplement can name."""
        placed = self.form.placed(self.filing.data, self._conditions)
        return [
            (path, asked.field.label)
            for path, asked in placed.places.items()
            if path in self.form.top and path not in self._prefill and path not in self.hidden
        ]

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
        return clock_board.data(self.case, self._course)

    @cached_property
    def trail(self) -> trail.Trail:
        """The proof of its steps."""
        return trail.trail(self.case, self._events)

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
        wanted = self.case.item.definition.terms
        return [(local(term.title), known[term.name]) for term in wanted if known.get(term.name) is not None]

    @cached_property
    def papers(self) -> list[Paper]:
        """The papers that were made for it."""
        return papers.of_owner(f"case:{self.case.number}")

    @cached_property
    def deliveries(self) -> list[Served]:
        """What became of every message about it."""
        return deliveries_of(f"case:{self.case.number}")

    @cached_property
    def drawing(self) -> Drawing:
        """Its process, with where it stands, what it came through, and who takes part."""
        graph = processes.graph(self.case.release_id, self.case.process)
        passed = frozenset(
            earlier.present(self.case, passage.node, rev=passage.rev) for passage in self._course.passages
        )
        return _drawn(
            (self.case.release_id, self.case.process),
            get_language(),
            tuple(sorted(participants.stands_at(self.case))),
            passed,
            frozenset(participants.broken_off(self.case, graph, passed)),
            tuple(participants.participants(self.reviews, graph).items()),
        )

    @cached_property
    def _filings(self) -> list[Filing]:
        return sorted(self.case.filings.all(), key=lambda filing: -filing.rev)

    @cached_property
    def _events(self) -> list[Event]:
        return trail.events_of(self.case)

    @cached_property
    def _course(self) -> progress.Course:
        return progress.course(self.case)

    @cached_property
    def _conditions(self) -> dict[str, Any]:
        return filed.conditions(self.form, self.filing.facts)

    @cached_property
    def _prefill(self) -> Prefill:
        return filed.prefill(self.form, self.filing.facts)

    def _files(self) -> set[str]:
        """The ids of the files that came with any of its filings, as far as they are for the actor."""
        shown = [field for path, field in self.form.top.items() if path not in self.hidden]
        filed = {name for filing in self._filings for name in _files_in(shown, filing.data)}
        return filed | ({name for one in self.findings for name in one.files} if self.by.is_staff else set())


@lru_cache(maxsize=1024)
def _drawn(
    process: tuple[int, str],
    _language: str | None,
    current: tuple[str, ...],
    passed: frozenset[str],
    cancelled: frozenset[str],
    several: tuple[tuple[str, tuple[Participant, ...]], ...],
) -> Drawing:
    """A process with where a case stands: many cases stand at the same place, and releases never change."""
    graph = processes.graph(*process)
    return draw(graph, current=current, passed=passed, cancelled=cancelled, several=dict(several))


def _files_in(fields: Iterable[Field], data: Data) -> Iterator[str]:
    for field in fields:
        value = get(data, field.sheet.path)
        if isinstance(value, list) and field.sheet.widget == "file":
            yield from map(str, value)
        elif isinstance(value, list):
            for row in value:
                yield from _files_in(field.fields, row)
