"""Turning definitions into the words of a page: limits, ways of handling, tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan.cases.catalogue import Entry
from yizhan.cases.item import ItemDefinition, Limit

Tag = tuple[str, str]
_TONES = ("amber", "teal", "violet", "blue", "green", "cyan", "red", "orange")


@dataclass(frozen=True)
class Card:
    """An item as a card of a list."""

    code: str
    title: str
    note: str
    icon: str
    tone: str
    tags: list[Tag]


def cards(entries: list[Entry], units: dict[str, str]) -> list[Card]:
    """Entries of the directory as cards."""
    return [
        Card(
            code=entry.code,
            title=entry.title,
            note=" · ".join(filter(None, [units.get(entry.unit, ""), _promise(entry.card)])),
            icon=str(entry.card.get("icon", "file-text")),
            tone=_TONES[number % len(_TONES)],
            tags=_tags(entry.card),
        )
        for number, entry in enumerate(entries)
    ]


def quick() -> list[tuple[str, str, str, str]]:
    """The quick entries of the first page: label, page, icon, tone. Only what there is."""
    return [
        (_("办事指南"), "portal:items", "books", "blue"),
        (_("办件进度"), "portal:progress", "list-check", "teal"),
        (_("我的办事"), "portal:mine", "folder", "amber"),
        (_("我的消息"), "portal:messages", "bell", "violet"),
        (_("实名核验"), "portal:real_name", "id", "green"),
        (_("文书核验"), "portal:verify", "shield-check", "cyan"),
    ]


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


def way(name: str) -> str:
    """How an item can be handled."""
    return {"online": _("网上办"), "window": _("窗口办"), "express": _("快递办")}[name]


def key_facts(item: ItemDefinition) -> list[tuple[str, str]]:
    """The facts that stay in sight on a guide 事项要点."""
    visits = item.handling.visits
    return [
        (_("承诺时限"), limit(item.limits.promised)),
        (_("法定时限"), limit(item.limits.statutory)),
        (_("收费"), str(item.fee.standard) if item.fee.standard else _("不收费")),
        (_("到场次数"), _("0 次（全程网办）") if not visits else _("%(n)s 次") % {"n": visits}),
        (_("办理形式"), "、".join(way(name) for name in item.handling.ways)),
    ]


def sections(item: ItemDefinition) -> list[tuple[str, str]]:
    """The parts of a guide that have something to say, as (anchor, heading)."""
    found = [
        ("conditions", _("受理条件"), bool(item.conditions)),
        ("materials", _("申请材料"), bool(item.materials)),
        ("process", _("办理流程"), True),
        ("basis", _("设定依据"), bool(item.basis)),
        ("places", _("办理窗口"), bool(item.places)),
        ("questions", _("常见问题"), bool(item.questions)),
    ]
    return [(anchor, heading) for anchor, heading, there in found if there]


def material_form(name: str) -> str:
    """The form of a material."""
    return {"paper": _("纸质"), "electronic": _("电子"), "either": _("纸质或电子")}[name]


def material_need(name: str) -> str:
    """Whether a material must be there."""
    return {"required": _("必要"), "optional": _("非必要"), "later": _("可容缺后补")}[name]


def _promise(card: dict[str, Any]) -> str:
    number, unit = card.get("promised", (0, "working_days"))
    if not number or card.get("case_type") == "immediate":
        return _("当场办结")
    return _("承诺 %(time)s") % {"time": amount(number, unit)}


def _tags(card: dict[str, Any]) -> list[Tag]:
    tags: list[Tag] = []
    if "online" in card.get("ways", ()) and not card.get("visits"):
        tags.append((_("全程网办"), "green"))
    if card.get("waived"):
        tags.append((_("免提交 %(n)s 份材料") % {"n": card["waived"]}, "blue"))
    return tags
