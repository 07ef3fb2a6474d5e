"""A form 电子表单: compiled once from its schema and its sheet, then read, checked and shown.

    form = Form.of(release_id, "application")
    reading = form.read(request.POST, page="account", before=draft, prefill=known, facts={"age": 81})
    sheet = form.page_sheet("account", reading.data, faults=reading.faults, prefill=known, facts={"age": 81})

No method changes the data it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from yizhan.forms import prefill as prefilling
from yizhan.forms import reading, sheet, showing, uploads, validating
from yizhan.forms.comparing import Differences, differences
from yizhan.forms.faults import Fault
from yizhan.forms.field import Page
from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data
from yizhan.forms.placing import Facts, Placement, place
from yizhan.forms.prefill import Prefill
from yizhan.releases.models import definition, release

_NOTHING: Mapping[str, Any] = {}


class Form(Layout):
    """One form in one release; what it is made of says :class:`Layout`."""

    @staticmethod
    def of(release_id: int, key: str) -> Form:
        """The form of a release; compiled once per process.

        Raises:
            KeyError: the release holds no such form.
            Release.DoesNotExist: there is no such release.
        """
        return _of_release(release_id, key)

    def begin(self, prefill: Prefill) -> Data:
        """The data of a new draft: what is known already."""
        return prefilling.begin(self, prefill)

    def read(
        self,
        submitted: reading.Submitted,
        *,
        page: str | None = None,
        before: Data | None = None,
        uploaded: reading.Uploaded = _NOTHING,
        prefill: Prefill = _NOTHING,
        facts: Facts = _NOTHING,
    ) -> reading.Reading:
        """Read what a browser sent for a page, or for all of them, into the draft ``before``.

        Locked values are taken from ``prefill``; ids of files from ``before`` and from ``uploaded``, which is
        by the name of the input.

        Raises:
            KeyError: the form has no such page.
        """
        sent = reading.Sent(submitted, uploaded)
        return reading.read(self, sent, page=page, before=before or {}, prefill=prefill, facts=facts)

    def validate(self, data: Data, facts: Facts = _NOTHING, *, prefill: Prefill = _NOTHING) -> list[Fault]:
        """Every mistake in a whole form, from a draft or from another system."""
        return validating.validate(self, data, facts, prefill)

    def settled(self, data: Data, facts: Facts = _NOTHING, *, prefill: Prefill = _NOTHING) -> Data:
        """The data to hand in: locked values as their source has them, unasked answers dropped."""
        return self.placed(prefilling.with_locked(self, data, prefill), facts).data

    def placed(self, data: Data, facts: Facts = _NOTHING) -> Placement:
        """Which questions and pages are asked now."""
        return place(self, data, facts)

    def asked_pages(self, data: Data, facts: Facts = _NOTHING) -> list[Page]:
        """The pages that are asked now, in order."""
        return self.placed(data, facts).pages

    def refused_upload(self, path: str, name: str, size: int) -> Fault | None:
        """Why a file of this name and size (bytes) cannot be the answer at ``path``, or None.

        Raises:
            KeyError: no question at this path takes files.
        """
        field = self.field_at(path)
        if field is None or field.sheet.widget != "file":
            raise KeyError(path)
        return uploads.refused(field, path, name, size)

    def differences(
        self, older: Form, data: Data, facts: Facts = _NOTHING, *, prefill: Prefill = _NOTHING
    ) -> Differences:
        """What is new for a draft that was begun on an older release of this form."""
        return differences(self, older, data, facts, prefill)

    def page_sheet(
        self,
        page: str,
        data: Data,
        *,
        facts: Facts = _NOTHING,
        faults: Iterable[Fault] = (),
        prefill: Prefill = _NOTHING,
        attached: showing.AttachedById = _NOTHING,
    ) -> showing.PageSheet:
        """One page for a resident, for ``forms/page.jinja``.

        Raises:
            KeyError: the form has no such page.
        """
        show = showing.Show(
            self, data, facts=facts, faults=faults, prefill=prefill, attached=attached, open_rows=True
        )
        return show.page(self.page(page))

    def sections_sheet(
        self,
        data: Data,
        *,
        facts: Facts = _NOTHING,
        faults: Iterable[Fault] = (),
        prefill: Prefill = _NOTHING,
        attached: showing.AttachedById = _NOTHING,
    ) -> showing.FormSheet:
        """All questions on one page for a clerk, for ``forms/sections.jinja``."""
        show = showing.Show(
            self, data, facts=facts, faults=faults, prefill=prefill, attached=attached, open_rows=True
        )
        return show.form()

    def answers_sheet(
        self,
        data: Data,
        *,
        change: Callable[[str], str] | None = None,
        facts: Facts = _NOTHING,
        faults: Iterable[Fault] = (),
        prefill: Prefill = _NOTHING,
        attached: showing.AttachedById = _NOTHING,
    ) -> showing.FormSheet:
        """The answers to be checked, for ``forms/answers.jinja``; ``change`` gives a page's address."""
        show = showing.Show(self, data, facts=facts, faults=faults, prefill=prefill, attached=attached)
        return show.form(change=change)

    def print_sheet(
        self,
        data: Data,
        *,
        facts: Facts = _NOTHING,
        prefill: Prefill = _NOTHING,
        attached: showing.AttachedById = _NOTHING,
    ) -> showing.FormSheet:
        """The answers on paper, in the order that the sheet wants, for :mod:`yizhan.forms.on_paper`."""
        show = showing.Show(self, data, facts=facts, prefill=prefill, attached=attached)
        return show.form(order=self.sheet.print_order)


@lru_cache(maxsize=512)
def _of_release(release_id: int, key: str) -> Form:
    written = definition(release_id, "form", key, sheet.Sheet)
    return Form(release(release_id).raw("form_schema", key), written, key=key)
