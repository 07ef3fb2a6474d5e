"""A form as it was compiled 表单结构: its schema and its sheet laid into one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from yizhan import feel
from yizhan.forms import schema, sheet
from yizhan.forms.field import Field, Page, Section, with_rows


class Binding(NamedTuple):
    """Where a question's answer may come from."""

    path: str
    source: str
    fact: str
    mode: sheet.Mode


class Layout:
    """The parts of a form.

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

    def row_bindings(self) -> list[Binding]:
        """What is known of each row of a group: the column inside the row, such as ``members[].name``."""
        inner = (field for group in self.top.values() for field in group.fields)
        return [
            Binding(field.path, bind.source, bind.fact, bind.mode)
            for field in inner
            if (bind := field.sheet.bind)
        ]

    def page_of(self, path: str) -> str | None:
        """The key of the page that asks for a path such as ``members.0.name``: where to mend a mistake."""
        for page in self.pages:
            if any(path == asked.path or path.startswith(f"{asked.path}.") for asked in page.fields):
                return page.key
        return None

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
