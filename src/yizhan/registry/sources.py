"""Which registers values come from 数据来源."""

from __future__ import annotations

from yizhan.registry.models import Source


def declare(code: str, *, zh: str, en: str, unit: str) -> Source:
    """Make a source known, or give a known one its present title and unit.

    Args:
        code: short and lasting, such as ``gongan.hukou``.
        zh: the title on Chinese pages.
        en: the title on English pages.
        unit: the code of the unit that answers for the values.
    """
    source, _made = Source.objects.update_or_create(
        code=code, defaults={"title_zh": zh, "title_en": en, "unit": unit}
    )
    return source
