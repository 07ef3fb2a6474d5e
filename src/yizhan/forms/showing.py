"""A form as templates show it 呈现: questions with everything their macros need, already in words.

Three sheets: a page for residents, all sections for clerks, the answers to be checked or printed. Each is put
into the context of a page as ``sheet`` and shown by the template of the same name in ``jinja2/forms``.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from yizhan.forms import wording
from yizhan.forms.faults import Fault
from yizhan.forms.field import Field, Page
from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data, get, id_of, put
from yizhan.forms.placing import Facts, Placement, place
from yizhan.forms.prefill import Given, Prefill, with_locked


@dataclass(frozen=True)
class Attached:
    """A stored file as people see it: its name, its size in bytes, and where to open it."""

    name: str
    size: int
    url: str = ""


AttachedById = Mapping[str, Attached]


@dataclass(frozen=True)
class Question:
    """One question on a page.

    Attributes:
        field: what was compiled of it.
        path: its place in the data and the name of its input.
        value: what stands in the input.
        answer: the answer in words; empty for none.
        required: whether an answer is demanded.
        fault: its mistake.
        given: where its value comes from.
        rows: of a group: the questions of each row.
        files: of a file question: ids with their files.
    """

    field: Field
    path: str
    value: Any
    answer: str
    required: bool
    fault: Fault | None = None
    given: Given | None = None
    rows: tuple[tuple[Question, ...], ...] = ()
    files: tuple[tuple[str, Attached], ...] = ()

    @property
    def id(self) -> str:
        """The id of its control."""
        return id_of(self.path)

    @property
    def widget(self) -> str:
        """How it is asked."""
        return self.field.sheet.widget

    @property
    def label(self) -> str:
        """The question itself."""
        return self.field.label

    @property
    def hint(self) -> str:
        """What helps to answer it."""
        return wording.hint(self.field, self.given, self.value)

    @property
    def error(self) -> str:
        """The words of its mistake."""
        return self.fault.words if self.fault else ""

    @property
    def locked(self) -> bool:
        """Whether it is shown only."""
        return self.given is not None and self.given.locked

    @property
    def origin(self) -> str:
        """Who says so and as of when; empty where the person typed it."""
        return wording.origin(self.given) if self.locked and self.given else ""

    @property
    def width(self) -> str:
        """How wide its input is, in the words of the components."""
        return self.field.sheet.width or wording.WIDTHS.get(self.widget, "")

    @property
    def choices(self) -> list[tuple[str, ...]]:
        """What can be chosen: value, label, and a hint where there is one."""
        if self.widget == "yes_no":
            return [("yes", wording.yes_or_no(True)), ("no", wording.yes_or_no(False))]
        with_hints = self.widget != "select"
        return [
            (option.value, str(option.label), *([str(option.hint)] if option.hint and with_hints else []))
            for option in self.field.sheet.options
        ]

    @property
    def room_left(self) -> bool:
        """Whether another row or file is taken."""
        return len(self.rows or self.files) < self.field.most


@dataclass(frozen=True)
class PageSheet:
    """One page for a resident: ``forms/page.jinja``."""

    page: Page
    questions: list[Question]
    errors: list[tuple[str, str]]

    def without(self, paths: Collection[str]) -> PageSheet:
        """The same without these questions."""
        return replace(self, questions=[one for one in self.questions if one.path not in paths])

    @property
    def title(self) -> str:
        """Its heading."""
        return self.page.title

    @property
    def intro(self) -> str:
        """What is said before its questions."""
        return str(self.page.sheet.intro or "")

    @property
    def key(self) -> str:
        """The key of the page."""
        return self.page.key

    @property
    def has_buttons(self) -> bool:
        """Whether rows or files bring buttons of their own."""
        return any(question.widget in {"file", "group"} for question in self.questions)


@dataclass(frozen=True)
class Part:
    """A section with its pages that are asked, and where each can be changed."""

    key: str
    title: str
    intro: str
    pages: list[PageSheet]


@dataclass(frozen=True)
class FormSheet:
    """The whole form: ``forms/sections.jinja``, ``forms/answers.jinja``, and a form on paper."""

    title: str
    parts: list[Part]
    errors: list[tuple[str, str]]
    change: Callable[[str], str] | None = None

    def without(self, paths: Collection[str]) -> FormSheet:
        """The same without these questions; a page or part of which nothing is left goes too."""
        parts = [
            replace(part, pages=pages)
            for part in self.parts
            if (pages := [page for one in part.pages if (page := one.without(paths)).questions])
        ]
        return replace(self, parts=parts)

    @property
    def has_buttons(self) -> bool:
        """Whether rows or files bring buttons of their own."""
        return any(page.has_buttons for part in self.parts for page in part.pages)

    def asked(self) -> list[tuple[str, bool]]:
        """What it asks, in order: paths, and whether an answer is demanded; those in rows too."""
        return [
            (one.path, one.required)
            for part in self.parts
            for page in part.pages
            for question in page.questions
            for one in (question, *(inner for row in question.rows for inner in row))
        ]


class Show:
    """A form about to be shown, with its data, its mistakes and what is known already.

    With ``open_rows``, a group that needs a row and has none lies open with an empty one.
    """

    def __init__(
        self,
        form: Layout,
        data: Data,
        *,
        facts: Facts,
        prefill: Prefill,
        attached: AttachedById,
        faults: Iterable[Fault] = (),
        open_rows: bool = False,
    ) -> None:
        data = with_locked(form, data, prefill)
        self._form = form
        self.data = _with_first_rows(form, data) if open_rows else data
        self.placed: Placement = place(form, self.data, facts)
        self.faults = {fault.path: fault for fault in faults}
        self.prefill, self.attached = prefill, attached

    def form(self, *, change: Callable[[str], str] | None = None, order: Iterable[str] = ()) -> FormSheet:
        """All sections that are asked, in the form's order or in another."""
        by_key = {section.key: section for section in self._form.sections}
        sections = [by_key[key] for key in order] or self._form.sections
        parts = [
            Part(section.key, section.title, str(section.sheet.intro or ""), pages)
            for section in sections
            if (pages := [self.page(page) for page in section.pages if page in self.placed.pages])
        ]
        return FormSheet(self._form.title, parts, self.errors(), change)

    def page(self, page: Page) -> PageSheet:
        """One page, with its mistakes."""
        questions = [
            self._question(f, f.sheet.path) for f in page.fields if f.sheet.path in self.placed.places
        ]
        return PageSheet(page, questions, self.errors(page.key))

    def errors(self, page: str | None = None) -> list[tuple[str, str]]:
        """Ids and words in the order of the questions; what belongs to none leads to the top of the page."""
        general = [
            ("main", fault.words) for path, fault in self.faults.items() if path not in self.placed.places
        ]
        return general + [
            (id_of(path), self.faults[path].words)
            for path, asked in self.placed.places.items()
            if path in self.faults and page in (None, asked.page)
        ]

    def _question(self, field: Field, path: str) -> Question:
        value = get(self.data, path)
        rows: tuple[tuple[Question, ...], ...] = ()
        if field.fields and isinstance(value, list):
            rows = tuple(self._row(field, f"{path}.{number}") for number in range(len(value)))
        files = self._files(value) if field.sheet.widget == "file" else ()
        return Question(
            field=field,
            path=path,
            value=wording.typed(field, value),
            answer=wording.answer(field, value, [file.name for _id, file in files]),
            required=self.placed.places[path].required,
            fault=self.faults.get(path),
            given=self.prefill.get(path),
            rows=rows,
            files=files,
        )

    def _row(self, group: Field, path: str) -> tuple[Question, ...]:
        inner = ((field, f"{path}.{field.sheet.path}") for field in group.fields)
        return tuple(self._question(field, place) for field, place in inner if place in self.placed.places)

    def _files(self, ids: Any) -> tuple[tuple[str, Attached], ...]:
        if not isinstance(ids, list):
            return ()
        return tuple((name, self.attached.get(name) or Attached(_("已上传的文件"), 0)) for name in ids)


def _with_first_rows(form: Layout, data: Data) -> Data:
    """Where a group needs a row and has none, one lies open to be filled in."""
    empty = [
        field
        for field in form.top.values()
        if field.fields and (field.demanded or field.schema.get("minItems")) and not get(data, field.path)
    ]
    if empty:
        data = copy.deepcopy(data)
        for field in empty:
            put(data, field.path, [{}])
    return data
