"""The directory of items 事项目录: lists and search, reading only what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, QuerySet, Window

from yizhan import hanzi
from yizhan.cases.models import Item
from yizhan.ui.language import in_english

_MOST_FOUND = 60


@dataclass(frozen=True)
class Entry:
    """An item as a list shows it."""

    code: str
    title: str
    unit: str
    card: dict[str, Any]


def items(serving: str = "") -> list[Entry]:
    """All items in use, by their titles; only those for persons or entities when asked."""
    found = _applied_for().order_by("sort")
    if serving:
        found = found.filter(objects_served__contains=serving)
    return _entries(found)


def first(most: int) -> tuple[list[Entry], int]:
    """The first items in use by their titles, and how many there are in all; one statement."""
    found = _applied_for().order_by("sort").annotate(all=Window(Count("*")))
    rows = list(found.values_list("code", title_column(), "unit", "card", "all")[:most])
    return [Entry(*entry) for *entry, _all in rows], rows[0][4] if rows else 0


def search(words: str, serving: str = "") -> list[Entry]:
    """Items that fit what somebody typed, the best first.

    Single characters find too, and rank low: of thirty questions in everyday words, pairs of characters
    alone answered fewer than pairs and characters together.
    """
    wanted = hanzi.query(words[:200], every=False)
    if not wanted:
        return []
    query = SearchQuery(wanted, search_type="raw", config="simple")
    found = (
        _applied_for()
        .filter(search=query)
        .annotate(rank=SearchRank(F("search"), query))
        .order_by("-rank", "sort")
    )
    if serving:
        found = found.filter(objects_served__contains=serving)
    return _entries(found[:_MOST_FOUND])


def get(code: str) -> Item:
    """An item in use.

    Raises:
        Item.DoesNotExist: no such item, or out of use.
    """
    return Item.objects.get(code=code, in_use=True)


def _applied_for() -> QuerySet[Item]:
    """What somebody can apply for; not what the house opens by itself."""
    return Item.objects.filter(in_use=True).exclude(card__ways=["house"])


def _entries(found: QuerySet[Item]) -> list[Entry]:
    return [Entry(*row) for row in found.values_list("code", title_column(), "unit", "card")]


def title_column() -> str:
    """The column with an item's title in the language of the page."""
    return "title_en" if in_english() else "title_zh"
