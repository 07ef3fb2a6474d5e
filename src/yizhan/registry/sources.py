"""Which registers values come from 数据来源."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from yizhan.identity.models import Unit
from yizhan.registry.catalogue import CATEGORIES, COMES_WITH
from yizhan.registry.faults import Refused, UnknownKey
from yizhan.registry.models import Source
from yizhan.registry.registration import Registration
from yizhan.releases.words import Text
from yizhan.ui.language import listed, local


@dataclass(frozen=True)
class Answered:
    """A source by name, and the office that answers for it by name; none for what persons say of themselves."""

    title: Text
    unit: Text | None


def answered() -> list[Answered]:
    """All sources and who answers for them, for everybody to read; two statements."""
    found = list(Source.objects.order_by("title_zh"))
    units = {one.code: one for one in Unit.objects.filter(code__in={one.unit for one in found})}
    return [Answered(one.title, _name(units.get(one.unit))) for one in found]


def _name(unit: Unit | None) -> Text | None:
    return Text(zh=unit.name, en=unit.name_en or unit.name) if unit else None


def vouches(source: Source) -> frozenset[str]:
    """The columns of a person for which a source may vouch."""
    return frozenset(name for name, category in COMES_WITH.items() if source.delivers(category))


def delivered(entry: Registration, source: Source) -> Registration:
    """A new person as a source may tell it; where she lives is nobody's word where it may not be told.

    Raises:
        Refused: something was told that the source may not deliver.
    """
    home, phone, book = entry.registered, entry.phone, entry.book_number
    told = [
        "name",
        *(name for name, said in (("registered", home), ("phone", phone), ("household", book)) if said),
    ]
    strange = {COMES_WITH[name] for name in told if name not in vouches(source)}
    if strange:
        names = [local(title) for name, (title, _keys) in CATEGORIES.items() if name in strange]
        raise Refused(
            _("来源“%(source)s”不提供%(categories)s，未作登记；请由提供这些内容的来源登记。")
            % {"source": source, "categories": listed(names)}
        )
    return replace(entry, vouches=vouches(source))


def declare(code: str, *, zh: str, en: str, unit: str, categories: Sequence[str] | None = None) -> Source:
    """Make a source known, or give a known one its present title and unit.

    Args:
        code: short and lasting, such as ``gongan.hukou``.
        zh: the title on Chinese pages.
        en: the title on English pages.
        unit: the code of the unit that answers for the values.
        categories: of the catalogue, what may come from here by hand or by file; empty for all, as before if left out.

    Raises:
        UnknownKey: no such category.
    """
    if strange := set(categories or ()) - set(CATEGORIES):
        raise UnknownKey(f"the register has no category {min(strange)!r}")
    told: dict[str, Any] = {"title_zh": zh, "title_en": en, "unit": unit}
    if categories is not None:
        told["categories"] = list(categories)
    source, _made = Source.objects.update_or_create(code=code, defaults=told)
    return source
