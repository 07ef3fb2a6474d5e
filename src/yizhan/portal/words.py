"""Words of a service guide 办事指南用语: limits, ways, materials, the parts of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan.cases.item import ItemDefinition, Limit
from yizhan.ui.language import listed


def amount(number: int, unit: str) -> str:
    """A length of time: 10 个工作日."""
    if unit == "working_days":
        return ngettext("%(n)s 个工作日", "%(n)s 个工作日", number) % {"n": number}
    if unit == "natural_days":
        return ngettext("%(n)s 日", "%(n)s 日", number) % {"n": number}
    return ngettext("%(n)s 个工作小时", "%(n)s 个工作小时", number) % {"n": number}


def limit(of: Limit) -> str:
    """A limit of an item in words; no time at all is 当场办结."""
    return amount(of.amount, of.unit) if of.amount else _("当场办结")


def visits(number: int) -> str:
    """How often one has to come."""
    if not number:
        return _("0 次（全程网办）")
    return ngettext("最多 %(n)s 次", "最多 %(n)s 次", number) % {"n": number}


def way(name: str) -> str:
    """How an item can be handled."""
    return {"online": _("网上办"), "window": _("窗口办"), "express": _("快递办"), "house": _("依职权办理")}[
        name
    ]


def ways(names: list[str]) -> str:
    """All ways of an item, as one phrase: Online, at a window."""
    first, *others = [way(name) for name in names] or [""]
    return listed([first, *(one[0].lower() + one[1:] for one in others)])


def key_facts(item: ItemDefinition) -> list[tuple[str, str]]:
    """The facts that stay in sight on a guide 事项要点."""
    return [
        (_("承诺时限"), limit(item.limits.promised)),
        (_("法定时限"), limit(item.limits.statutory)),
        (_("收费"), str(item.fee.standard) if item.fee.standard else _("不收费")),
        (_("到场次数"), visits(item.handling.visits)),
        (_("办理形式"), ways(list(item.handling.ways))),
    ]


def sections(item: ItemDefinition) -> list[tuple[str, str]]:
    """The parts of a guide that have something to say, as (anchor, heading)."""
    found = [
        ("conditions", _("受理条件"), True),
        ("materials", _("申请材料"), bool(item.materials)),
        ("process", _("办理流程"), True),
        ("basis", _("设定依据"), True),
        ("places", _("办理窗口"), bool(item.places)),
        ("questions", _("常见问题"), bool(item.questions)),
    ]
    return [(anchor, heading) for anchor, heading, there in found if there]


def plain(typed: str, longest: int) -> str:
    """What somebody typed into one line, without signs that nobody sees."""
    return "".join(sign for sign in typed if sign.isprintable()).strip()[:longest]
