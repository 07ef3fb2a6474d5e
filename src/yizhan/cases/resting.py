"""On which laws the items of the district rest 设定依据与法规政策, and which must be mended because a law holds no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.calendar import law_limits
from yizhan.cases import naming
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Item, ItemBasis
from yizhan.registry import law_finding
from yizhan.registry.models import Law
from yizhan.releases.citing import bases
from yizhan.releases.words import Text
from yizhan.ui.language import listed

SOON = timedelta(days=90)
"""How long before a law ends the items that rest on it are named."""


@dataclass(frozen=True)
class Citation:
    """An article that something rests on: an item, or a limit of the calculator (``item`` is None then).

    Attributes:
        use: for what it is cited: 设定依据, 法定时限.
        limit: the name of the limit, for its address.
    """

    title: str
    item: Item | None
    article: Text | None
    use: str
    by_analogy: bool
    limit: str = ""


@dataclass(frozen=True)
class CitedArticle:
    """An article of a law, what it is about where somebody wrote that, and what rests on it; no article is the whole."""

    article: Text | None
    about: Text | None
    citations: list[Citation]


@dataclass(frozen=True)
class Mending:
    """An item that rests on a law which holds no more, or soon will not; ``ends`` is its first day without."""

    item: Item
    law: Law
    successor: Law | None
    citations: list[Citation]
    ends: date

    @property
    def over(self) -> bool:
        """Whether the law holds no more already."""
        return self.ends <= clock.today()


def keep(code: str, item: ItemDefinition) -> None:
    """Write down on which laws an item rests, in place of what it rested on before."""
    ItemBasis.objects.filter(item_id=code).delete()
    ItemBasis.objects.bulk_create(
        ItemBasis(
            item_id=code, place=place, law=basis.code or "", title_zh=basis.law.zh, by_analogy=basis.by_analogy,
            article_zh=basis.article.zh if basis.article else "",
            article_en=basis.article.en if basis.article else "",
            verified=basis.verified,
        )
        for place, basis in bases(item)
    )  # fmt: skip


def citing(law: str) -> list[Citation]:
    """All that cites a law of this code: items in use, then limits of the calculator."""
    limits = [
        Citation(
            str(one.limit.title), None, one.limit.basis.article, _("时限计算"),
            one.limit.basis.by_analogy, one.name,
        )
        for one in law_limits.published()
        if one.limit.basis.code == law
    ]  # fmt: skip
    return [*_citations(_in_use().filter(law=law)), *limits]


def by_article(law: Law) -> list[CitedArticle]:
    """The articles of a law, each with what rests on it: those with a note first, in their order, then the others."""
    cited: dict[str, list[Citation]] = {}
    for one in citing(law.code):
        cited.setdefault(_plain(one.article.zh) if one.article else "", []).append(one)
    noted = [
        CitedArticle(
            Text(zh=one["article"], en=one["article_en"]), Text(zh=one["zh"], en=one["en"]),
            cited.pop(_plain(one["article"]), []),
        )
        for one in law.articles
    ]  # fmt: skip
    whole = cited.pop("", [])
    others = [CitedArticle(found[0].article, None, found) for found in cited.values()]
    return [*([CitedArticle(None, None, whole)] if whole else []), *noted, *others]


def _plain(article: str) -> str:
    """An article without what is said of it in brackets: 第二十六条（联合办理） is 第二十六条."""
    return article.partition("（")[0].strip()


def to_mend() -> list[Mending]:
    """Items in use that rest on laws which are repealed, past their validity, or will be within 90 days; soonest first."""
    ending = {one.code: one for one in law_finding.ending(clock.today() + SOON)}
    if not ending:
        return []
    successors = law_finding.by_codes(one.successor for one in ending.values())
    rows: dict[tuple[str, str], list[ItemBasis]] = {}
    for row in _in_use().filter(law__in=ending):
        rows.setdefault((row.item_id, row.law), []).append(row)
    found = [
        Mending(cited[0].item, law, successors.get(law.successor), _citations(cited), law.ended_on)
        for (_code, code), cited in rows.items()
        if (law := ending[code]).ended_on is not None
    ]
    return sorted(found, key=lambda one: (one.ends, one.item.sort, one.law.sort))


def many(laws: Iterable[str]) -> dict[str, int]:
    """How many items in use rest on each of some laws; one statement."""
    found: dict[str, set[str]] = {}
    for law, item in _in_use().filter(law__in=list(laws)).values_list("law", "item_id"):
        found.setdefault(law, set()).add(item)
    return {law: len(items) for law, items in found.items()}


def _in_use() -> QuerySet[ItemBasis]:
    return ItemBasis.objects.filter(item__in_use=True).select_related("item").order_by("item__sort", "id")


def _citations(rows: Iterable[ItemBasis]) -> list[Citation]:
    """One for each item and article, with all that it is cited for."""
    found: dict[tuple[str, str, bool], tuple[ItemBasis, list[str]]] = {}
    for row in rows:
        key = (row.item_id, row.article_zh, row.by_analogy)
        _row, uses = found.setdefault(key, (row, []))
        uses.append(_use(row.place))
    return [
        Citation(
            str(row.item), row.item,
            Text(zh=row.article_zh, en=row.article_en) if row.article_zh else None,
            listed(list(dict.fromkeys(uses))), row.by_analogy,
        )
        for row, uses in found.values()
    ]  # fmt: skip


def _use(place: str) -> str:
    """For what a law is cited at a place of an item."""
    if place.startswith("limits.suspensions"):
        return _("中止计时")
    parts = place.split(".")
    names = {"fee": _("收费"), "extension": _("延长期限")}
    key = parts[1] if parts[0] == "limits" else parts[0]
    return _("设定依据") if place.startswith("basis") else names.get(key) or naming.clock(key)
