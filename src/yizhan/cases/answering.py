"""Answering a supplement 补正答复: page by page like an application, with files, until it is handed in.

What is typed meanwhile lies in a draft that bears the number of its case; lists of drafts do not show it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from yizhan import clock
from yizhan.cases import attachments, filed, supplements
from yizhan.cases.application_form import form_of
from yizhan.cases.drafts import KEPT, Desk
from yizhan.cases.models import Case, Draft, Filing, Status
from yizhan.cases.persons import account_of
from yizhan.cases.refusals import NotNow
from yizhan.forms.faults import Fault
from yizhan.forms.field import Page
from yizhan.forms.paths import Data, get
from yizhan.forms.prefill import Prefill
from yizhan.forms.reading import Reading, Submitted
from yizhan.forms.showing import Attached, FormSheet, PageSheet
from yizhan.identity.actor import Actor
from yizhan.records.models import StoredFile


@dataclass(frozen=True)
class Asked:
    """One thing that is missing: what staff wrote, the page where it is mended, and whether it was changed."""

    words: str
    page: str
    changed: bool


class Answering:
    """The answer to a supplement in the making.

    Raises:
        NotNow: nothing is asked, or it was answered already.
    """

    def __init__(self, case: Case, by: Actor) -> None:
        supplement = case.supplement
        if case.status != Status.CORRECTING or supplement is None:
            raise NotNow
        self.case, self.by, self.supplement = case, by, supplement
        self.filing: Filing = case.filings.order_by("-rev")[0]
        self.form = form_of(case.release_id, case.item_id, self.filing.form)
        facts = supplements.facts_of(case, self.filing)
        self.prefill: Prefill = filed.prefill(self.form, facts)
        self.conditions: dict[str, Any] = filed.conditions(self.form, facts)

    @cached_property
    def draft(self) -> Draft | None:
        """What was typed since it was asked for, if anything."""
        found = Draft.objects.filter(
            account=account_of(self.by), submitted_as=self.case.number, begun_at__gte=self.supplement.at
        )
        return found.first()

    @property
    def data(self) -> Data:
        """What was typed, or what was filed as long as nothing was."""
        data: Data = self.draft.data if self.draft else self.filing.data
        return data

    @property
    def pages(self) -> list[Page]:
        """The pages that are asked now."""
        return self.form.asked_pages(self.data, self.conditions)

    @property
    def asked(self) -> list[Asked]:
        """What staff named, in their words."""
        return [self._asked(one["path"], one["words"]) for one in self.supplement.missing]

    @property
    def changed(self) -> bool:
        """Whether anything differs from what was filed."""
        return bool(self.data != self.filing.data)

    def read(self, submitted: Submitted, page: str, uploaded: dict[str, list[str]] | None = None) -> Reading:
        """Read what a browser sent for a page; what the registers said stays as it was filed."""
        return self.form.read(
            submitted,
            page=page,
            before=self.data,
            uploaded=uploaded or {},
            prefill=self.prefill,
            facts=self.conditions,
        )

    def keep_files(self, request: HttpRequest) -> tuple[dict[str, list[str]], list[Fault]]:
        """Keep what was uploaded; see :func:`yizhan.cases.attachments.keep`."""
        return attachments.keep(self._desk, request)

    def save(self, data: Data) -> None:
        """Keep what was typed, right or wrong."""
        draft, now = self._desk.draft, clock.now()
        draft.data, draft.rev, draft.saved_at, draft.expires_at = data, draft.rev + 1, now, now + KEPT
        draft.save(update_fields=["data", "rev", "saved_at", "expires_at"])

    def hand_in(self, command: uuid.UUID) -> None:
        """Answer; the files come into the case and the draft goes.

        Raises:
            Incomplete: the form has faults; what was typed is kept.
            NotNow: it was answered meanwhile.
        """
        data = self.form.settled(self.data, self.conditions, prefill=self.prefill)
        supplements.answer(self.case.id, data=data, by=self.by, command=command, prefill=self.prefill)
        if self.draft is not None:
            attachments.bind(self._desk, self.case)
            self.draft.delete()

    def faults(self) -> list[Fault]:
        """Every mistake in the whole form."""
        return self.form.validate(self.data, self.conditions, prefill=self.prefill)

    def page_sheet(self, page: str, data: Data, faults: Iterable[Fault] = ()) -> PageSheet:
        """One page of the form."""
        return self.form.page_sheet(
            page, data, faults=faults, prefill=self.prefill, facts=self.conditions, attached=self._attached()
        )

    def answers_sheet(self, change: Callable[[str], str], faults: Iterable[Fault] = ()) -> FormSheet:
        """All answers, to be checked; ``change`` gives a page's address."""
        return self.form.answers_sheet(
            self.data,
            change=change,
            faults=faults,
            prefill=self.prefill,
            facts=self.conditions,
            attached=self._attached(),
        )

    @property
    def _desk(self) -> Desk:
        """The draft on the desk, begun when it is first needed."""
        if self.draft is None:
            now = clock.now()
            self.draft = Draft.objects.create(
                account=account_of(self.by),
                item_id=self.case.item_id,
                release_id=self.case.release_id,
                subject=self.case.subject,
                data=self.filing.data,
                begun_at=now,
                saved_at=now,
                expires_at=now + KEPT,
                submitted_as=self.case.number,
            )
        return Desk(self.draft, self.by)

    def _asked(self, path: str, words: str) -> Asked:
        page = self.form.page_of(path)
        open_now = page if page in {asked.key for asked in self.pages} else None
        changed = get(self.data, path) != get(self.filing.data, path) if path else self.changed
        return Asked(words, open_now or "", changed)

    def _attached(self) -> dict[str, Attached]:
        """The files that came with the application, and those that came since."""
        owners = [f"case:{self.case.number}"]
        if self.draft is not None:
            owners.append(attachments.owner_of(self._desk))
        kept = StoredFile.objects.filter(owner__in=owners, removed_at=None, released_at=None)
        return {str(file.id): Attached(file.name, file.size) for file in kept}
