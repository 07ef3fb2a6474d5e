"""The directory of items 事项目录: lists and search, reading only what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, F, QuerySet, Value, When, Window

from yizhan import hanzi
from yizhan.cases.models import Item
from yizhan.ui.language import in_english

_MOST_FOUND = 60
_WEAK = 0.5  # of the best rank: below it, single characters alone are no answer


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
    alone answered fewer than pairs and characters together. What they alone find is left out where it ranks far
    below the best: 老人津贴 is no question about signs, though both have to do with 人.
    """
    query, strong = _query(words), _query(words, singles=False)
    if query is None or strong is None:
        return []
    found = (
        _applied_for()
        .filter(search=query)
        .annotate(
            rank=SearchRank(F("search"), query),
            fits=Case(When(search=strong, then=Value(True)), default=Value(False)),
        )
        .order_by("-rank", "sort")
    )
    columns = ("code", title_column(), "unit", "card", "rank", "fits", "objects_served")
    rows = list(found.values_list(*columns)[:_MOST_FOUND])
    least = _WEAK * rows[0][4] if rows else 0  # of the best of all, whomever it is for
    return [
        Entry(*entry)
        for *entry, rank, fits, served in rows
        if (fits or rank >= least) and serving in ("", *served.split(","))
    ]


def _query(words: str, *, singles: bool = True) -> SearchQuery | None:
    wanted = hanzi.query(words[:200], every=False, singles=singles)
    return SearchQuery(wanted, search_type="raw", config="simple") if wanted else None


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
