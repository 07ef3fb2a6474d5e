"""The kind ``items``: checked among the rest of its pack, entered in the directory when published."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from yizhan import hanzi
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Item
from yizhan.releases import kinds
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.models import Release, definition
from yizhan.releases.pack import Pack, Source


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """What only the whole pack can tell: the process, form and papers an item names are there."""
    item = source.model
    if not isinstance(item, ItemDefinition):
        return
    if item.code != source.key:
        yield source.fault("code", _("事项代码须与文件同名（%(name)s）") % {"name": source.key})
    named = [
        ("handling.process", "process", item.handling.process),
        ("handling.form", "form", item.handling.form),
    ]
    named += [(f"papers.{use}", "paper", key) for use, key in item.papers.model_dump().items() if key]
    for path, kind, key in named:
        if key not in pack.of(kind):
            yield source.fault(
                path, _("应用包里没有 %(key)s") % {"key": key}, suggestion=did_you_mean(key, pack.of(kind))
            )
    for number, basis in enumerate(item.basis):
        if not basis.verified:
            yield source.fault(
                f"basis[{number}]", _("法律依据待核实：%(law)s") % {"law": basis.law.zh}, weight="warning"
            )


def published(release: Release) -> None:
    """Bring the directory of items up to what this release says; what it no longer says is out of use."""
    codes = release.keys("item")
    for code in codes:
        item = definition(release.id, "item", code, ItemDefinition)
        Item.objects.update_or_create(
            code=code,
            defaults={
                "release": release,
                "title_zh": item.title.zh,
                "title_en": item.title.en,
                "unit": item.unit,
                "objects_served": ",".join(item.objects),
                "in_use": True,
                "sort": hanzi.sort_key(item.title.zh),
                "search": Cast(Value(hanzi.vector(_search_text(item))), SearchVectorField()),
                "card": _card(item),
            },
        )
    Item.objects.filter(release__pack=release.pack).exclude(code__in=codes).update(in_use=False)


ITEM = kinds.announce(
    kinds.Kind(
        name="item",
        folder="items",
        suffix=".yaml",
        model=ItemDefinition,
        check=check,
        published=published,
        purpose=("事项：办事指南、时限、材料", "items: guide, limits, materials"),
    )
)


def _search_text(item: ItemDefinition) -> str:
    return " ".join([item.title.zh, item.summary.zh, item.title.en, *item.keywords])


def _card(item: ItemDefinition) -> dict[str, object]:
    """What a list shows of an item, so that no list has to read definitions."""
    return {
        "icon": item.icon,
        "promised": [item.limits.promised.amount, item.limits.promised.unit],
        "case_type": item.handling.case_type,
        "ways": item.handling.ways,
        "visits": item.handling.visits,
        "waived": sum(1 for material in item.materials if material.waived_by),
        "verified": item.verified,
    }
