"""A form 电子表单: compiled once from its schema and its sheet, then read, checked and shown.

    form = Form.of(release_id, "application")
    reading = form.read(request.POST, page="account", before=draft, prefill=known, facts={"age": 81})
    sheet = form.page_sheet("account", reading.data, faults=reading.faults, prefill=known, facts={"age": 81})

No method changes the data it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from yizhan import feel
from yizhan.forms import prefill as prefilling
from yizhan.forms import reading, schema, sheet, showing, uploads, validating
from yizhan.forms.comparing import Differences, differences
from yizhan.forms.faults import Fault
from yizhan.forms.field import Field, Page, Section, with_rows
from yizhan.forms.paths import Data
from yizhan.forms.placing import Facts, Placement, place
from yizhan.forms.prefill import Prefill
from yizhan.releases.models import definition, release

_NOTHING: Mapping[str, Any] = {}


class Binding(NamedTuple):
    """Where a question's answer may come from."""

    path: str
    source: str
    fact: str
    mode: sheet.Mode


class Form:
    """One form in one release.

    Attributes:
        schema: its JSON Schema: the contract for other systems, and the archive's description of the data.
        sheet: its sheet as it was written.
        sections, pages: in order.
        top: its questions by path, those inside rows left out.
        fields: all its questions; inside rows as ``members[].name``.
        objects: the objects that the schema demands, outer ones first.
    """

    def __init__(self, schema_: Mapping[str, Any], sheet_: sheet.Sheet, *, key: str = "") -> None:
        self.key, self.schema, self.sheet = key, schema_, sheet_
        self.validator = schema.validator(schema_)
        self._outline = schema.outline(schema_)
        self.sections = tuple(self._section(part) for part in sheet_.sections)
        self.pages = tuple(page for section in self.sections for page in section.pages)
        self.top = {field.path: field for page in self.pages for field in page.fields}
        self.fields = {field.path: field for field in with_rows(tuple(self.top.values()))}
        self.objects = tuple(
            path for path, demanded in self._outline.objects.items() if demanded and "[" not in path
        )
        self.facts = tuple(sheet_.facts)
        self.rules = tuple((rule, feel.expression(rule.must)) for rule in sheet_.rules)

    @staticmethod
    def of(release_id: int, key: str) -> Form:
        """The form of a release; compiled once per process.

        Raises:
            KeyError: the release holds no such form.
            Release.DoesNotExist: there is no such release.
        """
        return _of_release(release_id, key)

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return str(self.sheet.title)

    def page(self, key: str) -> Page:
        """A page by its key.

        Raises:
            KeyError: the form has none such.
        """
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)

    def field_at(self, path: str) -> Field | None:
        """The question at ``members.0.name``, or None."""
        parts = path.split(".")
        return self.fields.get(
            ".".join("[]" if part.isdecimal() else part for part in parts).replace(".[]", "[]")
        )

    def bindings(self) -> list[Binding]:
        """Where answers may come from: what to look up before the form is opened."""
        bound = ((field.path, field.sheet.bind) for field in self.top.values())
        return [Binding(path, bind.source, bind.fact, bind.mode) for path, bind in bound if bind]

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

    def validate(self, data: Data, facts: Facts = _NOTHING) -> list[Fault]:
        """Every mistake in a whole form, from a draft or from another system."""
        return validating.validate(self, data, facts)

    def settled(self, data: Data, facts: Facts = _NOTHING, *, prefill: Prefill = _NOTHING) -> Data:
        """The data to hand in: locked values as their source has them, unasked answers dropped."""
        return self.placed(prefilling.with_locked(self, data, prefill), facts).data

    def placed(self, data: Data, facts: Facts = _NOTHING) -> Placement:
        """Which questions and pages are asked now."""
        return place(self, data, facts)

    def asked_pages(self, data: Data, facts: Facts = _NOTHING) -> list[Page]:
        """The pages that are asked now, in order."""
        return self.placed(data, facts).pages

    def page_of(self, path: str) -> str | None:
        """The key of the page that asks for a path such as ``members.0.name``: where to mend a mistake."""
        for page in self.pages:
            if any(path == asked.path or path.startswith(f"{asked.path}.") for asked in page.fields):
                return page.key
        return None

    def refused_upload(self, path: str, name: str, size: int) -> Fault | None:
        """Why a file of this name and size (bytes) cannot be the answer at ``path``, or None.

        Raises:
            KeyError: no question at this path takes files.
        """
        field = self.field_at(path)
        if field is None or field.sheet.widget != "file":
            raise KeyError(path)
        return uploads.refused(field, path, name, size)

    def differences(self, older: Form, data: Data, facts: Facts = _NOTHING) -> Differences:
        """What is new for a draft that was begun on an older release of this form."""
        return differences(self, older, data, facts)

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
        """The answers on paper, in the order that the sheet wants, for ``forms/print.jinja``."""
        show = showing.Show(self, data, facts=facts, prefill=prefill, attached=attached)
        return show.form(order=self.sheet.print_order)

    def _section(self, written: sheet.Section) -> Section:
        above = _compiled(written.visible)
        return Section(
            written.key, written, tuple(self._page(page, written.key, above) for page in written.pages)
        )

    def _page(self, written: sheet.Page, section: str, above: feel.Expression | None) -> Page:
        own = _compiled(written.visible)
        conditions = tuple(condition for condition in (above, own) if condition is not None)
        fields = tuple(self._field(field, "") for field in written.fields)
        return Page(written.key, written, section, conditions, fields)

    def _field(self, written: sheet.FieldSheet, around: str) -> Field:
        path = f"{around}{written.path}"
        spot = self._outline.spots[path]
        return Field(
            path=path,
            sheet=written,
            schema=spot.schema,
            demanded=spot.required,
            visible=_compiled(written.visible),
            required=_compiled(written.required),
            fields=tuple(self._field(inner, f"{path}[].") for inner in written.fields),
        )


def _compiled(source: str | None) -> feel.Expression | None:
    return None if source is None else feel.expression(source)


@lru_cache(maxsize=512)
def _of_release(release_id: int, key: str) -> Form:
    written = definition(release_id, "form", key, sheet.Sheet)
    return Form(release(release_id).raw("form_schema", key), written, key=key)
