"""A form on paper 申请表: what stands in which cell, blank or filled, for the style ``application.typ``.

Plain values, every label in both languages. Questions for files are left out, those in rows too, since paper has a list of
materials instead; what is declared stands apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.forms.field import Field, Page
from yizhan.forms.layout import Layout
from yizhan.forms.paper_cells import cell
from yizhan.forms.paper_words import Both, both, text, when
from yizhan.forms.showing import FormSheet, Question
from yizhan.releases.words import Text

_ELSEWHERE = frozenset({"file", "statement"})


class Part(TypedDict):
    """A section of the form: its title, and its questions with a sentence on when they are asked."""

    title: Both
    pages: list[dict[str, Any]]


class Declared(TypedDict):
    """What the applicant declares; ``ticked`` where she did."""

    label: Both
    when: Both | None
    ticked: bool


@dataclass(frozen=True)
class Upload:
    """A question that takes files: where it lies, what it is called, whether any are demanded, and how many came."""

    path: str
    label: Both
    demanded: bool
    came: int = 0


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
            "when": None if filled else when((*page.visible, *_own(field)), form),
            "ticked": question is not None and question.value is True,
        }
        for _title, pages in _sections(form, filled)
        for page, asked in pages
        for field, question in asked
        if field.sheet.widget == "statement"
    ]


def uploads(form: Layout, filled: FormSheet | None = None) -> list[Upload]:
    """The questions that take files; those of rows once for all rows."""
    return [
        upload
        for _title, pages in _sections(form, filled)
        for _page, asked in pages
        for field, question in asked
        for upload in (
            [_upload(field, question)] if field.sheet.widget == "file" else _in_rows(field, question)
        )
    ]


def _upload(field: Field, question: Question | None) -> Upload:
    came = len(question.files) if question else 0
    return Upload(field.path, text(field.sheet.label), _is_demanded(field), came)


def _in_rows(group: Field, question: Question | None) -> Iterator[Upload]:
    """The columns for files, as far as a row asks for them."""
    for field in (one for one in group.fields if one.sheet.widget == "file"):
        asked = (
            [one for row in question.rows for one in row if one.field.path == field.path] if question else []
        )
        if question is None or asked:
            came = sum(len(one.files) for one in asked)
            yield Upload(field.path, both(partial(_of_rows, field, group)), _is_demanded(field), came)


def _of_rows(field: Field, group: Field) -> str:
    return _("%(file)s（%(rows)s，每行分别提供）") % {"file": field.label, "rows": group.label}


def _is_demanded(field: Field) -> bool:
    return field.demanded or field.required is not None


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
    on_paper = [one for one in asked if one[0].sheet.widget not in _ELSEWHERE]
    if not on_paper:
        return None
    return {
        "when": when(page.visible, form) if blank else None,
        "cells": [cell(form, field, question) for field, question in on_paper],
    }


def _own(field: Field) -> tuple[feel.Expression, ...]:
    return (field.visible,) if field.visible is not None else ()
