"""The five grades 评价等级 and the short remarks 评价标签 that may go with them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Grade(models.IntegerChoices):
    """Five stars to one 好差评五级; the two lowest are bad ratings 差评."""

    VERY_GOOD = 5, _("非常满意")
    GOOD = 4, _("满意")
    FAIR = 3, _("基本满意")
    BAD = 2, _("不满意")
    VERY_BAD = 1, _("非常不满意")

    @property
    def is_bad(self) -> bool:
        """Whether somebody must call back and put it right."""
        return self <= Grade.BAD


# The parts of a service that ratings online and at windows ask about: speed, guide, ease, manner, visits.
PRAISES: dict[str, str | Promise] = {
    "fast": _("办得快"),
    "clear": _("指南清楚"),
    "easy": _("操作方便"),
    "kind": _("服务热情"),
    "one_visit": _("少跑腿"),
}
COMPLAINTS: dict[str, str | Promise] = {
    "slow": _("办得慢"),
    "unclear": _("指南不清楚"),
    "hard": _("操作不方便"),
    "unkind": _("服务态度不好"),
    "many_visits": _("多次跑动"),
    "more_papers": _("要求多交材料"),
}
REMARKS = {**PRAISES, **COMPLAINTS}


def remarks(keys: Iterable[str]) -> list[str]:
    """Remarks in the language of the page."""
    return [str(REMARKS[key]) for key in keys if key in REMARKS]
