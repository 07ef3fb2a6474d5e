"""Which registers values come from 数据来源."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.registry.catalogue import CATEGORIES
from yizhan.registry.faults import UnknownKey
from yizhan.registry.models import Source


def declare(code: str, *, zh: str, en: str, unit: str, categories: Sequence[str] | None = None) -> Source:
    """Make a source known, or give a known one its present title and unit.

    Args:
        code: short and lasting, such as ``gongan.hukou``.
        zh: the title on Chinese pages.
        en: the title on English pages.
        unit: the code of the unit that answers for the values.
        categories: of the catalogue, for what nobody vouches for yet; empty for all, as before if left out.

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
