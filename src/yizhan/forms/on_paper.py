"""A form on paper 申请表: what stands in which cell, blank or filled, for the style ``application.typ``.

Plain values, every label in both languages: offices read Chinese, and whoever fills in the form may need English
beneath. Questions for files are left out, since paper has a list of materials instead; what is declared stands apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypedDict

from django.utils import translation

from yizhan import feel
from yizhan.forms import occasions
from yizhan.forms.field import Field, Page
from yizhan.forms.layout import Layout
from yizhan.forms.showing import FormSheet, Question
from yizhan.releases.words import Text

LANGUAGES = ("zh-hans", "en")
_MOST_BOXES = 12
_MOST_COLUMNS = 8
_BLANK_ROWS = 5
_LONG = 20  # characters; a longer answer gets the whole width
_WIDE = frozenset({"textarea", "address", "radios", "checkboxes", "group"})
_WEIGHTS = {
    "number": 0.8,
    "money": 1.25,
    "date": 1.2,
    "identity_number": 2.0,
    "credit_code": 2.0,
    "address": 2.2,
}
_SQUARES = {"identity_number": 18, "credit_code": 18}

Both = dict[str, str]
"""A text in both languages: ``zh`` and ``en``."""
Cell = dict[str, Any]


class Part(TypedDict):
    """A section of the form: its title, and its questions with a sentence on when they are asked."""

    title: Both
    pages: list[dict[str, Any]]


class Declared(TypedDict):
    """What the applicant declares; ``ticked`` where she did."""

    label: Both
    when: Both | None
    ticked: bool


def both(said: Callable[[], str]) -> Both:
    """What is said in either language."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(said()))
    return {"zh": found[0], "en": found[1]}


def in_chinese() -> AbstractContextManager[None]:
    """Answers are shown in Chinese on every form: in whatever language its page is read, an office reads Chinese."""
    return translation.override(LANGUAGES[0])


def parts(form: Layout, filled: FormSheet | None = None) -> list[Part]:
    """The sections of a form, blank or as it was filled in; one of which nothing is left is left out."""
    found: list[Part] = []
    for title, pages in _sections(form, filled):
        shown = [
            page for page in (_page(form, one, asked, blank=filled is None) for one, asked in pages) if page
        ]
        if shown:
            found.append({"title": text(title), "pages": shown})
    return found


def declared(form: Layout, filled: FormSheet | None = None) -> list[Declared]:
    """What is declared at the end."""
    return [
        {
            "label": text(field.sheet.label),
            "when": None if filled else _when((*page.visible, *_own(field)), form),
            "ticked": question is not None and question.value is True,
        }
        for _title, pages in _sections(form, filled)
        for page, asked in pages
        for field, question in asked
        if field.sheet.widget == "statement"
    ]


def uploads(form: Layout, filled: FormSheet | None = None) -> list[tuple[Field, int]]:
    """The questions that take files, and how many came for each."""
    return [
        (field, len(question.files) if question else 0)
        for _title, pages in _sections(form, filled)
        for _page, asked in pages
        for field, question in asked
        if field.sheet.widget == "file"
    ]


_Asked = Sequence[tuple[Field, Question | None]]


def _sections(form: Layout, filled: FormSheet | None) -> Iterator[tuple[Text, list[tuple[Page, _Asked]]]]:
    if filled is None:
        by_key = {section.key: section for section in form.sections}
        for section in [by_key[key] for key in form.sheet.print_order] or form.sections:
            yield (
                section.sheet.title,
                [(page, [(one, None) for one in page.fields]) for page in section.pages],
            )
        return
    titles = {section.key: section.sheet.title for section in form.sections}
    for part in filled.parts:
        yield (
            titles[part.key],
            [(one.page, [(question.field, question) for question in one.questions]) for one in part.pages],
        )


def _page(form: Layout, page: Page, asked: _Asked, *, blank: bool) -> dict[str, Any] | None:
    on_paper = [one for one in asked if one[0].sheet.widget not in {"file", "statement"}]
    if not on_paper:
        return None
    return {
        "when": _when(page.visible, form) if blank else None,
        "cells": [_cell(form, field, question, blank=blank, page=page) for field, question in on_paper],
    }


def _cell(form: Layout, field: Field, question: Question | None, *, blank: bool, page: Page | None) -> Cell:
    if field.fields:
        return _group(form, field, question, blank=blank)
    value = _answer(question) if question else ""
    boxes = _boxes(field, question)
    chosen = any(box["ticked"] for box in boxes)
    return {
        "kind": "boxes" if boxes and (blank or chosen or not value) else "text",
        "widget": field.sheet.widget,
        "label": text(field.sheet.label),
        "required": question.required if question else _demanded(field),
        "half": not _is_wide(field, value, blank=blank),
        "value": value,
        "boxes": boxes,
        "squares": _SQUARES.get(field.sheet.widget, 0),
        "hint": _beneath(field, question),
        "when": _when(_own(field), form) if blank and page else None,
    }  # fmt: skip


def _beneath(field: Field, question: Question | None) -> Both | None:
    """What stands beneath an answer: on a blank form the hint, on a filled one who says so where nobody typed it."""
    if question is None:
        return text(field.sheet.hint) if field.sheet.hint else None
    return both(lambda: question.origin) if question.origin else None


def _group(form: Layout, field: Field, question: Question | None, *, blank: bool) -> Cell:
    """Rows: a table where its columns fit on the page, else the cells of one row after those of another."""
    columns = [one for one in field.fields if one.sheet.widget != "file"]
    rows = [{one.field.path: one for one in row} for row in question.rows] if question else []
    told: Cell = {
        "label": text(field.sheet.label),
        "row": text(field.sheet.row or field.sheet.label),
        "required": question.required if question else _demanded(field),
        "hint": text(field.sheet.hint) if blank and field.sheet.hint else None,
        "when": _when(_own(field), form) if blank else None,
        "half": False,
    }
    if len(columns) > _MOST_COLUMNS:
        made = [[_inner(form, one, row.get(one.path), blank=False) for one in columns] for row in rows]
        if blank:
            made = [[_inner(form, one, None, blank=True) for one in columns]] * 2
        return {**told, "kind": "records", "records": made}
    empty = min(field.most, _BLANK_ROWS)
    return {
        **told,
        "kind": "table",
        "columns": [_column(one) for one in columns],
        "rows": [[_answer(row.get(one.path)) for one in columns] for row in rows] or [[]] * (empty if blank else 0),
        "notes": [_note(one) for one in columns if blank and one.sheet.options],
    }  # fmt: skip


def _inner(form: Layout, field: Field, question: Question | None, *, blank: bool) -> Cell:
    return _cell(form, field, question, blank=blank, page=None)


def _column(field: Field) -> Cell:
    return {
        "label": text(field.sheet.label),
        "required": _demanded(field),
        "weight": _WEIGHTS.get(field.sheet.widget, 1.0),
        "yes_no": field.sheet.widget == "yes_no",
    }


def _note(field: Field) -> Cell:
    """What a narrow column takes, since there is no room in it."""
    options = field.sheet.options[:_MOST_BOXES]
    more = {"zh": "……", "en": "..."} if len(field.sheet.options) > _MOST_BOXES else None
    told = {"zh": [option.label.zh for option in options], "en": [option.label.en for option in options]}
    return {
        "label": text(field.sheet.label),
        "options": {
            "zh": "、".join(told["zh"]) + (more["zh"] if more else ""),
            "en": ", ".join(told["en"]) + (more["en"] if more else ""),
        },
    }


def _answer(question: Question | None) -> str:
    """An answer in words; rows within rows one after the other."""
    if question is None:
        return ""
    if question.rows:
        return "；".join("，".join(_named(row)) for row in question.rows)
    return question.answer


def _named(row: Iterable[Question]) -> Iterator[str]:
    yield from (f"{one.label}：{answer}" for one in row if (answer := _answer(one)))


def _boxes(field: Field, question: Question | None) -> list[dict[str, Any]]:
    value = question.value if question else None
    picked = value if isinstance(value, list) else [value]
    if field.sheet.widget == "yes_no":
        words = (("yes", {"zh": "是", "en": "Yes"}), ("no", {"zh": "否", "en": "No"}))
        return [{"label": label, "ticked": key in picked} for key, label in words]
    if len(field.sheet.options) > _MOST_BOXES:
        return []
    return [{"label": text(one.label), "ticked": one.value in picked} for one in field.sheet.options]


def _is_long(field: Field, value: str) -> bool:
    if len(field.sheet.options) > _MOST_BOXES:
        return True
    if field.sheet.options:
        return sum(len(option.label.zh) + 2 for option in field.sheet.options) > _LONG
    return sum(1 if ord(sign) > 0x2E7F else 0.5 for sign in value) > _LONG


def _is_wide(field: Field, value: str, *, blank: bool) -> bool:
    """Whether a cell needs the whole width; a blank one also for a square for each digit, or for a long hint."""
    if field.sheet.widget in _WIDE or _is_long(field, value):
        return True
    hint = field.sheet.hint
    return blank and (field.sheet.widget in _SQUARES or (hint is not None and len(hint.zh) > _LONG))


def _demanded(field: Field) -> bool:
    """Whether an answer is demanded wherever it is asked for."""
    required, visible = field.sheet.required, field.sheet.visible
    return field.demanded or required == "true" or (required is not None and required == visible)


def _own(field: Field) -> tuple[feel.Expression, ...]:
    return (field.visible,) if field.visible is not None else ()


def _when(conditions: tuple[feel.Expression, ...], form: Layout) -> Both | None:
    fields: Mapping[str, Field] = form.top
    return both(lambda: occasions.words(conditions, fields)) if conditions else None


def text(of: Text) -> Both:
    """A pack's text as papers take it."""
    return {"zh": of.zh, "en": of.en}
