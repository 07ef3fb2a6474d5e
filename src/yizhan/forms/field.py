"""A form's parts as they were compiled: sections, pages, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yizhan import feel
from yizhan.forms import sheet
from yizhan.forms.widgets import WIDGETS, Widget

MOST_ROWS = 100
MOST_FILES = 20
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Field:
    """One question 填写项.

    Attributes:
        path: where the answer lies; ``members[].name`` for a question inside a group.
        sheet: how it is asked.
        schema: what the answer must be.
        demanded: whether the object around it always demands an answer.
        visible: asked only while this is true.
        required: demanded while this is true.
        fields: the questions of one row of a group.
    """

    path: str
    sheet: sheet.FieldSheet
    schema: Mapping[str, Any]
    demanded: bool
    visible: feel.Expression | None
    required: feel.Expression | None
    fields: tuple[Field, ...] = ()

    @property
    def widget(self) -> Widget:
        """How it is asked and read."""
        return WIDGETS[self.sheet.widget]

    @property
    def label(self) -> str:
        """The question in the language of the page."""
        return str(self.sheet.label)

    @property
    def demanded_where_asked(self) -> bool:
        """Whether an answer is demanded wherever it is asked for."""
        required, visible = self.sheet.required, self.sheet.visible
        return self.demanded or required == "true" or (required is not None and required == visible)

    @property
    def most(self) -> int:
        """How many rows or files it takes."""
        limit = MOST_FILES if self.sheet.widget == "file" else MOST_ROWS
        return min(int(self.schema.get("maxItems", limit)), limit)

    @property
    def largest(self) -> int:
        """Megabytes that one file may have."""
        return self.sheet.largest or 10

    @property
    def endings(self) -> tuple[str, ...]:
        """Endings of the files it takes, lower-case with a dot."""
        accepted = self.sheet.accept or ["pdf", "jpg", "png"]
        return tuple(f".{ending}" for ending in accepted) + ((".jpeg",) if "jpg" in accepted else ())

    def label_of(self, value: object) -> str:
        """The words of a chosen answer; what is no choice of this question stays as it is."""
        return next((str(option.label) for option in self.sheet.options if option.value == value), str(value))


@dataclass(frozen=True)
class Page:
    """One thing asked at a time 页; ``visible`` holds the section's condition, then its own."""

    key: str
    sheet: sheet.Page
    section: str
    visible: tuple[feel.Expression, ...]
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """Its heading in the language of the page."""
        return str(self.sheet.title)


@dataclass(frozen=True)
class Section:
    """Pages that belong together 部分."""

    key: str
    sheet: sheet.Section
    pages: tuple[Page, ...]

    @property
    def title(self) -> str:
        """Its heading in the language of the page."""
        return str(self.sheet.title)


def with_rows(fields: tuple[Field, ...]) -> Iterator[Field]:
    """These questions and those of their rows."""
    for field in fields:
        yield field
        yield from with_rows(field.fields)
