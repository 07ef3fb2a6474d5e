"""What was filed with a case 申报内容, to be read: answers, materials and files, as far as they are for whoever looks."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from yizhan.cases import (
    comparison,
    filed,
    holdings_ended,
    material_words,
    naming,
    parts,
)
from yizhan.cases.application_form import form_of
from yizhan.cases.item import ItemDefinition
from yizhan.cases.material_words import Line
from yizhan.cases.models import Case, Filing
from yizhan.cases.needed import Needed, held_in, needed
from yizhan.forms.field import Field
from yizhan.forms.form import Form
from yizhan.forms.paths import Data, drop, get
from yizhan.forms.prefill import Prefill
from yizhan.forms.showing import Attached, FormSheet
from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.records.models import StoredFile


class Application:
    """What was filed with a case, last and before; every part is read once, when it is asked for."""

    def __init__(self, case: Case, by: Actor) -> None:
        self.case, self.by = case, by

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The questions whose answers are for other departments."""
        return parts.hidden(self.case, self.item, self.form, by=self.by)

    def hidden_materials(self) -> frozenset[str]:
        """The materials, by key, whose files are for other departments."""
        return frozenset(
            one.key for one in self.case.item.definition.materials if one.at and one.at in self.hidden
        )

    @property
    def filing(self) -> Filing:
        """What was filed last."""
        return self._filings[0]

    @property
    def supplemented_at(self) -> datetime | None:
        """When what was missing was filed last; None where nothing was added to what was handed in."""
        return self.filing.at if len(self._filings) > 1 else None

    @cached_property
    def item(self) -> ItemDefinition:
        """The item in the release of its form, so that no list names what the form never asked for."""
        return naming.item(self.case)

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
        return self._shown(self.form.answers_sheet, address)

    def on_paper(self) -> FormSheet:
        """The same in the order that the form has on paper."""
        return self._shown(self.form.print_sheet, lambda _file: "")

    def _shown(self, sheet_of: Callable[..., FormSheet], address: Callable[[uuid.UUID], str]) -> FormSheet:
        stored = StoredFile.objects.filter(id__in=self.files, removed_at=None) if self.files else ()
        attached = {str(one.id): Attached(one.name, one.size, address(one.id)) for one in stored}
        access.saw([self.case.subject], ["application"], purpose=f"case:{self.case.number}")
        sheet = sheet_of(self.filing.data, facts=self._conditions, prefill=self._prefill, attached=attached)
        return sheet.without(self.hidden) if self.hidden else sheet

    def data(self) -> Data:
        """What was filed, for programs: answers that were asked, as far as they are for the actor."""
        asked = self.form.settled(self.filing.data, self._conditions, prefill=self._prefill)
        for path in self.hidden:
            drop(asked, path)
        return asked

    @property
    def needed(self) -> list[Needed]:
        """The materials that its situation needs and what came of each, as far as they are for the actor."""
        wanted = [one for one in self.item.materials if one.at not in self.hidden]
        held = held_in(self.filing.facts)
        return needed(wanted, self.form, self.filing.data, self._conditions, held)

    @property
    def materials(self) -> list[Line]:
        """The same in words; nothing where none is ever handed in or held."""
        if not any(one.at or one.held_by for one in self.item.materials if one.at not in self.hidden):
            return []
        return material_words.lines(self._standing)

    @property
    def ended(self) -> list[str]:
        """What became of licences that stood in the place of a material when it was filed, and hold no more."""
        return [one.ended for one in self._standing if one.ended]

    @cached_property
    def _standing(self) -> list[Needed]:
        """The materials with what became of such licences, as long as the case runs."""
        if self.case.closed_at is not None:
            return self.needed
        return [
            replace(one, ended=holdings_ended.told(self.case.subject, one.material.held_by))
            if one.held
            else one
            for one in self.needed
        ]

    @property
    def questions(self) -> list[tuple[str, str]]:
        """The questions that were asked, as (path, label): what a supplement can name.

        Those that take the file of a material among them, whose licence holds no more.
        """
        gone = {one.material.held_by for one in self._standing if one.ended and one.material.held_by}
        facts = filed.ended(self.filing.facts, gone)
        placed = self.form.placed(self.filing.data, filed.conditions(self.form, facts))
        return [
            (path, asked.field.label)
            for path, asked in placed.places.items()
            if path in self.form.top and path not in self._prefill and path not in self.hidden
        ]

    @cached_property
    def files(self) -> set[str]:
        """The ids of the files that came with any of its filings, as far as they are for the actor."""
        shown = [field for path, field in self.form.top.items() if path not in self.hidden]
        return {name for filing in self._filings for name in _files_in(shown, filing.data)}

    @cached_property
    def _filings(self) -> list[Filing]:
        return sorted(self.case.filings.all(), key=lambda filing: -filing.rev)

    @cached_property
    def _conditions(self) -> dict[str, Any]:
        return filed.conditions(self.form, self.filing.facts)

    @cached_property
    def _prefill(self) -> Prefill:
        return filed.prefill(self.form, self.filing.facts)


def _files_in(fields: Iterable[Field], data: Data) -> Iterator[str]:
    for field in fields:
        value = get(data, field.sheet.path)
        if isinstance(value, list) and field.sheet.widget == "file":
            yield from map(str, value)
        elif isinstance(value, list):
            for row in value:
                yield from _files_in(field.fields, row)
