"""What a form on paper says in both languages 双语: offices read Chinese, whoever fills it in may need the English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from django.utils import translation

from yizhan import feel
from yizhan.forms import occasions
from yizhan.forms.field import Field
from yizhan.forms.layout import Layout
from yizhan.releases.words import Text

LANGUAGES = ("zh-hans", "en")

Both = dict[str, str]
"""A text in both languages: ``zh`` and ``en``."""


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


def text(of: Text) -> Both:
    """A pack's text as papers take it."""
    return {"zh": of.zh, "en": of.en}


def when(conditions: tuple[feel.Expression, ...], form: Layout) -> Both | None:
    """When something is asked; None where it always is."""
    fields: Mapping[str, Field] = form.top
    return both(lambda: occasions.words(conditions, fields)) if conditions else None


def when_asked(field: Field, form: Layout) -> Both | None:
    """The same of one question, beside the conditions of its page."""
    return when((field.visible,), form) if field.visible is not None else None
