"""The kinds ``item``, entered in the directory when published, and ``moves``; and which names others may use."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from yizhan import hanzi
from yizhan.cases import account_facts, contact_facts, household, moves, objection_facts, resting
from yizhan.cases.checking import check
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Item
from yizhan.forms import sources
from yizhan.registry.catalogue import keys_of
from yizhan.releases import kinds
from yizhan.releases.faults import Fault, PackRefused
from yizhan.releases.models import Release, definition


def published(release: Release) -> None:
    """Bring the directory of items up to what this release says; what it no longer says is out of use.

    Raises:
        PackRefused: another pack has an item of that code.
    """
    codes = release.keys("item")
    for code in codes:
        other = Item.objects.filter(code=code).exclude(release__pack=release.pack).first()
        if other is not None:
            words = _("应用包 %(pack)s 已有事项 %(code)s") % {"pack": other.release.pack, "code": code}
            raise PackRefused([Fault(f"{release.pack}/items/{code}.yaml", "code", words)])
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
        resting.keep(code, item)
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
MOVES = kinds.announce(
    kinds.Kind(
        name=moves.KIND,
        folder="processes",
        suffix=".moves.yaml",
        model=moves.MovesDefinition,
        check=moves.check,
        published=moves.published,
        purpose=("新旧环节对应：供在办件改用新版流程", "how steps of earlier versions are called now"),
    )
)
# What forms may ask of the registers.
sources.announce("person", lambda: keys_of("person"))
sources.announce("entity", lambda: keys_of("entity"))
sources.announce("account", lambda: account_facts.KEYS)
sources.announce(contact_facts.SOURCE, lambda: contact_facts.KEYS)
sources.announce(household.SOURCE, lambda: household.KEYS)
sources.announce(objection_facts.SOURCE, lambda: objection_facts.KEYS)


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
