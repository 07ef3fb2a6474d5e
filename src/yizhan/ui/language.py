"""The language of the present page 语言."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup, escape

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_TAG_OR_CHINESE = re.compile(f"(<[^>]*>)|{_HAN.pattern}(?:[＊·〔〕]|{_HAN.pattern})*")


def in_english() -> bool:
    """Whether the present page is English; every other language of the house is Chinese."""
    return (get_language() or "").startswith("en")


def in_language(pair: tuple[str, str]) -> str:
    """The one of ``(Chinese, English)`` that the present page needs."""
    return pair[in_english()]


def html_lang() -> str:
    """The ``lang`` attribute of the page."""
    return "en" if in_english() else "zh-Hans"


def local(words: Any) -> str:
    """A pack's ``{zh, en}`` in the language of the page; what has no English name is marked as Chinese.

    Plain text, and anything that is no pair, is returned as text.
    """
    zh, en = _pair(words)
    if zh is None:
        return str(words)
    if not in_english():
        return zh
    return en or chinese(zh)


def chinese(text: str) -> str:
    """A proper name that stays Chinese; on an English page it is marked, so that it is read aloud rightly."""
    return Markup('<span lang="zh">{}</span>').format(text) if in_english() else text


def as_written(text: str) -> str:
    """What somebody wrote in whatever language; on an English page, Chinese words are marked as such."""
    return chinese(text) if in_english() and _HAN.search(text) else text


def mixed(text: str) -> str:
    """A sentence of the page with names in it: on an English page, each Chinese word in it is marked as such."""
    if not in_english() or not _HAN.search(text):
        return text
    marked = _TAG_OR_CHINESE.sub(
        lambda found: found[1] or f'<span lang="zh">{found[0]}</span>', str(escape(text))
    )
    return Markup(marked)  # noqa: S704 (escaped just before)


def sentences(parts: Iterable[object]) -> str:
    """Whole sentences after one another; Chinese ones end in a full stop that brings its own room."""
    return (" " if in_english() else "").join(map(str, parts))


def listed(words: Iterable[object]) -> str:
    """Words in a row: 一、二、三, or one, two, three."""
    return (", " if in_english() else "、").join(map(str, words))


def _pair(words: Any) -> tuple[str | None, str | None]:
    if isinstance(words, Mapping):
        return words.get("zh"), words.get("en")
    return getattr(words, "zh", None), getattr(words, "en", None)
